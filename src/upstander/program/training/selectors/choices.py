"""The choices that forms offer: web never imports models."""

from django.utils.functional import lazy

from upstander.foundation.kernel.content import said
from upstander.program.training.content.kinds import TRAINING, kind_of
from upstander.program.training.models import (
    LANGUAGES,
    MOST_HEADS,
    Allowance,
    AttendanceMark,
    KeptApart,
    Request,
    Skill,
)

__all__ = [
    "APART",
    "AUDIENCES",
    "DECLINES",
    "GROUNDS",
    "LANGUAGES",
    "LENGTHS",
    "MOST_HEADS",
    "OFFERINGS",
    "PARTS",
    "STANDINGS",
]

_kind = kind_of(TRAINING)
AUDIENCES = [(key, lazy(said, str)(text)) for key, text in _kind.options_of("audience").items()]
LENGTHS = [(int(key), lazy(said, str)(text)) for key, text in _kind.options_of("minutes").items()]
DECLINES = dict(Request.Decline.choices)
OFFERINGS = Skill.Offering.choices
PARTS = Skill.Part.choices
APART = KeptApart.Reason.choices
GROUNDS = Allowance.Reason.choices
STANDINGS = AttendanceMark.Standing.choices
