"""A district's own layer: from what it entered to a `Document` that is laid on its county's like any other layer.

What a district says becomes facts of its own ("own." before the key), with its name as source, the day a number was
last checked, and a year until it is due again: one machinery shows county's and district's numbers alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from upstander.foundation.kernel.content import Document, Text
from upstander.program.facts.content import Entry as Fact
from upstander.program.facts.content import Kind
from upstander.program.law.content.layers import district_layer

CHECKED_FOR = timedelta(days=365)
LINE_TEXT = Text(
    "Takes reports of suspected abuse or neglect, as your district has checked.",
    "Recibe reportes de sospecha de abuso o negligencia, según lo comprobó su distrito.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """Who, under which number, who stands in; `verified_on` is the day somebody called and reached the right office.

    Of an office for students: which one, its `room`, and when it is open as a key of `content/offices.py`.
    """

    name: Text
    phone: str
    deputy: str
    verified_on: date | None
    room: str = ""
    open_at: str = ""
    email: str = ""  # of a post that families may write to

    def is_stale(self, on: date) -> bool:
        """Whether a year or more has passed since somebody called the number, or nobody ever has."""
        return self.verified_on is None or on >= self.verified_on + CHECKED_FOR


@dataclass(frozen=True, slots=True)
class Own:
    """One thing that a district says; `level` names a county's level where it speaks of one."""

    kind: str
    level: str
    lines: tuple[Line, ...]


def own_layer(entries: Sequence[Own], unfilled: Sequence[str]) -> Document:
    """The district's entries as its layer; its numbers stand for the `unfilled` lines of the county first."""
    numbers = [key for entry in entries for key in _fact_keys(entry) if entry.kind == "child_welfare"]
    keys = [*unfilled, *(f"own_{number}" for number in range(1, len(numbers) + 1))]
    levels: dict[str, dict[str, Any]] = {}
    for entry in entries:
        said = levels.setdefault(entry.level, {"key": entry.level})
        if entry.kind == "level_name" and entry.lines:
            said["name"] = {"en": entry.lines[0].name.en, "es": entry.lines[0].name.es}
        if entry.kind == "level_steps" and entry.lines:
            said["steps"] = _fact_keys(entry)
    return district_layer(
        {
            "reporting_lines": [{"key": key, "fact": fact} for key, fact in zip(keys, numbers, strict=False)],
            "levels": [said for said in levels.values() if len(said) > 1],
        }
    )


def own_facts(entries: Iterable[Own], district: str, on: date) -> dict[str, Fact]:
    """The lines of the entries as facts by key, with the district as their source."""
    return {
        key: _fact(entry, key, line, district, on)
        for entry in entries
        for key, line in zip(_fact_keys(entry), entry.lines, strict=True)
    }


def _fact_keys(entry: Own) -> list[str]:
    middle = f"{entry.kind}.{entry.level}" if entry.level else entry.kind
    return [f"own.{middle}.{position}" for position in range(len(entry.lines))]


def _fact(entry: Own, key: str, line: Line, district: str, on: date) -> Fact:
    checked = line.verified_on or on
    is_number = entry.kind == "child_welfare"
    return Fact(
        key=key,
        kind=Kind.REPORTING if is_number else Kind.PRACTICE,
        label=line.name,
        text=LINE_TEXT if is_number else line.name,
        value=line.phone,
        citation=None,
        hours=None,
        fulfils_report=is_number,
        source_name=district,
        source_address="",
        read_on=checked,
        owner="coordinator",
        expires_on=checked + CHECKED_FOR,
    )
