"""Any table with a line of headings: cells as people write them, several numbers in one and hours in prose."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from upstander.foundation.kernel.languages import shipped_languages
from upstander.program.directory.content.incoming.read import MISSING, UNKNOWN, UNREAD, Fault, Read, Unreadable, checked
from upstander.program.directory.content.prose import read_hours, read_numbers
from upstander.program.directory.content.where import Where
from upstander.program.directory.content.words import plain

HEADINGS = {
    "name": ("name", "service", "service name", "program", "program name"),
    "organization": ("organization", "organisation", "agency", "agency name", "provider"),
    "about": ("description", "about", "what they do", "services"),
    "phones": ("phone", "phones", "telephone", "phone number", "phone numbers"),
    "hours": ("hours", "schedule", "hours of operation", "open"),
    "website": ("website", "url", "web", "site"),
    "street": ("address", "street", "street address", "address 1"),
    "city": ("city", "town"),
    "state_code": ("state",),
    "postal_code": ("zip", "zip code", "postal code"),
    "who": ("eligibility", "who", "for whom"),
    "how": ("how to ask", "how to apply", "intake", "application process"),
    "languages": ("languages", "language"),
    "cost": ("cost", "fees", "fee"),
    "takes_report": ("takes mandated reports", "takes mandated report", "mandated reports", "takes reports"),
}
MOST_COLUMNS = 300
FREE = frozenset({"free", "no cost", "none", "no charge", "no fee", "0", "$0", "gratis"})
ANSWERS = {"yes": "yes", "y": "yes", "true": "yes", "si": "yes", "no": "no", "n": "no", "false": "no"}
BETWEEN = re.compile(r"[,;/&+]|\band\b|\by\b")
STATE_LENGTH, POSTAL_LENGTH = 2, 10


def table_records(text: str) -> list[dict[str, Any]]:
    """The rows below the headings, each cell under its own. Raises Unreadable without a column for names."""
    rows = cells_of(text)
    if not rows or not _column(rows[0], "name"):
        raise Unreadable("headings")
    return [under(rows[0], row) for row in rows[1:]]


def cells_of(text: str) -> list[list[str]]:
    """The rows of a CSV file that are not blank. Raises Unreadable."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(map(str.strip, row))]
    except csv.Error:
        raise Unreadable("headings") from None
    if any(len(row) > MOST_COLUMNS for row in rows):
        raise Unreadable("headings")
    return rows


def under(head: list[str], row: list[str]) -> dict[str, Any]:
    """A row under its headings; cells that stand right of the last one are kept too."""
    beyond = (f"column {at + 1}" for at in range(len(head), len(row)))
    return dict(zip([*head, *beyond], row, strict=False))


def read_row(raw: dict[str, Any]) -> Read:
    """What can be read of a row."""
    cells = {meaning: str(raw.get(_column(raw, meaning)) or "").strip() for meaning in HEADINGS}
    numbers, odd_numbers = read_numbers(cells["phones"])
    hours, odd_hours = read_hours(cells["hours"]) if cells["hours"] else ((), "")
    languages, odd_languages = _languages(cells["languages"])
    is_free = plain(cells["cost"]).strip(" .") in FREE
    takes_report = ANSWERS.get(plain(cells["takes_report"]), "")
    odd = {"phones": odd_numbers, "hours": odd_hours, "languages": odd_languages}
    odd |= {"cost": cells["cost"] and not is_free, "takes_report": cells["takes_report"] and not takes_report}
    told: dict[str, Any] = {name: cells[name] for name in ("name", "organization", "about", "who", "how", "website")}
    places, faults = _place(cells)
    told |= {"cost": "free" if is_free else "", "takes_report": takes_report}
    read = Read(**told, numbers=numbers, hours=hours, places=places, languages=languages)
    return checked(read, [*((name, UNREAD) for name, left in odd.items() if left), *faults, *_unknown(raw)])


def _place(cells: dict[str, str]) -> tuple[tuple[tuple[str, Where], ...], list[Fault]]:
    """The place, if a city is named; one from elsewhere counts as confidential until an editor says otherwise."""
    if not cells["city"]:
        return (), [("city", MISSING)] if cells["street"] else []
    told = {name: cells[name] for name in ("street", "city", "state_code", "postal_code")}
    where, faults = fitting("area", told)
    return (("", where),), faults


def fitting(kind: str, told: dict[str, str]) -> tuple[Where, list[Fault]]:
    """The place with what fits into an entry; the rest is named and stays in the record."""
    most = {"name": 120, "street": 120, "city": 60, "state_code": STATE_LENGTH, "postal_code": POSTAL_LENGTH}
    faults = [(name, UNREAD) for name, text in told.items() if len(text) > most[name]]
    fits: dict[str, Any] = {name: text for name, text in told.items() if len(text) <= most[name]}
    return Where(kind, **fits), faults


def _languages(cell: str) -> tuple[tuple[str, ...], bool]:
    """The languages that a cell names, and whether it says more than that."""
    known = {plain(name): code for code, text in shipped_languages().names.items() for name in (text.en, text.es, code)}
    said = [word.strip(" .") for word in BETWEEN.split(plain(cell)) if word.strip(" .")]
    return tuple(dict.fromkeys(known[word] for word in said if word in known)), any(word not in known for word in said)


def _unknown(raw: dict[str, Any]) -> Iterator[Fault]:
    known = {_column(raw, meaning) for meaning in HEADINGS}
    yield from ((name, UNKNOWN) for name, cell in raw.items() if name not in known and str(cell).strip())


def _column(head: Iterable[str], meaning: str) -> str:
    names = {plain(each).strip().replace("_", " "): each for each in head}
    return next((names[word] for word in HEADINGS[meaning] if word in names), "")
