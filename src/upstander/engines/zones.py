"""The clock changes of a zone as calendar files tell them (RFC 5545, 3.6.5): as yearly rules that do not run out.

Where a zone's changes follow no yearly rule in the years asked about, each change is written out by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Change:
    """One clock change: the wall time it begins at, read by the clock before it, and both offsets."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str
    is_daylight: bool


@lru_cache(maxsize=32)
def zone_part(key: str, first_year: int, last_year: int) -> Timezone:
    """The VTIMEZONE of a zone for meetings within these years."""
    part, zone = Timezone(), ZoneInfo(key)
    part.add("tzid", key)
    changes = list(_changes(zone, first_year - 1, last_year + 1))
    if not changes:
        now = datetime(first_year, 1, 1, tzinfo=zone)
        offset = now.utcoffset() or timedelta(0)
        part.add_component(_component([Change(datetime(1970, 1, 1), offset, offset, now.tzname() or key, False)]))  # noqa: DTZ001
        return part
    for _is_daylight, found in groupby(sorted(changes, key=_kind), key=_kind):
        part.add_component(_component(list(found)))
    return part


def _kind(change: Change) -> tuple[bool, timedelta, timedelta, str]:
    return not change.is_daylight, change.before, change.after, change.name


def _changes(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[Change]:
    day, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while day < end:
        if (day + timedelta(days=1)).astimezone(zone).utcoffset() != day.astimezone(zone).utcoffset():
            yield _change(zone, day)
        day += timedelta(days=1)


def _change(zone: ZoneInfo, since: datetime) -> Change:
    """The change within the day after `since`, to the minute."""
    before = since.astimezone(zone).utcoffset()
    low, high = 0, 24 * 60
    while high - low > 1:
        middle = (low + high) // 2
        is_past = (since + timedelta(minutes=middle)).astimezone(zone).utcoffset() != before
        low, high = (low, middle) if is_past else (middle, high)
    moment = since + timedelta(minutes=high)
    after, old = moment.astimezone(zone), before or timedelta(0)
    wall = moment.replace(tzinfo=None) + old
    return Change(wall, old, after.utcoffset() or timedelta(0), after.tzname() or "", bool(after.dst()))


def _component(changes: Sequence[Change]) -> TimezoneStandard | TimezoneDaylight:
    first = changes[0]
    part = TimezoneDaylight() if first.is_daylight else TimezoneStandard()
    part.add("dtstart", first.wall)
    part.add("tzoffsetfrom", first.before)
    part.add("tzoffsetto", first.after)
    part.add("tzname", first.name)
    rule = _rule(changes)
    if rule:
        part.add("rrule", vRecur.from_ical(rule))
    elif len(changes) > 1:
        part.add("rdate", [change.wall for change in changes[1:]])
    return part


def _rule(changes: Sequence[Change]) -> str:
    """The yearly rule that gives just these changes: the same weekday of the same month at the same hour; or none."""
    walls = [change.wall for change in changes]
    years = [wall.year for wall in walls]
    places = {(wall.month, wall.weekday(), wall.time()) for wall in walls}
    if len(walls) < 2 or len(places) > 1 or years != list(range(years[0], years[0] + len(years))):
        return ""
    for which in (-1, 1, 2, 3, 4):  # a fourth Sunday that is always the last one is meant as the last
        if all(_is(wall, which) for wall in walls):
            return f"FREQ=YEARLY;BYMONTH={walls[0].month};BYDAY={which}{WEEKDAYS[walls[0].weekday()]}"
    return ""


def _is(wall: datetime, which: int) -> bool:
    if which > 0:
        return (wall.day - 1) // 7 + 1 == which
    return (wall + timedelta(days=7)).month != wall.month
