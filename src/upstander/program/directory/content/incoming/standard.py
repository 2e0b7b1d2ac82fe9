"""Services of the open standard, fully nested: as JSON, or as a package was put together."""

import datetime as dt
import json
from collections.abc import Iterator
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
from upstander.program.directory.content.incoming.standard_parts import (
    Part,
    figure_in,
    parts_of,
    place_in,
    text_in,
    unknown_fields,
)
from upstander.program.directory.content.incoming.table import fitting
from upstander.program.directory.content.terms import REPORTS, terms
from upstander.program.directory.content.where import ACCESS, Where

KINDS = frozenset({"voice", "text", "tty", "fax"})
OLDEST, NORTHMOST, EASTMOST = 120, 90, 180


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
    faults: list[Fault] = list(unknown_fields(raw, "service", ""))
    organization = raw["organization"] if isinstance(raw.get("organization"), dict) else {}
    faults += unknown_fields(organization, "organization", "organization")
    uids = {"id": raw.get("id", ""), "organization.id": organization.get("id", "")}
    faults += [(place_in(raw, name), BAD_ID) for name, uid in uids.items() if not is_uid(uid)]
    if text_in(raw, "status") not in {"active", ""}:
        faults.append((place_in(raw, "status"), BAD_STATUS))
    needs, takes_report = _said(raw, faults)
    good = [str(uid) if is_uid(uid) else "" for uid in uids.values()]
    read = Read(
        name=text_in(raw, "name"),
        name_es=_spanish_name(raw, faults),
        organization=text_in(organization, "name"),
        about=text_in(raw, "description"),
        who=text_in(raw, "eligibility_description"),
        how=text_in(raw, "application_process"),
        website=text_in(raw, "url"),
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
    said = text_in(raw, "alternate_name")
    if not said or is_ours(raw):
        return said
    faults.append((place_in(raw, "alternate_name"), UNKNOWN))
    return ""


def _numbers(raw: Part, faults: list[Fault]) -> Iterator[Number]:
    for at, each in parts_of(raw, "phones", "phone", faults):
        if number := text_in(each, "number"):
            kind = text_in(each, "type") or "voice"
            faults += [(f"{at} type", UNKNOWN)] if kind not in KINDS else []
            yield Number(number, text_in(each, "extension"), kind if kind in KINDS else "voice")
        else:
            faults.append((f"{at} number", UNREAD))


def _hours(raw: Part, faults: list[Fault]) -> Iterator[Hours]:
    """The hours of weekly schedules; one that says more than a week can hold is named."""
    for at, each in parts_of(raw, "schedules", "schedule", faults):
        try:
            days = [DAYS.index(day.strip()[-2:]) for day in text_in(each, "byday").split(",")]
            opens, closes = (_time(each[name]) for name in ("opens_at", "closes_at"))
        except (KeyError, ValueError):
            faults.append((at, UNREAD))
            continue
        if each.get("freq") != "WEEKLY" or text_in(each, "interval") not in {"", "1"}:
            faults.append((at, UNREAD))
        yield from (Hours(day, opens, closes) for day in days)


def _places(raw: Part, faults: list[Fault]) -> Iterator[tuple[str, Where]]:
    """The places with a city, or by phone; an address from elsewhere counts as confidential until somebody says that
    it is not."""
    for at, each in parts_of(raw, "service_at_locations", "place", faults):
        location = each.get("location")
        if not isinstance(location, dict):
            faults.append((at, UNREAD))
            continue
        uid = text_in(location, "id") if is_uid(location.get("id")) else ""
        here = str(location.get(AT) or f"{at} location")
        faults += unknown_fields(location, "location", here)
        addresses = list(parts_of(location, "addresses", "address", faults))
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
    found = {name: figure_in(location, name) for name in ("latitude", "longitude")}
    north, east = found["latitude"], found["longitude"]
    if north is not None and east is not None and abs(north) <= NORTHMOST and abs(east) <= EASTMOST:
        return {"latitude": north, "longitude": east}
    faults += [(f"{at} {name}", UNREAD) for name in found if text_in(location, name)]
    return {}


def _access(location: Part, faults: list[Fault]) -> Iterator[str]:
    for at, each in parts_of(location, "accessibility", "accessibility", faults):
        if text_in(each, "description") in ACCESS:
            yield text_in(each, "description")
        else:
            faults.append((at, UNKNOWN))


def _told(address: Part, location: Part) -> dict[str, str]:
    names = {"street": "address_1", "city": "city", "state_code": "state_province", "postal_code": "postal_code"}
    return {"name": text_in(location, "name"), **{ours: text_in(address, theirs) for ours, theirs in names.items()}}


def _said(raw: Part, faults: list[Fault]) -> tuple[tuple[str, ...], str]:
    """What is said by terms of our own lists: needs, and whether reports are taken. Terms of other lists, and both
    answers at once, are for an editor to read."""
    ours = {each["id"]: each for each in terms()}
    found: dict[str, list[str]] = {}
    for at, each in parts_of(raw, "attributes", "attribute", faults):
        term = each.get("taxonomy_term")
        said = ours.get(text_in(term, "id") if isinstance(term, dict) else text_in(each, "taxonomy_term_id"))
        if said:
            found.setdefault(said["taxonomy_id"], []).append(said["code"])
        else:
            faults.append((at, UNKNOWN))
    answers = set(found.pop(str(REPORTS), []))
    faults += [("attributes", UNREAD)] if len(answers) > 1 else []
    needs = dict.fromkeys(key for keys in found.values() for key in keys)
    return tuple(needs), answers.pop() if len(answers) == 1 else ""


def _languages(raw: Part, faults: list[Fault]) -> Iterator[str]:
    for at, each in parts_of(raw, "languages", "language", faults):
        code = text_in(each, "code")
        if code in shipped_languages().names:
            yield code
        else:
            faults.append((at, UNKNOWN))


def _age(raw: Part, name: str, faults: list[Fault]) -> int | None:
    age = figure_in(raw, name)
    if age is not None and age.is_integer() and 0 <= age <= OLDEST:
        return int(age)
    faults += [(place_in(raw, name), UNREAD)] if text_in(raw, name) else []
    return None


def _cost(raw: Part, faults: list[Fault]) -> str:
    """What it costs, where it is said in the words that we give away ourselves."""
    said = text_in(raw, "fees_description")
    found = next((cost for cost, words in COST_WORDS.items() if words == said), "")
    faults += [(place_in(raw, "fees_description"), UNKNOWN)] if said and not found else []
    return found


def _time(said: Any) -> dt.time:
    return dt.time.fromisoformat(str(said).removesuffix("Z")).replace(tzinfo=None)
