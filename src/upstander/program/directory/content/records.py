"""A service's record cut as other programs ask for it: alone, at one of its places, or below its organization."""

from collections.abc import Sequence
from typing import Any

Record = dict[str, Any]


def alone(record: Record) -> Record:
    """The service without its parts, and who gives it: as pages of services show it."""
    return {**_own(record), "organization": record["organization"]}


def least(record: Record) -> Record:
    """Which service it is, and when it was last changed: for programs that keep a copy."""
    return {name: record[name] for name in ("id", "last_modified")}


def at_place(record: Record, number: int, *, is_full: bool) -> Record:
    """The service at its place of that number, counted from 0."""
    place = record["service_at_locations"][number]
    if is_full:
        return {**place, "service": {name: part for name, part in record.items() if name != "service_at_locations"}}
    return {**place, "location": _own(place["location"]), "service": alone(record)}


def of_organization(records: Sequence[Record], *, is_full: bool) -> Record:
    """The organization that gives these services, with each of them; whole ones when `is_full`."""
    services = [record if is_full else _own(record) for record in records]
    below = [{name: part for name, part in each.items() if name != "organization"} for each in services]
    return {**records[0]["organization"], "services": below}


def _own(record: Record) -> Record:
    return {name: part for name, part in record.items() if not isinstance(part, list | dict)}
