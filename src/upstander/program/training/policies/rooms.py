"""When a session's room is open, how long somebody was in it, and what that counts for."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import SchoolYear
from upstander.engines.presence import Presence, Stay
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import WrongState
from upstander.program.training import states
from upstander.program.training.models import Request, Session
from upstander.program.training.policies.days import today
from upstander.program.training.policies.reach import coordinates

OPENS_BEFORE = dt.timedelta(hours=2)
OPENS_UNTIL = dt.timedelta(days=7)  # a session held where no signal reached can still be written down
CODES_PER_MINUTE = 5
MADE_UP_WITHIN = dt.timedelta(days=180)  # what was heard half a year ago is no longer one training with the rest
TAKEN_BEFORE = dt.timedelta(days=3)  # to a school without any network the room's page travels in advance
CODES_AFTER = dt.timedelta(hours=2)
TAKEN_AFTER = dt.timedelta(hours=12)  # then a copy on a device ends by itself


def require_openable(session: Session, at: dt.datetime) -> None:
    """A session opens from two hours before it begins until a week after it ends."""
    if at < session.starts_at - OPENS_BEFORE:
        raise WrongState(_("It is too early. A session can be opened from two hours before it begins."))
    if is_long_over(session, at):
        sentence = _(
            "This session is more than a week ago. A coordinator can enter its sheet this school year, or cancel it."
        )
        raise WrongState(sentence)


def require_enterable(actor: Actor, session: Session, at: dt.datetime) -> None:
    """A sheet opens its session as anyone may; one found later, until the school year ends, for who coordinates its
    site. Raises WrongState.
    """
    if not (is_long_over(session, at) and coordinates(actor, session, at)):
        require_openable(session, at)
    elif today(actor, at) > _last_day_of_year(session):
        raise WrongState(_("The school year of this session is over. Please cancel it."))


def may_enter_sheet(actor: Actor, session: Session, at: dt.datetime) -> bool:
    """Whether a sheet of the session can be entered now, by who may do so."""
    if session.state != states.Session.CONFIRMED:
        return session.state in {states.Session.OPEN, states.Session.CLOSED}
    try:
        require_enterable(actor, session, at)
    except WrongState:
        return False
    return True


def is_long_over(session: Session, at: dt.datetime) -> bool:
    """Whether it is over for so long that nobody checks in any more, and only a sheet tells of it."""
    return at > session.ends_at + OPENS_UNTIL


def _last_day_of_year(session: Session) -> dt.date:
    """The last day of the school year in which the session was, or that came next; its own where none is known."""
    years = SchoolYear.objects.filter(district_id=session.district_id, ends_on__gt=session.on)
    ends_on = years.order_by("ends_on").values_list("ends_on", flat=True).first()
    return ends_on - dt.timedelta(days=1) if ends_on else session.on


def lacks_seats(mode: str, head_count: int, seat_count: int) -> bool:
    """Whether more people are expected than the room seats; of a hybrid session nobody knows how many come to it."""
    return mode == Request.Mode.IN_PERSON and 0 < seat_count < head_count


def most_by_code(head_count: int) -> int:
    """How many may check in by code where `head_count` people were expected; beyond that, by hand."""
    return 2 * head_count + 20


def has_stayed(session: Session, presence: Presence) -> bool:
    """Whether someone present was there long enough for it to count; where nothing is demanded, any time will do."""
    if counts_by_codes(session, presence) and not presence.is_whole:
        return False
    return presence.is_present and minutes_of(session, presence) >= (session.minimum_minutes or 0)


def minutes_of(session: Session, presence: Presence) -> int:
    """How many of the session's minutes somebody was there."""
    count = presence.minutes_by_codes if counts_by_codes(session, presence) else presence.minutes
    return count(session.starts_at, session.ends_at)


def counts_by_codes(session: Session, presence: Presence) -> bool:
    """Whether somebody's attendance is a code at the start and another at the end.

    Online it is everybody's; in a hybrid session that of those whom nobody has seen in the room.
    """
    return session.mode == Request.Mode.ONLINE or (session.mode == Request.Mode.HYBRID and not presence.is_in_room)


def missed_minutes(session: Session, presence: Presence) -> int:
    """How many of the session's minutes somebody missed: the part there is to make up."""
    return (session.ends_at - session.starts_at) // dt.timedelta(minutes=1) - minutes_of(session, presence)


def missed_parts(session: Session, presence: Presence) -> Stay:
    """Those minutes by where they lie: so many at the beginning, and the rest at the end."""
    missed = missed_minutes(session, presence)
    count = presence.minutes_late_by_codes if counts_by_codes(session, presence) else presence.minutes_late
    late = min(missed, count(session.starts_at, session.ends_at))
    return Stay(late, missed - late)


def shows_end_code(session: Session, at: dt.datetime) -> bool:
    """The end's code, where some listen from afar, stands from the middle of the session on."""
    return (
        session.mode != Request.Mode.IN_PERSON and at >= session.starts_at + (session.ends_at - session.starts_at) / 2
    )


def may_be_taken(session: Session, at: dt.datetime) -> bool:
    """Whether the room's page may be on the consultant's device: from three days before until it is closed."""
    if is_long_over(session, at):
        return False
    if session.state == states.Session.OPEN:
        return True
    return session.state == states.Session.CONFIRMED and session.starts_at - TAKEN_BEFORE <= at
