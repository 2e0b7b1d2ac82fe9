"""Words and marks of the pages to learn from."""

from django import template
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
