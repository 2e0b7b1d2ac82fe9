"""A table of travel times between sites: the pairs it names, and what cannot be read, cell by cell.

The first row holds the headings; the order of the columns is free, and further columns are left alone.
"""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

MOST_MINUTES = 300
MOST_WAYS = 10_000
HEADINGS = {"from": 0, "de": 0, "desde": 0, "to": 1, "a": 1, "hasta": 1, "minutes": 2, "minutos": 2}
Pair = tuple[int, int]


class Why(enum.StrEnum):
    """What is wrong with a cell."""

    HEADINGS = "headings"
    TOO_MANY = "too_many"
    NOTHING = "nothing"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    SAME = "same"
    MINUTES = "minutes"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be taken. `row` and `column` count from 0; `value` is what it shows."""

    row: int
    column: int
    value: str
    why: Why


@dataclass(slots=True)
class Reading:
    """Minutes by pair of sites, the lower number first: a way counts both ways, and the longer time holds."""

    ways: dict[Pair, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def key_of(word: str) -> str:
    """A code or name as it is compared: spreadsheets drop leading zeros, people write capitals as they like."""
    return " ".join(word.split()).casefold().lstrip("0")


def read_ways(rows: Sequence[Sequence[str]], sites: Mapping[str, frozenset[int]]) -> Reading:
    """Read the rows; `sites` gives the numbers of the sites that go by a code or name, by `key_of`."""
    columns = _columns(rows[0]) if rows else None
    if columns is None:
        return Reading(problems=[Problem(0, 0, ", ".join(rows[0]) if rows else "", Why.HEADINGS)])
    found = Reading()
    told: dict[tuple[str, str], int] = {}
    lines = [(number, row) for number, row in enumerate(rows) if number and any(row[column] for column in columns)]
    if not lines or len(lines) > MOST_WAYS:
        return Reading(problems=[Problem(0, 0, str(len(lines)), Why.TOO_MANY if lines else Why.NOTHING)])
    for number, row in lines:
        values = [row[column] for column in columns]
        ends = [sites.get(key_of(value), frozenset()) for value in values[:2]]
        wrong = list(_wrong(values, ends))
        if not wrong and told.setdefault((values[0], values[1]), int(values[2])) != int(values[2]):
            wrong = [(2, Why.TWICE)]
        found.problems += [Problem(number, columns[part], values[part], why) for part, why in wrong]
        if not wrong:
            one, other = sorted(min(end) for end in ends)
            found.ways[one, other] = max(found.ways.get((one, other), 0), int(values[2]))
    return found


def _columns(headings: Sequence[str]) -> list[int] | None:
    """Where from, to and minutes stand; None unless each stands there once."""
    parts = [HEADINGS.get(heading.strip().casefold()) for heading in headings]
    return [parts.index(part) for part in range(3)] if all(parts.count(part) == 1 for part in range(3)) else None


def _wrong(values: Sequence[str], ends: Sequence[frozenset[int]]) -> Iterator[tuple[int, Why]]:
    """The cells of a line that cannot be taken, by their part."""
    for part, end in enumerate(ends):
        if len(end) != 1:
            yield part, Why.SEVERAL if end else Why.UNKNOWN
    if ends[0] == ends[1] and len(ends[0]) == 1:
        yield 1, Why.SAME
    digits = values[2]
    if not (digits.isascii() and digits.isdecimal() and 1 <= int(digits) <= MOST_MINUTES):
        yield 2, Why.MINUTES
