"""The choices that forms offer: web never imports models."""

from upstander.program.training.models import LANGUAGES, MOST_HEADS, Request

__all__ = ["AUDIENCES", "DECLINES", "LANGUAGES", "LENGTHS", "MODES", "MOST_HEADS"]

AUDIENCES = Request.Audience.choices
DECLINES = Request.Decline.choices
LENGTHS = Request.Length.choices
MODES = Request.Mode.choices
