"""Words for materials."""

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()
LANGUAGE_NAMES = {"en": lambda: _("English"), "es": lambda: _("Spanish")}


@register.filter
def titled(thing: Any) -> str:
    """The title in the reader's language."""
    return str(thing.title_es if get_language() == "es" else thing.title_en)


@register.filter
def tongue(code: str) -> str:
    """The name of a language."""
    return LANGUAGE_NAMES[code]()
