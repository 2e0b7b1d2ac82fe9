"""Services of the open standard, fully nested: as JSON, or as a package was put together."""

import datetime as dt
import json
import math
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from upstander.foundation.kernel.languages import shipped_languages
from upstander.program.directory.content.hours import Hours
from upstander.program.directory.content.hsds import COST_WORDS, DAYS, Number
from upstander.program.directory.content.incoming.ours import is_ours
from upstander.program.directory.content.incoming.read import (
    AT,
    BAD_ID,
    BAD_STATUS,
    MISSING,
    UNKNOWN,
    UNREAD,
    Fault,
    Read,
    Unreadable,
    checked,
    is_uid,
)
from upstander.program.directory.content.incoming.table import fitting
from upstander.program.directory.content.terms import REPORTS, terms
from upstander.program.directory.content.where import ACCESS, Where

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
KINDS = frozenset({"voice", "text", "tty", "fax"})
OLDEST, NORTHMOST, EASTMOST = 120, 90, 180
Part = dict[str, Any]


def _no_number(word: str) -> None:
    """The language of JSON knows no NaN and no Infinity, and no database keeps them in it."""
    raise ValueError(word)


def json_records(text: str) -> list[Part]:
    """The services of a JSON text: a list, a page of them, or one. Raises Unreadable."""
    try:
        data = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Unreadable("json") from None
    rows = data.get("contents", [data]) if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unreadable("json")
    return rows


def read_standard(raw: Part) -> Read:
    """What can be read of a service."""
    faults: list[Fault] = list(_unknown(raw, "service", ""))
    organization = raw["organization"] if isinstance(raw.get("organization"), dict) else {}
    faults += _unknown(organization, "organization", "organization")
    uids = {"id": raw.get("id", ""), "organization.id": organization.get("id", "")}
    faults += [(_at(raw, name), BAD_ID) for name, uid in uids.items() if not is_uid(uid)]
    if _text(raw, "status") not in {"active", ""}:
        faults.append((_at(raw, "status"), BAD_STATUS))
    needs, takes_report = _said(raw, faults)
    good = [str(uid) if is_uid(uid) else "" for uid in uids.values()]
    read = Read(
        name=_text(raw, "name"),
        name_es=_spanish_name(raw, faults),
        organization=_text(organization, "name"),
        about=_text(raw, "description"),
        who=_text(raw, "eligibility_description"),
        how=_text(raw, "application_process"),
        website=_text(raw, "url"),
        numbers=tuple(_numbers(raw, faults)),
        hours=tuple(_hours(raw, faults)),
        places=tuple(_places(raw, faults)),
        needs=needs,
        takes_report=takes_report,
        languages=tuple(dict.fromkeys(_languages(raw, faults))),
        youngest=_age(raw, "minimum_age", faults),
        oldest=_age(raw, "maximum_age", faults),
        cost=_cost(raw, faults),
        uid=good[0],
        organization_uid=good[1],
    )
    return checked(read, faults)


def _spanish_name(raw: Part, faults: list[Fault]) -> str:
    """The other name of a record that we wrote ourselves: that is its Spanish one. Of others it may be any, so that an
    editor looks at it."""
    said = _text(raw, "alternate_name")
    if not said or is_ours(raw):
        return said
    faults.append((_at(raw, "alternate_name"), UNKNOWN))
    return ""


def _numbers(raw: Part, faults: list[Fault]) -> Iterator[Number]:
    for at, each in _parts(raw, "phones", "phone", faults):
        if number := _text(each, "number"):
            kind = _text(each, "type") or "voice"
            faults += [(f"{at} type", UNKNOWN)] if kind not in KINDS else []
            yield Number(number, _text(each, "extension"), kind if kind in KINDS else "voice")
        else:
            faults.append((f"{at} number", UNREAD))


def _hours(raw: Part, faults: list[Fault]) -> Iterator[Hours]:
    """The hours of weekly schedules; one that says more than a week can hold is named."""
    for at, each in _parts(raw, "schedules", "schedule", faults):
        try:
            days = [DAYS.index(day.strip()[-2:]) for day in _text(each, "byday").split(",")]
            opens, closes = (_time(each[name]) for name in ("opens_at", "closes_at"))
        except (KeyError, ValueError):
            faults.append((at, UNREAD))
            continue
        if each.get("freq") != "WEEKLY" or _text(each, "interval") not in {"", "1"}:
            faults.append((at, UNREAD))
        yield from (Hours(day, opens, closes) for day in days)


def _places(raw: Part, faults: list[Fault]) -> Iterator[tuple[str, Where]]:
    """The places with a city, or by phone; an address from elsewhere counts as confidential until somebody says that
    it is not."""
    for at, each in _parts(raw, "service_at_locations", "place", faults):
        location = each.get("location")
        if not isinstance(location, dict):
            faults.append((at, UNREAD))
            continue
        uid = _text(location, "id") if is_uid(location.get("id")) else ""
        here = str(location.get(AT) or f"{at} location")
        faults += _unknown(location, "location", here)
        addresses = list(_parts(location, "addresses", "address", faults))
        faults += [(where, UNKNOWN) for where, _address in addresses[1:]]
        kind = "virtual" if location.get("location_type") == "virtual" else "area"
        where, odd = fitting(kind, _told(addresses[0][1] if addresses else {}, location))
        faults += [(f"{here} {name}", reason) for name, reason in odd]
        if kind == "virtual" or where.city:
            access = tuple(_access(location, faults))
            yield uid, replace(where, **_point(location, here, faults), access=access)
        else:
            faults.append((f"{here} city", MISSING))


def _point(location: Part, at: str, faults: list[Fault]) -> dict[str, Any]:
    """Where on earth, if both figures make sense."""
    found = {name: _figure(location, name) for name in ("latitude", "longitude")}
    north, east = found["latitude"], found["longitude"]
    if north is not None and east is not None and abs(north) <= NORTHMOST and abs(east) <= EASTMOST:
        return {"latitude": north, "longitude": east}
    faults += [(f"{at} {name}", UNREAD) for name in found if _text(location, name)]
    return {}


def _access(location: Part, faults: list[Fault]) -> Iterator[str]:
    for at, each in _parts(location, "accessibility", "accessibility", faults):
        if _text(each, "description") in ACCESS:
            yield _text(each, "description")
        else:
            faults.append((at, UNKNOWN))


def _told(address: Part, location: Part) -> dict[str, str]:
    names = {"street": "address_1", "city": "city", "state_code": "state_province", "postal_code": "postal_code"}
    return {"name": _text(location, "name"), **{ours: _text(address, theirs) for ours, theirs in names.items()}}


def _said(raw: Part, faults: list[Fault]) -> tuple[tuple[str, ...], str]:
    """What is said by terms of our own lists: needs, and whether reports are taken. Terms of other lists, and both
    answers at once, are for an editor to read."""
    ours = {each["id"]: each for each in terms()}
    found: dict[str, list[str]] = {}
    for at, each in _parts(raw, "attributes", "attribute", faults):
        term = each.get("taxonomy_term")
        said = ours.get(_text(term, "id") if isinstance(term, dict) else _text(each, "taxonomy_term_id"))
        if said:
            found.setdefault(said["taxonomy_id"], []).append(said["code"])
        else:
            faults.append((at, UNKNOWN))
    answers = set(found.pop(str(REPORTS), []))
    faults += [("attributes", UNREAD)] if len(answers) > 1 else []
    needs = dict.fromkeys(key for keys in found.values() for key in keys)
    return tuple(needs), answers.pop() if len(answers) == 1 else ""


def _languages(raw: Part, faults: list[Fault]) -> Iterator[str]:
    for at, each in _parts(raw, "languages", "language", faults):
        code = _text(each, "code")
        if code in shipped_languages().names:
            yield code
        else:
            faults.append((at, UNKNOWN))


def _age(raw: Part, name: str, faults: list[Fault]) -> int | None:
    age = _figure(raw, name)
    if age is not None and age.is_integer() and 0 <= age <= OLDEST:
        return int(age)
    faults += [(_at(raw, name), UNREAD)] if _text(raw, name) else []
    return None


def _cost(raw: Part, faults: list[Fault]) -> str:
    """What it costs, where it is said in the words that we give away ourselves."""
    said = _text(raw, "fees_description")
    found = next((cost for cost, words in COST_WORDS.items() if words == said), "")
    faults += [(_at(raw, "fees_description"), UNKNOWN)] if said and not found else []
    return found


def _parts(raw: Part, name: str, kind: str, faults: list[Fault]) -> list[tuple[str, Part]]:
    """The parts of a record under a name, each with where it stands; what is odd about their fields goes to faults."""
    rows = raw.get(name)
    if rows is None:
        return []
    found = [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []
    if not isinstance(rows, list) or len(found) < len(rows):
        faults.append((name, UNREAD))
    named = [(str(each.get(AT) or f"{name} {at}"), each) for at, each in enumerate(found, 1)]
    for at, each in named:
        faults += _unknown(each, kind, at)
    return named


def _unknown(part: Part, kind: str, at: str) -> Iterator[Fault]:
    """The fields of a part for which an entry has no place."""
    known: Collection[str] = KNOWN[kind]
    for name, value in part.items():
        if name not in known and name not in {"id", AT} and not name.endswith("_id") and value not in (None, "", []):
            yield f"{part.get(AT) or at} {name}".strip(), UNKNOWN


def _at(part: Part, name: str) -> str:
    return f"{part[AT]} {name}" if AT in part else name


def _text(part: Part, name: str) -> str:
    value = part.get(name)
    return "" if value is None or isinstance(value, list | dict) else str(value).strip()


def _figure(part: Part, name: str) -> float | None:
    try:
        found = float(_text(part, name))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _time(said: Any) -> dt.time:
    return dt.time.fromisoformat(str(said).removesuffix("Z")).replace(tzinfo=None)
