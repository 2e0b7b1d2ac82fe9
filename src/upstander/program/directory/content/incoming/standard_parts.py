"""The parts of a record in the standard: their texts and figures, and what of them nobody here reads."""

import math
from collections.abc import Collection, Iterator
from typing import Any

from upstander.program.directory.content.incoming.read import AT, UNKNOWN, UNREAD, Fault

KNOWN: dict[str, frozenset[str]] = {
    "service": frozenset(
        (
            *("name", "alternate_name", "description", "url", "status", "application_process", "fees_description"),
            *("minimum_age", "maximum_age", "eligibility_description", "assured_date", "last_modified", "organization"),
            *("phones", "schedules", "languages", "service_at_locations", "attributes"),
        )
    ),
    "organization": frozenset(("name", "description", "website")),
    "phone": frozenset(("number", "extension", "type")),
    "schedule": frozenset(("freq", "interval", "byday", "opens_at", "closes_at")),
    "language": frozenset(("code", "name")),
    "place": frozenset(("location",)),
    "location": frozenset(("location_type", "name", "latitude", "longitude", "addresses", "accessibility")),
    "address": frozenset(("address_1", "city", "state_province", "postal_code", "country", "address_type")),
    "accessibility": frozenset(("description",)),
    "attribute": frozenset(("taxonomy_term", "link_entity")),
}
Part = dict[str, Any]


def parts_of(raw: Part, name: str, kind: str, faults: list[Fault]) -> list[tuple[str, Part]]:
    """The parts of a record under a name, each with where it stands; what is odd about their fields goes to faults."""
    rows = raw.get(name)
    if rows is None:
        return []
    found = [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []
    if not isinstance(rows, list) or len(found) < len(rows):
        faults.append((name, UNREAD))
    named = [(str(each.get(AT) or f"{name} {at}"), each) for at, each in enumerate(found, 1)]
    for at, each in named:
        faults += unknown_fields(each, kind, at)
    return named


def unknown_fields(part: Part, kind: str, at: str) -> Iterator[Fault]:
    """The fields of a part for which an entry has no place."""
    known: Collection[str] = KNOWN[kind]
    for name, value in part.items():
        if name not in known and name not in {"id", AT} and not name.endswith("_id") and value not in (None, "", []):
            yield f"{part.get(AT) or at} {name}".strip(), UNKNOWN


def place_in(part: Part, name: str) -> str:
    """Where a text of the part stands."""
    return f"{part[AT]} {name}" if AT in part else name


def text_in(part: Part, name: str) -> str:
    """A text of the part; nothing where it is none."""
    value = part.get(name)
    return "" if value is None or isinstance(value, list | dict) else str(value).strip()


def figure_in(part: Part, name: str) -> float | None:
    """A number of the part, if it is one."""
    try:
        found = float(text_in(part, name))
    except ValueError:
        return None
    return found if math.isfinite(found) else None
