"""The choices that forms offer: web never imports models."""

from collections.abc import Sequence

from django.utils.functional import lazy

from upstander.foundation.kernel.content import said
from upstander.foundation.kernel.languages import offered_languages
from upstander.program.training.content.kinds import TRAINING, kind_of
from upstander.program.training.models import (
    CALL_MADE,
    HANDED_BACK,
    MOST_DUE_DAYS,
    MOST_HEADS,
    MOST_MINUTES,
    OFFERING_TITLE,
    Allowance,
    AttendanceMark,
    KeptApart,
    Request,
    Responder,
    Skill,
    TakenBack,
)

__all__ = [
    "APART",
    "AUDIENCES",
    "CALL_ENDS",
    "DECLINES",
    "GROUNDS",
    "HAND_BACKS",
    "MISTAKES",
    "MODES",
    "MOST_DUE_DAYS",
    "MOST_HEADS",
    "MOST_MINUTES",
    "OFFERINGS",
    "OFFERING_TITLE",
    "PARTS",
    "RESPONDERS",
    "STANDINGS",
    "languages",
]

_kind = kind_of(TRAINING)
AUDIENCES = [(key, lazy(said, str)(text)) for key, text in _kind.options_of("audience").items()]
DECLINES = dict(Request.Decline.choices)
OFFERINGS = Skill.Offering.choices
PARTS = Skill.Part.choices
CALL_ENDS = [(end.value, end.label) for end in CALL_MADE]
HAND_BACKS = [(end.value, end.label) for end in HANDED_BACK]
APART = KeptApart.Reason.choices
MISTAKES = TakenBack.Reason.choices
MODES = Request.Mode.choices
GROUNDS = Allowance.Reason.choices
RESPONDERS = frozenset(Responder.Who.values)
STANDINGS = AttendanceMark.Standing.choices


def languages() -> list[tuple[str, str | Sequence[tuple[str, str]]]]:
    """Those that are offered first, and all others as a group. Takes no actor: they ship."""
    return [*offered_languages()]
