"""What a school counts as: the same words in the table, on its own page and in the file."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from upstander.district.people.content import holders_called
from upstander.program.compliance.selectors.coverage import Line
from upstander.program.compliance.selectors.roles import RoleLine


class State(NamedTuple):
    """A word, and the tone in which the status part draws it."""

    word: str
    tone: str


def state(line: Line) -> State:
    """A school without staff on record is its own case: not trained, but for want of a list."""
    if line.no_staff_count:
        return State(_("No staff recorded"), "quiet")
    return State(_("Trained"), "good") if line.is_trained else State(_("Not yet trained"), "waits")


def role_called(each: RoleLine[Any]) -> str:
    """Those whom a line by role counts, as people call them; of a whole its parts say that they are some."""
    called = holders_called(each.line.ref)
    if each.is_rest:
        return _("of these, in no part of their own")
    return _("of these: %(part)s") % {"part": called} if each.is_part else called


STATES = {
    "done": (_lazy("Done"), "good"),
    "due": (_lazy("Due"), "waits"),
    "grace": (_lazy("Newly hired, in time"), "waits"),
    "overdue": (_lazy("Overdue"), "stops"),
    "excused": (_lazy("On leave"), "quiet"),
}


def person_state(state: str) -> State:
    """How a person stands with what is due."""
    word, tone = STATES[state]
    return State(str(word), tone)


AUDIENCES = {
    "secondary_staff": _lazy("Everyone with a post at a secondary school"),
    "all_staff": _lazy("Everyone with any post"),
    "work_site_staff": _lazy("Everyone with a post at a site that is no school"),
}
CADENCES = {
    "rolling": _lazy("No day of its own: a completion counts for some months"),
    "school_year": _lazy("Once each school year"),
    "fixed": _lazy("Every so many months from the first day it is asked"),
    "hire_date": _lazy("Every so many months from the day a person was hired"),
}
PROOFS = {
    "session": _lazy("Attendance at a session held here"),
    "import": _lazy("A list from elsewhere, such as a learning system"),
}
CHANGE_REASONS = {
    "changed": _lazy("The district decided otherwise"),
    "law_changed": _lazy("The law changed"),
    "mistaken": _lazy("It was entered by mistake: it had never been so"),
}
END_REASONS = {
    "ended": _lazy("The district no longer asks for it"),
    "law_changed": _lazy("The law changed"),
    "mistaken": _lazy("It was entered by mistake: it had never been so"),
}
REASONS = {"new": _lazy("Asked for the first time"), **END_REASONS, **CHANGE_REASONS}
