"""The life of a kept clock, as one table, and what its lines may say. Nothing here is free text."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from upstander.foundation.kernel.errors import WrongState


class ClockState(models.TextChoices):
    """Open while the report is under way; closed by the reporter or by time; a stub has forgotten its lines."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    STUB = "stub", _("Reduced")


MOVES: dict[str, dict[str, str]] = {
    ClockState.OPEN: {"close": ClockState.CLOSED},
    ClockState.CLOSED: {"extend": ClockState.CLOSED, "reduce": ClockState.STUB},
    ClockState.STUB: {},
}


def moved(state: str, move: str) -> str:
    """The state after the move; raises `WrongState` where the table has no such move."""
    if move not in MOVES[state]:
        raise WrongState(_("This record is not in a state in which that can be done."))
    return MOVES[state][move]


class LineKind(models.TextChoices):
    """What a line tells."""

    RECEIVED = "received", _("The information reached me")
    ATTEMPT = "attempt", pgettext_lazy("a call that was made", "Call")
    WRITTEN = "written", _("Written report")
    ANSWER = "answer", _("Answer of the agency")


class Agency(models.TextChoices):
    """Which kind of agency; never which office or person."""

    CHILD_WELFARE = "child_welfare", _("County child welfare")
    LAW = "law", _("Police or sheriff")
    PROBATION = "probation", _("County probation")
    OTHER = "other", _("Another agency")


class Manner(models.TextChoices):
    """How a call went, how the written report was sent, or what kind of answer came."""

    ANSWERED = "answered", _("Someone took my report")
    BUSY = "busy", _("Busy or no answer")
    ON_HOLD = "on_hold", _("On hold, and I had to hang up")
    CUT_OFF = "cut_off", _("The call was cut off")
    ONLINE = "online", _("Online")
    MAIL = "mail", _("Mail")
    FAX = "fax", _("Fax")
    IN_PERSON = "in_person", _("In person")
    OTHER = "other", _("Another way")
    CONFIRMED = "confirmed", _("They confirmed my report")
    RESULT = "result", _("They told me the result")
    QUESTION = "question", _("They asked me something")


MANNERS: dict[str, tuple[Manner, ...]] = {
    LineKind.RECEIVED: (),
    LineKind.ATTEMPT: (Manner.ANSWERED, Manner.BUSY, Manner.ON_HOLD, Manner.CUT_OFF),
    LineKind.WRITTEN: (Manner.ONLINE, Manner.MAIL, Manner.FAX, Manner.IN_PERSON, Manner.OTHER),
    LineKind.ANSWER: (Manner.CONFIRMED, Manner.RESULT, Manner.QUESTION),
}
