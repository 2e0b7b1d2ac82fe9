"""Days on which nobody is trained, as people say them: from the first to the last of a holiday."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

SATURDAY = 5
DAY = dt.timedelta(days=1)


class Stretch(NamedTuple):
    """Days of one name, of one site or all, with nothing but weekends between them."""

    first: dt.date
    last: dt.date
    day: Any
    refs: tuple[str, ...]


def stretches(days: Iterable[Any]) -> list[Stretch]:
    """The days as stretches, by their first day."""
    open_ones: dict[object, Stretch] = {}
    ended: list[Stretch] = []
    for day in sorted(days, key=lambda each: (each.on, each.pk)):
        key = (day.site_id, day.kind, day.name)
        before = open_ones.get(key)
        if before and day.on <= _next_weekday(before.last):
            open_ones[key] = before._replace(last=day.on, refs=(*before.refs, day.ref))
            continue
        if before:
            ended.append(before)
        open_ones[key] = Stretch(day.on, day.on, day, (day.ref,))
    return sorted((*ended, *open_ones.values()), key=lambda each: (each.first, each.day.pk))


def weekdays(first: dt.date, last: dt.date) -> list[dt.date]:
    """Both days and those between, without weekends."""
    days = (first + DAY * number for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() < SATURDAY]


def _next_weekday(day: dt.date) -> dt.date:
    following = day + DAY
    while following.weekday() >= SATURDAY:
        following += DAY
    return following
