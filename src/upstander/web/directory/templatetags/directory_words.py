"""Words of the directory in the reader's language."""

import datetime as dt
from itertools import groupby
from typing import Any

from django import template
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import time_format
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from upstander.program.directory.content.shipped import shipped
from upstander.program.directory.selectors.choices import ACCESS, COSTS, MAY_REPORT, PHONE_KINDS, TAKES_REPORT
from upstander.program.directory.states import STATE_WORDS, Standing, State

register = template.Library()
WORDS = {
    "cost": dict(COSTS),
    "may_report": dict(MAY_REPORT),
    "takes_report": dict(TAKES_REPORT),
    "access": dict(ACCESS),
    "number": {**dict(PHONE_KINDS), "voice": _("By phone")},
}
STANDINGS = {
    Standing.FRESH: (_("checked"), "good"),
    Standing.STALE: (_("check again"), "waits"),
    Standing.HIDDEN: (_("hidden from readers"), "stops"),
    Standing.NEVER: (_("never checked"), "quiet"),
}
STATE_TONES = {State.PUBLISHED: "good", State.CHANGED: "waits", State.WITHDRAWN: "stops"}
FAULTS = {
    "missing": _("is missing"),
    "too_long": _("is too long, the rest stays in the record as it came"),
    "unread": _("could not be read whole: please write it by hand"),
    "bad_id": _("is no identifier of the standard"),
    "status": _("says that the service is not active"),
    "no_service": _("belongs to no service in the file, and stays here as it came"),
    "hidden": _("holds signs that nobody sees: they are left out"),
    "refused": _("cannot stand in an entry as it is"),
    "words": _("says something that is better said otherwise"),
    "unknown": _("has no place in an entry, and stays in the record as it came"),
}
MOVES = {
    "changed": _("Written. Readers see it once the entries there were checked again."),
    "closed": _("Confidential. The address is gone from every page, file and search now."),
    "wished": _("Written. The address stays confidential until a second person agrees."),
    "opened": _("Agreed. Readers see the address once the entries there were checked."),
    "kept": _("It stays confidential."),
}
FIELDS = {
    "name_en": _("Name, in English"),
    "name_es": _("Name, in Spanish"),
    "about_en": _("What they do, in English"),
    "about_es": _("What they do, in Spanish"),
    "who_en": _("Whom it is for, in English"),
    "who_es": _("Whom it is for, in Spanish"),
    "how_en": _("How to ask, in English"),
    "how_es": _("How to ask, in Spanish"),
}
SHELVES = {
    "check": _("To check"),
    "drafts": _("Drafts"),
    "published": pgettext_lazy("entries", "Published"),
    "units": _("Department units"),
    "reports": _("Take mandated reports"),
    "off": _("Taken off"),
}


def _spoken() -> tuple[str, str]:
    """The reader's language, and the other one."""
    return ("es", "en") if get_language() == "es" else ("en", "es")


@register.filter
def called(thing: Any) -> str:
    """The name of a listing or entry."""
    spoken, other = _spoken()
    return str(getattr(thing, f"name_{spoken}") or getattr(thing, f"name_{other}"))


@register.filter
def said(listing: Any, name: str) -> str:
    """A text of a listing in the reader's language; marked as the other one where it stands in that one alone."""
    spoken, other = _spoken()
    field = f"{name}_{spoken}"
    text = listing.shown[field] if field in listing.shown else getattr(listing, field)
    is_borrowed = field in listing.shown.get("borrowed", ())
    return format_html('<span lang="{}">{}</span>', other, text) if is_borrowed else str(text)


@register.filter
def half_said(listing: Any) -> list[str]:
    """The one language in which more than the name of a listing stands, where the reader's is missing."""
    spoken, other = _spoken()
    missing = {field for field in listing.shown.get("borrowed", ()) if field.endswith(spoken)}
    return [other] if missing - {f"name_{spoken}"} else []


@register.filter
def place_name(place: Any) -> str:
    """A place as its editors call it."""
    return ", ".join(filter(None, (place.name, place.street, place.city))) or str(place.get_kind_display())


@register.filter
def in_words(value: str, kind: str) -> str:
    """The words for a choice."""
    return str(WORDS[kind].get(value, value))


@register.filter
def need_names(keys: list[str]) -> str:
    """Names of needs, with commas."""
    known, language = shipped().needs, get_language() or "en"
    return ", ".join(known[key].name.in_language(language) for key in keys if key in known)


@register.filter
def week(hours: list[list[Any]]) -> list[tuple[str, str]]:
    """The week in few lines: days that follow one another with the same times together."""
    times = {day: ", ".join(_span(o, c) for _d, o, c in spans) for day, spans in groupby(hours, key=lambda h: h[0])}
    lines = []
    for said, days in groupby(sorted(times), key=times.__getitem__):
        lines += [(_days(run), said) for run in _runs(list(days))]
    return lines


def _runs(days: list[int]) -> list[list[int]]:
    """Days that follow one another, together."""
    return [[day for _at, day in run] for _gap, run in groupby(enumerate(days), key=lambda found: found[1] - found[0])]


def _days(days: list[int]) -> str:
    if len(days) == 1:
        return str(WEEKDAYS[days[0]]).capitalize()
    return f"{str(WEEKDAYS_ABBR[days[0]]).capitalize()}–{WEEKDAYS_ABBR[days[-1]]}"


def _span(opens: str, closes: str) -> str:
    if opens == closes:
        return str(_("day and night"))
    return " – ".join(time_format(dt.time.fromisoformat(at), "TIME_FORMAT") for at in (opens, closes))


@register.filter
def as_rows(hours: Any) -> list[list[Any]]:
    """Hours as a listing holds them."""
    return [[each.weekday, each.opens.isoformat("minutes"), each.closes.isoformat("minutes")] for each in sorted(hours)]


@register.filter
def fault(reason: str) -> str:
    """Why a field needs a person's eye."""
    return str(FAULTS[reason])


@register.filter
def field_name(field: str) -> str:
    """A text of an entry, by its name in the form."""
    return str(FIELDS[field])


@register.filter
def ages(shown: dict[str, Any]) -> str:
    """For which ages."""
    youngest, oldest = shown["youngest"], shown["oldest"]
    if youngest is not None and oldest is not None:
        return str(_("Ages %(youngest)s to %(oldest)s") % {"youngest": youngest, "oldest": oldest})
    if youngest is not None:
        return str(_("Age %(youngest)s and older") % {"youngest": youngest})
    return str(_("Up to age %(oldest)s") % {"oldest": oldest}) if oldest is not None else ""


@register.filter
def first_voice(shown: dict[str, Any]) -> dict[str, str] | None:
    """The number to call first."""
    return next((each for each in shown["numbers"] if each["kind"] == "voice"), None)


@register.filter
def shelf(name: str) -> str:
    """The name of a part of the editors' list."""
    return str(SHELVES[name])


@register.inclusion_tag("parts/status.html")
def entry_state(service: Any) -> dict[str, Any]:
    """What readers see of an entry."""
    state = State(service.state)
    return {"word": STATE_WORDS[state], "tone": STATE_TONES.get(state, "quiet")}


@register.inclusion_tag("parts/status.html")
def freshness(line: Any) -> dict[str, Any]:
    """How fresh the last check is."""
    word, tone = STANDINGS[line.standing]
    return {"word": word, "tone": tone}
