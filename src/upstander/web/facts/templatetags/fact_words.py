"""Words of the pages about facts."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from upstander.foundation.kernel.content import Text
from upstander.program.facts.selectors.editing import Standing
from upstander.program.facts.selectors.uses import Use
from upstander.web.facts.places import PARTS
from upstander.web.facts.words import KINDS, OWNERS, STANDINGS

register = template.Library()


@register.filter
def said_here(text: Text | None) -> str:
    """The passage in the page's language."""
    return text.in_language(get_language() or "en") if text else ""


@register.simple_tag
def links_to(uses: Iterable[tuple[Use, str]]) -> SafeString:
    """The places that show a fact, each leading there, in one go: the page of sources has hundreds."""
    return SafeString(" · ".join(_link(address, said_here(use.title)) for use, address in uses))


@lru_cache(maxsize=1024)
def _link(address: str, name: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, name)


@register.filter
def kind_word(kind: str) -> str | Promise:
    """What kind of fact it is."""
    return KINDS[kind]


@register.filter
def owner_word(owner: str) -> str | Promise:
    """Who looks after it."""
    return OWNERS[owner]


@register.filter
def part_word(part: str) -> str | Promise:
    """What kind of place shows it."""
    return PARTS[part]


@register.inclusion_tag("parts/status.html")
def standing(found: Standing) -> dict[str, object]:
    """What has to be done about a fact, in a word."""
    word, tone = STANDINGS[found]
    return {"word": word, "tone": tone}
