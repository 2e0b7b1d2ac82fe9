"""Days and wall times as the planner counts them: days as dates, times as minutes since midnight."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from upstander.engines.planning import Window

MINUTES_PER_HOUR = 60
LAST_MINUTE = 24 * MINUTES_PER_HOUR
DAY = dt.timedelta(days=1)


def minute_of(time: dt.time) -> int:
    """13:30 is 810."""
    return time.hour * MINUTES_PER_HOUR + time.minute


def time_of(minute: int) -> dt.time:
    """810 is 13:30; the end of the day is its last minute."""
    return dt.time(*divmod(min(minute, LAST_MINUTE - 1), MINUTES_PER_HOUR))


def days_between(first: dt.date, until: dt.date) -> list[dt.date]:
    """From `first` to before `until`."""
    return [first + number * DAY for number in range((until - first).days)]


def local_spans(starts_at: dt.datetime, ends_at: dt.datetime, zone: ZoneInfo) -> Iterator[Window]:
    """A stretch of moments as stretches of local days; seconds are rounded outward."""
    begins, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
    day = begins.date()
    while day <= ends.date():
        first = minute_of(begins.time()) if day == begins.date() else 0
        last = minute_of(ends.time()) + bool(ends.second) if day == ends.date() else LAST_MINUTE
        if first < last:
            yield Window(day, first, last)
        day += DAY
