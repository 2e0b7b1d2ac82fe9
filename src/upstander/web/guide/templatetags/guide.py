"""Template filters of the guide."""

from django import template

from upstander.foundation.kernel.content import Text
from upstander.web.shared.entrances import Entrance

register = template.Library()


@register.filter
def said(text: Text, language: str) -> str:
    """A passage in the page's language."""
    return text.in_language(language)


@register.filter
def by(key: str, entrance: Entrance) -> str:
    """The address of a branch (or of the call) for a reader who came in by `entrance`."""
    return entrance.to(key)
