"""Words for states, steps and levels."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upstander.web.shared.own_words import as_read, stand_of, step_words

register = template.Library()
register.filter(as_read)
register.filter(step_words)
register.inclusion_tag("parts/status.html")(stand_of)
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
