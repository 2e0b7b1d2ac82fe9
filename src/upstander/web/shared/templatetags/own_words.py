"""How a district's own words are told to whoever writes or reviews them: their state, a step, a passage."""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.content import Text
from upstander.program.library.content.translation import WORDS as TRANSLATION_WORDS
from upstander.program.library.content.translation import Translation
from upstander.program.library.states import WORDS, Stand, Step

register = template.Library()
STANDS = {
    Stand.WAITS: (_("Waits for review"), "waits"),
    Stand.COMES: (_("Reviewed, shown later"), "waits"),
    Stand.STANDS: (_("Shown to readers"), "good"),
    Stand.REPLACED: (_("Replaced"), "quiet"),
    Stand.OUT: (_("Not shown"), "quiet"),
}


@register.inclusion_tag("parts/status.html")
def stand_of(stand: Stand) -> dict[str, object]:
    """The state of a district's words, drawn."""
    word, tone = STANDS[stand]
    return {"word": word, "tone": tone}


@register.filter
def as_read(text: Text) -> str:
    """A passage in the reader's language; a draft without Spanish reads English."""
    return text.in_language(get_language() or "en") or text.en


@register.filter
def step_words(step: str) -> object:
    """A step in words."""
    return WORDS[Step(step)]


@register.filter
def translation_words(state: Translation) -> object:
    """How far a passage is in both languages."""
    return TRANSLATION_WORDS[state]


@register.filter
def by_urgency(counts: Mapping[Translation, int]) -> list[tuple[Translation, int]]:
    """Counts of passages by how far they are, what calls for somebody first."""
    return [(state, counts[state]) for state in Translation if counts.get(state)]
