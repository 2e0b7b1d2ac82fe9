"""What a list of leaves will change: who is away from when until when, never why."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from upstander.program.imports.content.outcomes import (
    CHANGED,
    LEFT_OUT,
    NEW,
    OVERLAPS,
    THERE,
    TWICE,
    Change,
    Meaning,
    Preview,
    share_a_day,
)
from upstander.program.imports.content.reading import Line

A_DAY = dt.timedelta(days=1)


class Away(NamedTuple):
    """A leave that stands: its first day and the day back (None: open); without `ref` a line further up."""

    ref: str
    first: dt.date
    back: dt.date | None


def day_back(line: Line) -> dt.date | None:
    """The first day of work again; None where nobody knows it yet."""
    return line.until + A_DAY if line.until else None


def leaves(lines: Iterable[Line], meaning: Meaning, book: Mapping[int, list[Away]]) -> Preview:
    """Leaves of people. `book` holds what stands already, by the person's id.

    An open leave gets its last day from the list; any other overlap is left to a person, who knows which is right.
    """
    known = {person: list(rows) for person, rows in book.items()}
    preview = Preview()
    for line in lines:
        target = meaning(line)
        if target is None or line.day is None:
            preview.changes.append(Change(line, LEFT_OUT))
            continue
        here = known.setdefault(target[0], [])
        said = Away("", line.day, day_back(line))
        outcome, old = _against(said, here)
        if outcome in (NEW, CHANGED):
            here[:] = [*(each for each in here if each is not old), said]
        preview.changes.append(Change(line, outcome, *target, old_ref=old.ref if old else ""))
    return preview


def _against(said: Away, here: list[Away]) -> tuple[str, Away | None]:
    met = [each for each in here if share_a_day(said, each)]
    if not met:
        return NEW, None
    if len(met) > 1 or met[0].first != said.first:
        return OVERLAPS, None
    old = met[0]
    if said.back in (None, old.back):  # a list that does not know the last day takes none away
        return (THERE if old.ref else TWICE), None
    return (CHANGED, old) if old.ref and old.back is None else (OVERLAPS, None)
