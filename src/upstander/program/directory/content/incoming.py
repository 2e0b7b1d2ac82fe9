"""Files from elsewhere, record by record: what could be read of each, and what needs a person's eye.

Two shapes: services of the open standard as JSON (a list, a page with `contents`, or one), and any table with a line of
headings, as CSV. A record is never dropped and never mended in silence: whatever is odd is named by field and reason.
"""

import csv
import datetime as dt
import io
import json
import uuid
from dataclasses import dataclass
from typing import Any

from upstander.program.directory.content.hours import Hours
from upstander.program.directory.content.hsds import DAYS, Number
from upstander.program.directory.content.prose import read_hours, read_numbers
from upstander.program.directory.content.words import plain

MOST_RECORDS, NAME_LENGTH, TEXT_LENGTH = 5_000, 120, 600
HEADINGS = {
    "name": ("name", "service", "service name", "program", "program name"),
    "organization": ("organization", "organisation", "agency", "agency name", "provider"),
    "about": ("description", "about", "what they do", "services"),
    "phones": ("phone", "phones", "telephone", "phone number", "phone numbers"),
    "hours": ("hours", "schedule", "hours of operation", "open"),
    "website": ("website", "url", "web", "site"),
    "street": ("address", "street", "street address", "address 1"),
    "city": ("city", "town"),
    "who": ("eligibility", "who", "for whom"),
}
MISSING, TOO_LONG, UNREAD, BAD_ID, BAD_STATUS, UNKNOWN = "missing", "too_long", "unread", "bad_id", "status", "unknown"


class Unreadable(ValueError):
    """The file as a whole cannot be read; the text is one of `json`, `headings`, `many`, `empty`, `encoding`."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one record. `faults` are pairs of field and reason."""

    name: str
    organization: str
    about: str
    who: str
    website: str
    street: str
    city: str
    numbers: tuple[Number, ...]
    hours: tuple[Hours, ...]
    uid: str
    organization_uid: str
    faults: tuple[tuple[str, str], ...]


def records_of(content: bytes, file_name: str) -> list[dict[str, Any]]:
    """The records of a file as they stand in it. Raises Unreadable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
    found = _json_records(text) if file_name.lower().endswith(".json") else _table_records(text)
    if not found:
        raise Unreadable("empty")
    if len(found) > MOST_RECORDS:
        raise Unreadable("many")
    return found


def read_record(raw: dict[str, Any]) -> Read:
    """What can be read of a record of either shape."""
    return _from_standard(raw) if "id" in raw and "name" in raw else _from_table(raw)


def _json_records(text: str) -> list[dict[str, Any]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("json") from None
    rows = data.get("contents", [data]) if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unreadable("json")
    return rows


def _table_records(text: str) -> list[dict[str, Any]]:
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(map(str.strip, row))]
    except csv.Error:
        raise Unreadable("headings") from None
    if not rows or not _column(rows[0], "name"):
        raise Unreadable("headings")
    head = rows[0]
    return [dict(zip([*head, *_beyond(head, row)], row, strict=False)) for row in rows[1:]]


def _beyond(head: list[str], row: list[str]) -> list[str]:
    """Names for cells that stand right of the last heading, so that they are kept too."""
    return [f"column {at + 1}" for at in range(len(head), len(row))]


def _column(head: list[str] | dict[str, Any], meaning: str) -> str:
    names = {plain(each).strip().replace("_", " "): each for each in head}
    return next((names[word] for word in HEADINGS[meaning] if word in names), "")


def _from_table(raw: dict[str, Any]) -> Read:
    cells = {meaning: str(raw.get(_column(raw, meaning)) or "").strip() for meaning in HEADINGS}
    numbers, odd_numbers = read_numbers(cells["phones"])
    hours, odd_hours = read_hours(cells["hours"]) if cells["hours"] else ((), "")
    known = {_column(raw, meaning) for meaning in HEADINGS}
    faults = [("phones", UNREAD)] if odd_numbers else []
    faults += [("hours", UNREAD)] if odd_hours else []
    faults += [(name, UNKNOWN) for name, cell in raw.items() if name not in known and str(cell).strip()]
    return _checked(cells, numbers, hours, "", "", faults)


def _from_standard(raw: dict[str, Any]) -> Read:
    faults: list[tuple[str, str]] = []
    organization = raw.get("organization")
    if not isinstance(organization, dict):
        organization = {}
    uids = {"id": str(raw.get("id", "")), "organization.id": str(organization.get("id", ""))}
    faults += [(name, BAD_ID) for name, uid in uids.items() if not _is_uid(uid)]
    if raw.get("status") not in {"active", None}:
        faults.append(("status", BAD_STATUS))
    hours, odd = _standard_hours(raw.get("schedules"))
    numbers = tuple(
        Number(str(each["number"]), str(each.get("extension") or ""), _kind(each.get("type")))
        for each in _dicts(raw.get("phones"))
        if each.get("number")
    )
    faults += [("schedules", UNREAD)] if odd else []
    read = {
        "id",
        "organization",
        "status",
        "schedules",
        "phones",
        "name",
        "description",
        "url",
        "eligibility_description",
    }
    plain_parts = {"last_modified", "assured_date", "organization_id"}
    faults += [(name, UNKNOWN) for name in raw if name not in read | plain_parts and raw[name] not in (None, "", [])]
    cells = {
        "name": str(raw.get("name") or ""),
        "organization": str(organization.get("name") or ""),
        "about": str(raw.get("description") or ""),
        "who": str(raw.get("eligibility_description") or ""),
        "website": str(raw.get("url") or ""),
        "street": "",
        "city": "",
    }
    good = [uid if _is_uid(uid) else "" for uid in uids.values()]
    return _checked(cells, numbers, hours, good[0], good[1], faults)


def _checked(
    cells: dict[str, str],
    numbers: tuple[Number, ...],
    hours: tuple[Hours, ...],
    uid: str,
    organization_uid: str,
    faults: list[tuple[str, str]],
) -> Read:
    faults += [(name, MISSING) for name in ("name", "organization") if not cells[name].strip()]
    most = {"name": NAME_LENGTH, "organization": NAME_LENGTH, "street": NAME_LENGTH, "city": 60, "website": 200}
    cut = {}
    for name in ("name", "organization", "about", "who", "website", "street", "city"):
        limit = most.get(name, TEXT_LENGTH)
        faults += [(name, TOO_LONG)] if len(cells[name]) > limit else []
        cut[name] = cells[name][:limit].strip()
    if cut["website"] and not cut["website"].startswith(("http://", "https://")):
        cut["website"] = f"https://{cut['website']}"
    short = tuple(each for each in numbers if len(each.number) <= 30 and len(each.extension) <= 8)
    faults += [("phones", TOO_LONG)] if len(short) < len(numbers) else []
    told: dict[str, Any] = dict(cut)
    return Read(**told, numbers=short, hours=hours, uid=uid, organization_uid=organization_uid, faults=tuple(faults))


def _standard_hours(schedules: Any) -> tuple[tuple[Hours, ...], bool]:
    """The hours of weekly schedules; whether any of them says more than a week can hold."""
    hours: list[Hours] = []
    odd = False
    for each in _dicts(schedules):
        try:
            days = [DAYS.index(day[-2:]) for day in str(each["byday"]).split(",")]
            opens, closes = (
                dt.time.fromisoformat(str(each[name]).removesuffix("Z")) for name in ("opens_at", "closes_at")
            )
        except (KeyError, ValueError):
            odd = True
            continue
        odd = odd or each.get("freq") != "WEEKLY" or each.get("interval") not in {1, None}
        hours += [Hours(day, opens.replace(tzinfo=None), closes.replace(tzinfo=None)) for day in days]
    return tuple(hours), odd


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _kind(word: Any) -> str:
    return str(word) if word in {"voice", "text", "tty", "fax"} else "voice"


def _is_uid(text: str) -> bool:
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False
