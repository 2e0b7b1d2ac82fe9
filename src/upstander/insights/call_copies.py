"""Copies of the call screen that need no database, so that a dead one never stands before a report.

They are written at set-up, by each day's timetable, and after every change of a district's numbers: a copy is shown on
the worst day, and then it must not hold a number that was corrected. They are files of the machine that runs the jobs.
"""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from upstander.district.places.selectors import all_hosts, district_for_host
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.program.guidance.content.calls import CallScreen
from upstander.program.guidance.selectors.guide import call_screen_for, call_screen_without_database

if TYPE_CHECKING:
    from upstander.district.places.models import District

NAMES = {"en": "English", "es": "Español"}


def write_all(*, at: datetime) -> int:
    """Write the copies of every host as of the moment `at`, and one for hosts nobody knew; gives their number."""
    return write_shared(at.date()) + sum(_write_host(host, district, at) for host, district in _hosts())


def write_district(district_id: int, *, at: datetime) -> int:
    """Write the copies of one district's hosts as of the moment `at`; gives their number. Raises OSError."""
    own = [(host, district) for host, district in _hosts() if district.pk == district_id]
    return sum(_write_host(host, district, at) for host, district in own)


def write_shared(on: date) -> int:
    """The copy for any county that ships, in every language, from the content's files alone: no database is asked."""
    for language in NAMES:
        screen = call_screen_without_database(language=language, on=on)
        _write(f"call-{language}.html", render(screen, language, None))
    return len(NAMES)


def _hosts() -> "list[tuple[str, District]]":
    with in_district(None):
        found = [(host, district_for_host(host)) for host, _name in all_hosts()]
    return [(host, district) for host, district in found if district]


def _write_host(host: str, district: "District", at: datetime) -> int:
    """The copy of one host's district, with its own stations."""
    on = district.day(at)
    with in_district(district.pk, read_only=True):
        for language in NAMES:
            screen = call_screen_for(actor=visitor(district.pk), language=language, on=on)
            _write(f"call-{language}.{host}.html", render(screen, language, district))
    return len(NAMES)


def render(screen: CallScreen, language: str, district: "District | None") -> str:
    """The call screen as a whole page that stands by itself: a district's, or without one everywhere's."""
    others = [{"code": code, "name": name, "path": f"/{code}/guide/call/"} for code, name in NAMES.items()]
    context = {
        "screen": screen,
        "text": screen.text,
        "district": district,
        "is_everywhere": district is None,
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
