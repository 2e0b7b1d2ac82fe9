"""The cycles of a training requirement: which edition of it governs which stretch of time, and from when it counts.

A requirement is edited over the years. A cycle belongs to the edition that holds on its first day, whatever is decided
later in it: nobody's due day moves under their feet. An edition that begins where none held the day before, or that
counts in another way, starts afresh: the cycle running then is asked of everyone from that day on.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import zip_longest


class Cadence(StrEnum):
    """When a training is due again."""

    ROLLING = "rolling"  # it is never due on a day of its own: a completion counts for some months
    SCHOOL_YEAR = "school_year"
    FIXED = "fixed"  # every so many months from the edition's first day
    HIRE_DATE = "hire_date"  # every so many months from the day a person was hired


@dataclass(frozen=True, slots=True)
class Edition:
    """What a requirement says from `starts_on` until the day before `ends_on`; None while it is open."""

    key: int
    cadence: Cadence
    starts_on: date
    ends_on: date | None
    every_months: int = 12
    opens_days: int = 0  # how many days before a cycle's first day a completion already counts for it


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cycle for everybody. Completions from `opens_on` until the day before `closes_on` count for it."""

    key: int  # of the edition that governs it
    starts_on: date
    opens_on: date
    closes_on: date | None
    floor_on: date | None = None  # the first day it is asked at all, where that is within it


@dataclass(frozen=True, slots=True)
class Span:
    """Where the editions around leave one its room; what a person's own cycles (by hire date) are held against."""

    edition: Edition
    is_fresh: bool
    cut_on: date | None  # the first day on which its running cycles end, because something else begins, or nothing


def months_later(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def spans(editions: Sequence[Edition]) -> list[Span]:
    """The editions of one requirement in order, each with how it meets its neighbors."""
    rows = sorted(editions, key=lambda edition: edition.starts_on)
    follows = [_goes_on(one, other) for one, other in zip(rows, rows[1:], strict=False)]
    return [
        Span(row, is_fresh=not before, cut_on=None if after else row.ends_on)
        for row, before, after in zip(rows, [False, *follows], [*follows, False], strict=False)
    ]


def cycles(editions: Sequence[Edition], years: Sequence[tuple[date, date]], until: date) -> list[Cycle]:
    """All cycles of one requirement that begin by `until`, in order; none for what goes by hire date.

    `years` are the school years known, each with its first day and the first day after it.
    """
    found = sorted((cycle for span in spans(editions) for cycle in _cycles_of(span, sorted(years), until)), key=_first)
    return [
        replace(cycle, closes_on=_earlier(cycle.closes_on, opens))
        for cycle, opens in zip_longest(found, (cycle.opens_on for cycle in found[1:]))
    ]


def counts_for(turn: Cycle, day: date) -> bool:
    """Whether a completion of that day counts for the cycle; of one requirement's cycles it does for one at most."""
    return turn.opens_on <= day and (turn.closes_on is None or day < turn.closes_on)


def _goes_on(one: Edition, other: Edition) -> bool:
    return one.ends_on == other.starts_on and one.cadence == other.cadence


def _first(cycle: Cycle) -> date:
    return cycle.starts_on


def _cycles_of(span: Span, years: Sequence[tuple[date, date]], until: date) -> list[Cycle]:
    edition = span.edition
    starts = {Cadence.SCHOOL_YEAR: [first for first, _ in years], Cadence.FIXED: _fixed(edition, until)}
    found = [
        Cycle(edition.key, first, first - timedelta(days=edition.opens_days), span.cut_on)
        for first in starts.get(edition.cadence, [])
        if edition.starts_on <= first <= until and (edition.ends_on is None or first < edition.ends_on)
    ]
    if span.is_fresh and edition.cadence is Cadence.SCHOOL_YEAR:
        running = [first for first, end in years if first < edition.starts_on < end]
        found += [
            Cycle(edition.key, first, first - timedelta(days=edition.opens_days), span.cut_on, edition.starts_on)
            for first in running
        ]
    return found


def _fixed(edition: Edition, until: date) -> list[date]:
    found, number = [], 0
    while (first := months_later(edition.starts_on, number * edition.every_months)) <= until:
        found.append(first)
        number += 1
    return found


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(filter(None, (one, other)), default=None)
