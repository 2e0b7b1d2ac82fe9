"""How a site's kind and status are drawn."""

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from upstander.web.places.words import KINDS, STATIONS, STATUSES

register = template.Library()


@register.filter
def kind_word(kind: str) -> str | Promise:
    """The kind of a site in the page's language."""
    return KINDS.get(kind, kind)


@register.filter
def station_word(kind: str) -> str | Promise:
    """The kind of a law-enforcement station in the page's language."""
    return STATIONS.get(kind, kind)


@register.simple_tag
def site_status(status: str) -> SafeString:
    """A status as word and tone."""
    word, tone = STATUSES.get(status, (status, ""))
    return format_html('<span class="status {}">{}</span>', tone, word)
