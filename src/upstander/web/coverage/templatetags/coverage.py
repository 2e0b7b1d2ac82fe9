"""Template tags of the coverage pages."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from upstander.program.compliance.selectors.coverage import Line
from upstander.web.coverage.picture import STEP, Bar
from upstander.web.coverage.words import state

register = template.Library()


@register.simple_tag
def school_state(line: Line) -> SafeString:
    """What a school counts as, drawn like `{% status %}`; by hand, because a board has a page of them."""
    word, tone = state(line)
    return format_html('<span class="status {}">{}</span>', tone, word)


@register.filter
def picture_height(bars: Sequence[Bar]) -> int:
    """How high the picture of so many regions is."""
    return len(bars) * STEP
