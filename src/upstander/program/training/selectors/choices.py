"""The choices that forms offer: web never imports models."""

from upstander.program.training.models import LANGUAGES, MOST_HEADS, AttendanceMark, Request, Skill

__all__ = ["AUDIENCES", "DECLINES", "LANGUAGES", "LENGTHS", "MODES", "MOST_HEADS", "OFFERINGS", "PARTS", "STANDINGS"]

AUDIENCES = Request.Audience.choices
DECLINES = Request.Decline.choices
LENGTHS = Request.Length.choices
MODES = Request.Mode.choices
OFFERINGS = Skill.Offering.choices
PARTS = Skill.Part.choices
STANDINGS = AttendanceMark.Standing.choices
