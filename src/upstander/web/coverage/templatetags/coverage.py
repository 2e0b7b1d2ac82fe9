"""Template tags of the coverage pages."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from upstander.program.compliance.selectors.coverage import Line
from upstander.web.coverage.words import state

register = template.Library()


@register.simple_tag
def school_state(line: Line) -> SafeString:
    """What a school counts as, drawn like `{% status %}`; by hand, because a board has a page of them."""
    word, tone = state(line)
    return format_html('<span class="status {}">{}</span>', tone, word)
