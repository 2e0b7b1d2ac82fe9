"""When observances are: days and months that come back each year by a rule. Pure.

A rule is one of: a month; a fixed day; the nth (or, counted from the end, -nth) weekday of a month; so many days before
or after another rule's first day. Years are any that `datetime.date` knows.
"""

import calendar
import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Month:
    """A whole month, 1 to 12."""

    month: int


@dataclass(frozen=True, slots=True)
class Day:
    """The same day each year. One that a year does not have (February 29) is the last one that it has."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """The `nth` weekday (0 is Monday) of a month; -1 is the last one. A fifth that a month lacks is its last."""

    month: int
    nth: int
    weekday: int


@dataclass(frozen=True, slots=True)
class Beside:
    """So many days after the first day of the rule `of`; a negative number is before it."""

    of: str
    days: int


Rule = Month | Day | Weekday | Beside


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both of them in it."""

    first: dt.date
    last: dt.date


class Returns(enum.StrEnum):
    """How days that somebody named come back."""

    ONCE = "once"
    SAME_DAYS = "same_days"
    SAME_WEEKDAY = "same_weekday"  # as the third Tuesday of October


class Circle(Exception):
    """A rule that leads back to itself, or to none: it names no day."""


def in_year(key: str, year: int, rules: Mapping[str, Rule]) -> Span:
    """When the observance `key` of this year is. Raises Circle."""
    return _span(key, year, rules, frozenset())


def coming(key: str, on: dt.date, rules: Mapping[str, Rule]) -> Span:
    """The observance that is now, or the next one, seen from the day `on`. Raises Circle."""
    found = (in_year(key, year, rules) for year in (on.year - 1, on.year, on.year + 1, on.year + 2))
    return next(span for span in found if span.last >= on)


def again(span: Span, returns: Returns, year: int) -> Span | None:
    """When named days come in `year`, as long as they were; none before their first year, nor again for once."""
    first = span.first
    if year < first.year or (returns == Returns.ONCE and year > first.year):
        return None
    same_weekday = Weekday(first.month, (first.day - 1) // 7 + 1, first.weekday())
    rule = same_weekday if returns == Returns.SAME_WEEKDAY else Day(first.month, first.day)
    begins = in_year("own", year, {"own": rule}).first
    return Span(begins, begins + (span.last - first))


def _span(key: str, year: int, rules: Mapping[str, Rule], seen: frozenset[str]) -> Span:
    if key in seen or key not in rules:
        raise Circle(key)
    match rules[key]:
        case Month(month):
            return Span(dt.date(year, month, 1), dt.date(year, month, _length(year, month)))
        case Day(month, day):
            first = dt.date(year, month, min(day, _length(year, month)))
        case Weekday(month, nth, weekday):
            first = _weekday(year, month, nth, weekday)
        case Beside(of, days):
            first = _span(of, year, rules, seen | {key}).first + dt.timedelta(days=days)
    return Span(first, first)


def _weekday(year: int, month: int, nth: int, weekday: int) -> dt.date:
    days = range(1, _length(year, month) + 1)
    found = [day for day in (dt.date(year, month, number) for number in days) if day.weekday() == weekday]
    return found[nth] if nth < 0 else found[min(nth, len(found)) - 1]


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
