"""Hours of a week in minutes from Monday at midnight, in the place's own time."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """Open on a weekday (Monday is 0) from one time to another; past midnight where the end is not later."""

    weekday: int
    opens: dt.time
    closes: dt.time


def minute_of_week(at: dt.datetime) -> int:
    """Where a moment of local time stands in its week."""
    return at.weekday() * DAY_MINUTES + at.hour * 60 + at.minute


def spans(hours: Iterable[Hours]) -> list[tuple[int, int]]:
    """The open minutes as half-open spans of one week, in order; cut where it ends, joined where they touch."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(cut for each in hours for cut in _cut(each)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def is_always(hours: Iterable[Hours]) -> bool:
    """Day and night, every day."""
    return spans(hours) == [(0, WEEK_MINUTES)]


def _cut(each: Hours) -> Iterator[tuple[int, int]]:
    start = each.weekday * DAY_MINUTES + _minute(each.opens)
    length = (_minute(each.closes) - _minute(each.opens)) % DAY_MINUTES or DAY_MINUTES
    yield start, min(start + length, WEEK_MINUTES)
    if start + length > WEEK_MINUTES:
        yield 0, start + length - WEEK_MINUTES


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute
