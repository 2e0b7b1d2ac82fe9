"""Days without school or with tests: the days that a row speaks of, and what a list of them will change."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from upstander.district.places.models import DAY_NAME_LENGTH
from upstander.program.imports.content.columns import CALLED
from upstander.program.imports.content.outcomes import (
    LEFT_OUT,
    NEW,
    OTHERWISE,
    THERE,
    TWICE,
    WEEKEND,
    Change,
    Meaning,
    Preview,
)
from upstander.program.imports.content.reading import Line

EVERYWHERE = 0  # in place of a site's id: the whole district
SATURDAY = 5
MOST_DAYS = 100  # a summer; a longer stretch is a slip in one of its years


class Out(NamedTuple):
    """What a day is already; without `is_entered` a line further up says so."""

    kind: str
    is_entered: bool = True


def stretch_of(first: dt.date, last: dt.date) -> list[dt.date]:
    """The weekdays from the first to the last day, or the first alone where all are a weekend; none if too many."""
    count = (last - first).days + 1
    if count > MOST_DAYS:
        return []
    days = [first + dt.timedelta(days=number) for number in range(count)]
    return [day for day in days if day.weekday() < SATURDAY] or [first]


def called_of(row: Sequence[str], columns: Mapping[str, int]) -> str:
    """What the days of a row are called, as far as it can be kept; "" where the list does not say."""
    at = columns.get(CALLED)
    return row[at][:DAY_NAME_LENGTH] if at is not None else ""


def days_out(lines: Iterable[Line], meaning: Meaning, book: Mapping[tuple[int, dt.date], Out], kind: str) -> Preview:
    """Days of one kind. `book` holds what stands already, by site (or EVERYWHERE) and day.

    A day that is out in the whole district need not be entered for a site again; one that stands as the other kind is
    left to a person, because clocks run on days of tests and not on days without school.
    """
    known = dict(book)
    preview = Preview()
    for line in lines:
        target = meaning(line)
        if target is None or line.day is None:
            preview.changes.append(Change(line, LEFT_OUT))
            continue
        site, day = target[0], line.day
        outcome = _against(known.get((site, day)) or known.get((EVERYWHERE, day)), day, kind)
        if outcome == NEW:
            known[site, day] = Out(kind, is_entered=False)
        preview.changes.append(Change(line, outcome, *target))
    return preview


def _against(stands: Out | None, day: dt.date, kind: str) -> str:
    if day.weekday() >= SATURDAY:
        return WEEKEND
    if stands is None:
        return NEW
    if stands.kind != kind:
        return OTHERWISE
    return THERE if stands.is_entered else TWICE
