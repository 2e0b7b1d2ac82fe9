"""A service as a record of the Human Services Data Specification 3.0, an Open Referral resource (openreferral.org).

Every part has an id of its own there; those we do not store are derived from the service's, so that they stay the same
from one export to the next. The record's texts are English, as are the names; the Spanish name is the alternate one.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from upstander.program.directory.content.hours import Hours
from upstander.program.directory.content.shipped import Need
from upstander.program.directory.content.terms import TAKES, Term, part_id, report_term, term

VERSION = "3.0"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
COST_WORDS = {
    "unknown": "Please ask about the cost.",
    "free": "Free.",
    "sliding": "By income.",
    "insurance": "With insurance.",
    "paid": "Costs money.",
}
KIND_OF_LOCATION = {"open": "physical", "area": "physical", "virtual": "virtual"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the public may know it: a confidential one has lost its street, code and coordinates already."""

    uid: uuid.UUID
    kind: str
    name: str
    street: str
    city: str
    state_code: str
    postal_code: str
    latitude: float | None
    longitude: float | None
    access: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number to call, to text or to fax to."""

    number: str
    extension: str
    kind: str


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that is published of one service."""

    uid: uuid.UUID
    organization_uid: uuid.UUID
    organization: str
    organization_about: str
    organization_website: str
    name_en: str
    name_es: str
    about_en: str
    who_en: str
    how_en: str
    website: str
    youngest: int | None
    oldest: int | None
    cost: str
    takes_report: str
    languages: tuple[str, ...]
    needs: tuple[Need, ...]
    numbers: tuple[Number, ...]
    hours: tuple[Hours, ...]
    places: tuple[Place, ...]
    verified_on: dt.date
    published_at: dt.datetime


def record(told: Told, language_names: Mapping[str, str]) -> dict[str, Any]:
    """The service, fully nested, with nothing empty in it."""
    uid = told.uid
    return _filled(
        {
            "id": str(uid),
            "name": told.name_en,
            "alternate_name": told.name_es if told.name_es != told.name_en else "",
            "description": told.about_en,
            "url": told.website,
            "status": "active",
            "application_process": told.how_en,
            "fees_description": COST_WORDS[told.cost],
            "eligibility_description": told.who_en,
            "minimum_age": told.youngest,
            "maximum_age": told.oldest,
            "assured_date": told.verified_on.isoformat(),
            "last_modified": moment(told.published_at),
            "organization": _organization(told),
            "phones": [_phone(uid, at, each) for at, each in enumerate(told.numbers)],
            "schedules": [_schedule(uid, *found) for found in _by_times(told.hours)],
            "languages": [_language(uid, code, language_names) for code in told.languages],
            "service_at_locations": [_at_location(uid, place) for place in told.places],
            "attributes": list(_attributes(told)),
        }
    )


def moment(at: dt.datetime) -> str:
    """A moment as the standard writes it."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _organization(told: Told) -> dict[str, Any]:
    about = told.organization_about or told.organization  # the standard wants a description
    plain = {"id": str(told.organization_uid), "name": told.organization, "description": about}
    return _filled({**plain, "website": told.organization_website})


def _phone(owner: uuid.UUID, at: int, each: Number) -> dict[str, Any]:
    extension = int(each.extension) if each.extension.isdigit() else None
    found = {"id": part_id(owner, "phone", at), "number": each.number, "extension": extension, "type": each.kind}
    return _filled({**found, "service_id": str(owner)})


def _by_times(hours: Iterable[Hours]) -> list[tuple[dt.time, dt.time, list[int]]]:
    """The days of the week that share their times, together."""
    days: dict[tuple[dt.time, dt.time], list[int]] = {}
    for each in sorted(hours):
        days.setdefault((each.opens, each.closes), []).append(each.weekday)
    return [(opens, closes, weekdays) for (opens, closes), weekdays in days.items()]


def _schedule(owner: uuid.UUID, opens: dt.time, closes: dt.time, weekdays: Sequence[int]) -> dict[str, Any]:
    return {
        "id": part_id(owner, "schedule", opens, closes),
        "service_id": str(owner),
        "freq": "WEEKLY",
        "interval": 1,
        "byday": ",".join(DAYS[day] for day in weekdays),
        "opens_at": opens.isoformat(),
        "closes_at": closes.isoformat(),
    }


def _language(owner: uuid.UUID, code: str, names: Mapping[str, str]) -> dict[str, Any]:
    found = {"id": part_id(owner, "language", code), "service_id": str(owner), "code": code}
    return {**found, "name": names.get(code, code)}


def _at_location(owner: uuid.UUID, place: Place) -> dict[str, Any]:
    return {
        "id": part_id(owner, "at", place.uid),
        "service_id": str(owner),
        "location_id": str(place.uid),
        "location": as_location(place),
    }


def as_location(place: Place) -> dict[str, Any]:
    """The place as a location of the standard."""
    return _filled(
        {
            "id": str(place.uid),
            "location_type": KIND_OF_LOCATION[place.kind],
            "name": place.name,
            "description": f"Confidential address. Area: {place.city}." if place.kind == "area" else "",
            "latitude": place.latitude,
            "longitude": place.longitude,
            "addresses": _addresses(place),
            "accessibility": [
                {"id": part_id(place.uid, "access", key), "location_id": str(place.uid), "description": key}
                for key in place.access
            ],
        }
    )


def _addresses(place: Place) -> list[dict[str, Any]]:
    if not (place.street and place.city and place.state_code and place.postal_code):
        return []  # the standard knows whole addresses only
    return [
        {
            "id": part_id(place.uid, "address"),
            "location_id": str(place.uid),
            "address_1": place.street,
            "city": place.city,
            "state_province": place.state_code,
            "postal_code": place.postal_code,
            "country": "US",
            "address_type": "physical",
        }
    ]


def _attributes(told: Told) -> Iterator[dict[str, Any]]:
    yield from (_attribute(told.uid, part_id(told.uid, "need", need.key), term(need)) for need in told.needs)
    if told.takes_report in TAKES:
        yield _attribute(told.uid, part_id(told.uid, "takes reports"), report_term(told.takes_report))


def _attribute(owner: uuid.UUID, uid: str, said: Term) -> dict[str, Any]:
    found = {"id": uid, "link_id": str(owner), "link_entity": "service"}
    return {**found, "taxonomy_term_id": said["id"], "taxonomy_term": said}


def _filled(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in (None, "", [])}
