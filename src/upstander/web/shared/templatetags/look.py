"""Template tags that draw the house's parts. How to use each: docs/components.md."""

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from upstander.foundation.kernel.languages import language_names
from upstander.web.shared.context import own_name
from upstander.web.shared.navigation import CALL_ADDRESS, Bar, Shown, places_for
from upstander.web.shared.outside import sealed
from upstander.web.shared.shipped import shipped_facts
from upstander.web.shared.tabs import tab_of

register = template.Library()
MOST_DRAWN = 2048  # parts that are kept as they were drawn


class Tongue(NamedTuple):
    """One language of the switch: the same page under another prefix."""

    code: str
    name: str
    href: str
    current: bool


def _request(context: Mapping[str, Any]) -> HttpRequest | None:
    return context.get("request")


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon of the sprite, silent to screen readers: the words beside it carry the meaning.

    Drawn once a process: a page has dozens, and looking up the sprite's hashed name is most of the work.
    """
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        "icon icon-turns" if name.startswith("arrow_") else "icon",
        static("built/icons.svg"),
        name,
    )


@register.filter
def as_lead(label: object) -> str:
    """A field's name before what is to be said of it: with a colon, unless it is a question."""
    text = str(label)
    return text if text.endswith(("?", ":")) else f"{text}:"


@register.filter
def tongues(codes: Iterable[str]) -> str:
    """Languages by name, with commas."""
    return language_names(codes)


@register.filter
def last_day(ends_on: dt.date) -> dt.date:
    """The last day on which something holds: people say it so, half-open periods do not."""
    return ends_on - dt.timedelta(days=1)


@register.simple_tag(takes_context=True)
def languages(context: Mapping[str, Any]) -> list[Tongue]:
    """The page's languages; empty for pages that stand outside a language prefix (both languages on one page)."""
    request = _request(context)
    now = get_language()
    if request is None or not request.path.startswith(f"/{now}/"):
        return []
    rest = request.get_full_path()[len(f"/{now}/") :]
    return [Tongue(code, own_name(code), f"/{code}/{rest}", code == now) for code, _ in settings.LANGUAGES]


@register.simple_tag(takes_context=True)
def district_name(context: Mapping[str, Any]) -> str:
    """The name of the district this host belongs to, or nothing where no district is known."""
    district = getattr(_request(context), "district", None)
    return str(district.name) if district else ""


@register.simple_tag(takes_context=True)
def tab(context: Mapping[str, Any]) -> str:
    """What the tab of a page for anyone says."""
    request = _request(context)
    return tab_of(request.resolver_match if request else None)


@register.simple_tag
def exit_address() -> str:
    """Where "Leave this page" goes."""
    return str(settings.EXIT_ADDRESS)


@register.simple_tag(takes_context=True)
def outside(context: Mapping[str, Any], address: str) -> str:
    """The page that stands before an outside address; every outside link of a public page leads there."""
    return reverse("public:leaving", args=[sealed(address, context["district"].ref)])


@register.simple_tag
def emergency_number() -> str:
    """The number for danger now, from the shipped facts: error pages have no database to ask."""
    return shipped_facts()["emergency.number"].value


@register.simple_tag
def call_address() -> str:
    """The call screen: a fixed path, so that the way to it can never fail to resolve."""
    return CALL_ADDRESS.format(language=get_language())


@register.simple_tag(takes_context=True)
def staff_nav(context: Mapping[str, Any]) -> Bar:
    """The places that the signed-in person's grants open, in order; none for visitors."""
    request = _request(context)
    actor = getattr(request, "actor", None)
    if request is None or actor is None or not actor.is_signed_in:
        return Bar([], [])
    return places_for(actor, request.path)


LINK = '<li><a href="{}"{}>{}</a></li>\n'
CURRENT = SafeString(' aria-current="page"')


@register.simple_tag
def place_links(places: Iterable[Shown]) -> SafeString:
    """Lines of the navigation, in one go: thirty of them cost more than most pages' own words."""
    return format_html_join("", LINK, ((place.href, CURRENT if place.current else "", place.name) for place in places))


@register.filter
def tel(number: str) -> str:
    """A phone number as a `tel:` address: digits only, so that every phone dials it."""
    return f"tel:{_dialed(number)}"


@register.filter
def sms(number: str) -> str:
    """A number that takes text messages as an `sms:` address."""
    return f"sms:{_dialed(number)}"


def _dialed(number: str) -> str:
    digits = "".join(character for character in str(number) if character.isdigit())
    return f"{'+' if len(digits) == 11 and digits.startswith('1') else ''}{digits}"


@register.simple_tag
def phone(number: str, plain: bool = False) -> SafeString:
    """A number to tap: a large button, or inside a sentence with `plain=True`."""
    return _drawn("parts/phone.html", (get_language(),), number=number, plain=plain)


@register.simple_tag(takes_context=True)
def fact_part(
    context: Mapping[str, Any], template: str, fact: Hashable, *, shows_sources: bool | None = None
) -> SafeString:
    """A part of a page that says one fact and nothing else, such as where it is from; whether the page shows sources is
    the page's own, unless it is said here."""
    district = context.get("district")
    where = (get_language(), district.ref if district else "")
    shows = bool(context.get("shows_sources") if shows_sources is None else shows_sources)
    return _drawn(template, where, district=district, fact=fact, shows_sources=shows)


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(template: str, _where: tuple[str | None, ...], **said: Hashable) -> SafeString:
    """A part as it was drawn, for as long as it says the same, in the same language and district: pages have dozens."""
    return render_to_string(template, said)


@register.inclusion_tag("parts/meter.html")
def meter(value: int, total: int, says: str) -> dict[str, Any]:
    """Progress as words first, and a bar that the words already explain."""
    return {"value": value, "total": max(total, 1), "says": says}


@register.inclusion_tag("parts/status.html")
def status(word: str, tone: str = "") -> dict[str, str]:
    """A state in a word. Tones: good, waits, stops, quiet, or none."""
    return {"word": word, "tone": tone}


@register.inclusion_tag("parts/pages.html", takes_context=True)
def pages(context: Mapping[str, Any], page: Page[Any]) -> dict[str, Any]:
    """Page numbers for a paginated list; keeps the other parameters of the address."""
    request = _request(context)
    query = request.GET.copy() if request else None
    if query is not None:
        query.pop("page", None)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": list(numbers),
        "gap": page.paginator.ELLIPSIS,
        "query": f"{query.urlencode()}&" if query else "",
    }


@register.inclusion_tag("forms/field.html")
def field(bound: BoundField) -> dict[str, BoundField]:
    """One form field with label, hint, error and control, tied together for assistive technology."""
    return {"field": bound}


@register.inclusion_tag("forms/problems.html")
def problems(form: Any) -> dict[str, Any]:
    """What has to be put right, as links to the fields; takes the focus when a script may give it."""
    return {"form": form, "outdated": form if getattr(form, "is_outdated", False) else None}
