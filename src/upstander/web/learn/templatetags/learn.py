"""Words and marks of the pages to learn from."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.content import Text
from upstander.program.facts.content import LINES, Shown
from upstander.program.library.content.pages import Audience

register = template.Library()

FOR_WHOM = {
    Audience.STUDENTS: _("For students"),
    Audience.EVERYONE: _("For everyone"),
    Audience.FAMILIES: _("For families"),
    Audience.STAFF: _("For people who work at a school"),
}
REVIEWER = {
    "legal": _("a lawyer"),
    "survivor_advisor": _("a survivor advisor"),
    "language": _("a language reviewer"),
}

TONES = {"calm": "support", "care": "visibility", "act": "phone"}
KINDS = {
    "article": "info",
    "myths": "check_circle",
    "checklist": "check",
    "example": "person",
    "campaign": "event",
    "resources": "phone",
    "landing": "arrow_forward",
}


@register.filter
def for_whom(audience: Audience) -> str:
    """The heading of an audience's pages."""
    return str(FOR_WHOM[audience])


@register.filter
def reviewer(role: str) -> str:
    """Who reviews under this role, in words."""
    return str(REVIEWER[role])


@register.filter
def in_words(text: Text) -> str:
    """A passage in the reader's language."""
    return text.in_language(get_language() or "en")


@register.filter
def is_line(fact: Shown) -> bool:
    """Whether a fact is a number to call."""
    return fact.kind in LINES


@register.filter
def scene(audience: Audience) -> str:
    """The address of the drawing that opens an audience's pages."""
    return static(f"learn/{audience}.svg")


@register.filter
def tone_icon(tone: str) -> str:
    """The icon of a callout: comfort, something to know first, something to do now."""
    return TONES[tone]


@register.filter
def kind_icon(kind: str) -> str:
    """The icon of a kind of page in a list."""
    return KINDS[kind]


@register.filter
def in_one(found: Any) -> list[Any]:
    """What may be there, as a list of one or none, so that a template can take it apart."""
    return [found] if found else []


@register.inclusion_tag("learn/send.html", takes_context=True)
def send_on(context: Mapping[str, Any], title: str, route: str, *args: str) -> dict[str, str]:
    """How to send an open page on: its neutral title with its address, and no word of what it is about."""
    message = f"{title}: {context['request'].build_absolute_uri(reverse(route, args=args))}"
    return {"message": message, "subject": quote(title), "body": quote(message)}
