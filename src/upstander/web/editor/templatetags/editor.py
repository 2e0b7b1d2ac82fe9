"""Words for readers and levels."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upstander.program.library.states import WHY_TAKEN_BACK, TakenBack

register = template.Library()
AUDIENCES = {
    "students": _("For students"),
    "everyone": _("For everyone"),
    "families": _("For families"),
    "staff": _("For staff"),
}
SCALES = {"en": _("English, school grade"), "es": _("Spanish, INFLESZ (higher is easier)")}


@register.filter
def for_readers(audience: str) -> str | Promise:
    """For whom a page is."""
    return AUDIENCES[audience]


@register.filter
def scale(language: str) -> str | Promise:
    """How a level of this language is read."""
    return SCALES[language]


@register.filter
def why_taken_back(reason: str) -> str | Promise:
    """Why a review no longer stands."""
    return WHY_TAKEN_BACK[TakenBack(reason)]
