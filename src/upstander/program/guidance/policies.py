"""Small rules of kept clocks and joint reports."""

import datetime as dt

SCHOOL_YEAR_STARTS_IN = 7  # July
BEFORE_DUE = (dt.timedelta(hours=6), dt.timedelta(hours=1))
REVIVES_AFTER = dt.timedelta(hours=24)  # our own choice, well before the written report is due


def school_year(at: dt.datetime) -> int:
    """The school year of a moment, by the year it starts in."""
    return at.year if at.month >= SCHOOL_YEAR_STARTS_IN else at.year - 1


def reminder_at(due_at: dt.datetime, at: dt.datetime) -> dt.datetime | None:
    """The next moment at which a reminder of something due still helps; None when it is too late for one."""
    return next((due_at - before for before in BEFORE_DUE if due_at - before > at), None)


def revives_at(received_at: dt.datetime) -> dt.datetime:
    """When the duty of all members of a joint report is their own again who do not know that it was made."""
    return received_at + REVIVES_AFTER
