"""Facts as they ship in `content/facts/`: read, and held against one another."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from upstander.foundation.kernel.content import ContentRefused, Text, read_documents, text_of
from upstander.program.facts.content.entries import LINES, Entry, Kind


def read_entries(content: Path) -> dict[str, Entry]:
    """Every shipped fact by key. Raises ContentRefused naming file, line, key and reason of everything wrong."""
    documents = read_documents(content / "facts", content / "schemas" / "facts.schema.json")
    entries: dict[str, Entry] = {}
    faults = []
    for document in documents:
        for index, data in enumerate(document.data["facts"]):
            reason = "is in two files" if data["key"] in entries else _contradiction(data)
            if reason:
                faults.append(document.fault(("facts", index, "key"), f"{data['key']} {reason}"))
            entries[data["key"]] = _entry(data)
    for document in documents:
        faults += [
            document.fault(("facts", index, field), f"{data['key']} {reason}")
            for index, data in enumerate(document.data["facts"])
            for field, reason in _wrongly_named(entries[data["key"]], entries)
        ]
    if faults:
        raise ContentRefused(faults)
    return entries


def _wrongly_named(entry: Entry, entries: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    """The fields that name another fact which cannot do what it is named for, and why."""
    named = (("fallback", "falls back to", _no_stand_in), ("tells", "names", _no_answer))
    for field, verb, why_not in named:
        key = getattr(entry, field)
        if key:
            reason = why_not(entry, entries[key]) if key in entries else "which is not there"
            if reason:
                yield field, f"{verb} {key}, {reason}"


def _no_stand_in(entry: Entry, other: Entry) -> str:
    """Why a line cannot stand in for another: never from reporting to counseling, and never on to a third."""
    if entry.kind not in LINES or (entry.kind, entry.fulfils_report) != (other.kind, other.fulfils_report):
        return "which is no line of the same kind"
    return "which falls back itself" if other.fallback else ""


def _no_answer(entry: Entry, other: Entry) -> str:
    """Why a fact cannot say whether a line tells the police: that is practice, with a source of its own."""
    is_said = entry.kind is Kind.COUNSELING and other.kind is Kind.PRACTICE
    return "" if is_said else "and only what is practice is said of a counseling line"


def _contradiction(data: dict[str, Any]) -> str:
    if data["expires_on"] <= data["read_on"]:
        return "expires before it was read"
    used = ["{value}" in text for text in data["text"].values()]
    if any(used) and "value" not in data:
        return "speaks of a value and has none"
    return "" if len(set(used)) == 1 else "names its value in one language only"


def _entry(data: dict[str, Any]) -> Entry:
    return Entry(
        key=data["key"],
        kind=Kind(data["kind"]),
        label=Text(**data["label"]),
        text=Text(**data["text"]),
        value=data.get("value", ""),
        citation=text_of(data.get("citation")),
        hours=text_of(data.get("hours")),
        fulfils_report=data.get("fulfils_report", False),
        source_name=data["source"]["name"],
        source_address=data["source"]["address"] or "",
        read_on=date.fromisoformat(data["read_on"]),
        owner=data["owner"],
        expires_on=date.fromisoformat(data["expires_on"]),
        after_hours=text_of(data.get("after_hours")),
        tells=data.get("tells", ""),
        fallback=data.get("fallback", ""),
        ask=text_of(data["source"].get("ask")),
    )
