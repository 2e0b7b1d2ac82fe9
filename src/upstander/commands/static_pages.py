"""Copies of the call screen that need no database, so that a dead one never stands before a report."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from upstander.district.places.selectors import all_hosts, district_for_host
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.program.guidance.content.calls import CallScreen
from upstander.program.guidance.selectors.guide import call_screen_for, call_screen_without_database

NAMES = {"en": "English", "es": "Español"}


def write_all() -> int:
    """Write the copies of every host, and one for hosts nobody knew; gives their number."""
    count = write_shared(clock.now().date())
    with in_district(None):
        hosts = [hostname for hostname, _name in all_hosts()]
    for host in hosts:
        count += _write_host(host)
    return count


def write_shared(on: date) -> int:
    """The copy for any county that ships, in every language, from the content's files alone: no database is asked."""
    for language in NAMES:
        screen = call_screen_without_database(language=language, on=on)
        _write(f"call-{language}.html", render(screen, language, is_everywhere=True))
    return len(NAMES)


def _write_host(host: str) -> int:
    """The copy of one host's district, with its own stations."""
    with in_district(None):
        district = district_for_host(host)
    if district is None:
        return 0
    on = clock.now().astimezone(ZoneInfo(district.zone)).date()
    with in_district(district.pk, read_only=True):
        for language in NAMES:
            screen = call_screen_for(actor=visitor(district.pk), language=language, on=on)
            _write(f"call-{language}.{host}.html", render(screen, language, is_everywhere=False))
    return len(NAMES)


def render(screen: CallScreen, language: str, *, is_everywhere: bool) -> str:
    """The call screen as a whole page that stands by itself."""
    others = [{"code": code, "name": name, "path": f"/{code}/guide/call/"} for code, name in NAMES.items()]
    context = {
        "screen": screen,
        "text": screen.text,
        "is_everywhere": is_everywhere,
        "other_languages": [other for other in others if other["code"] != language],
    }
    with translation.override(language):
        return render_to_string("guide/call_copy.html", context)


def _write(name: str, page: str) -> None:
    """Whole or not at all: a reader never sees half a page."""
    folder = Path(settings.STATIC_PAGES)
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{name}.new"
    draft.write_text(page, encoding="utf-8")
    draft.replace(folder / name)
