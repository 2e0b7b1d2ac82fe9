"""Words for materials."""

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from upstander.program.materials.states import PLEDGE_MOVES, PLEDGE_WORDS, Pledge

register = template.Library()
TONES = {"promised": "waits", "received": "good"}
LANGUAGE_NAMES = {"en": lambda: _("English"), "es": lambda: _("Spanish")}


@register.filter
def titled(thing: Any) -> str:
    """The title in the reader's language."""
    return str(thing.title_es if get_language() == "es" else thing.title_en)


@register.filter
def tongue(code: str) -> str:
    """The name of a language."""
    return LANGUAGE_NAMES[code]()


@register.filter
def hours(place: Any) -> str:
    """When a place is open, in the reader's language."""
    return str(place.hours_es if get_language() == "es" else place.hours_en)


@register.inclusion_tag("parts/status.html")
def pledge_state(pledge: Any) -> dict[str, Any]:
    """Where a promise stands."""
    return {"word": PLEDGE_WORDS[Pledge(pledge.state)], "tone": TONES.get(pledge.state, "quiet")}


@register.filter
def can_be_received(pledge: Any) -> bool:
    """Whether somebody can say that it came."""
    return "receive" in PLEDGE_MOVES[pledge.state]
