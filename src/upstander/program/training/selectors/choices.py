"""The choices that forms offer: web never imports models."""

from django.utils.functional import lazy

from upstander.program.training.content.kinds import TRAINING, kind_of, said
from upstander.program.training.models import LANGUAGES, MOST_HEADS, AttendanceMark, Request, Skill

__all__ = ["AUDIENCES", "DECLINES", "LANGUAGES", "MOST_HEADS", "OFFERINGS", "PARTS", "STANDINGS"]

_audience = next(question for question in kind_of(TRAINING).questions if question.key == "audience")
AUDIENCES = [(key, lazy(said, str)(text)) for key, text in _audience.offered.items()]
DECLINES = dict(Request.Decline.choices)
OFFERINGS = Skill.Offering.choices
PARTS = Skill.Part.choices
STANDINGS = AttendanceMark.Standing.choices
