"""Gatherings in words."""

from typing import Any

from django import template
from django.utils.translation import get_language

from upstander.program.gatherings.states import WORDS

register = template.Library()
TONES = {"open": "good", "held": "good", "seated": "good", "waiting": "waits", "draft": "waits", "cancelled": "stops"}


@register.filter
def title(thing: Any) -> str:
    """The title of a symposium or a line of its agenda, in the reader's language."""
    return str(thing.title_es if get_language() == "es" else thing.title_en)


@register.inclusion_tag("parts/status.html")
def stands(thing: Any) -> dict[str, Any]:
    """Where a symposium or a guest's place stands."""
    return {"word": WORDS[thing.state], "tone": TONES.get(thing.state, "quiet")}
