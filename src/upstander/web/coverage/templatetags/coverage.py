"""Template tags of the coverage pages."""

from collections.abc import Sequence

from django import template

from upstander.program.compliance.selectors.coverage import Line
from upstander.web.coverage.picture import STEP, Bar
from upstander.web.coverage.words import state

register = template.Library()


@register.inclusion_tag("parts/status.html")
def school_state(line: Line) -> dict[str, str]:
    """What a school counts as, in a word."""
    return state(line)._asdict()


@register.filter
def picture_height(bars: Sequence[Bar]) -> int:
    """How high the picture of so many regions is."""
    return len(bars) * STEP
