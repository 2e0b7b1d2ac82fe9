"""How lines and states of the district's own layer are drawn."""

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language

from upstander.foundation.kernel.content import Text
from upstander.program.law.content import Line
from upstander.program.law.content.offices import OPEN
from upstander.program.law.states import WORDS, Entry
from upstander.web.local.words import DECIDED, TONES

register = template.Library()


@register.filter
def said_here(text: Text) -> str:
    """The passage in the page's language."""
    return text.in_language(get_language() or "")


@register.filter
def when_open(key: str) -> str:
    """When an office is open, in the page's language."""
    return OPEN[key].in_language(get_language() or "")


@register.filter
def kind_short(kind: str) -> str | Promise:
    """What an entry of this kind is about, in a word or two."""
    return DECIDED[kind].short


@register.filter
def stale(line: Line) -> bool:
    """Whether nobody has called the line's number for a year."""
    return line.is_stale(timezone.localdate())


@register.inclusion_tag("parts/status.html")
def entry_state(state: str) -> dict[str, object]:
    """Where an entry stands, in a word."""
    return {"word": WORDS[Entry(state)], "tone": TONES.get(state, "quiet")}
