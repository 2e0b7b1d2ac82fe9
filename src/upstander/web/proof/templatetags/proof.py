"""Template tags of one's own trainings."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def own_state(state: str) -> SafeString:
    """How one stands in a cycle, said to oneself and drawn like `{% status %}`."""
    word, tone = {
        "done": (_("Done"), "good"),
        "due": (_("Open"), "waits"),
        "grace": (_("Open, in your first weeks"), "waits"),
        "overdue": (_("Past the day, and still worth doing"), "stops"),
        "excused": (_("Waits until you are back"), "quiet"),
        "missed": (_("Not done in that cycle"), "quiet"),
    }[state]
    return format_html('<span class="status {}">{}</span>', tone, word)
