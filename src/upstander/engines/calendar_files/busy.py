"""The stretches in which the owner of a calendar is taken, within a horizon."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from upstander.engines.calendar_files.lines import CalendarRefused, Line, Part, Why, parts_of
from upstander.engines.calendar_files.moments import Stamp, length, stamp, stamps
from upstander.engines.calendar_files.rules import days_of, read_rule

MOST_BUSY = 5_000  # stretches of one file within the horizon
LONGEST = timedelta(days=60)
FREE = frozenset({"FREE", "WORKINGELSEWHERE"})


class Busy(NamedTuple):
    """A stretch in which somebody is taken, in UTC, half-open."""

    starts_at: datetime
    ends_at: datetime


def busy_times(
    data: bytes, home: ZoneInfo, since: datetime, until: datetime, known: Collection[str] = ()
) -> list[Busy]:
    """When the owner of the file is taken between two moments; stretches that touch are joined, in order.

    What is marked as free or cancelled does not count, nor what came from the asker itself: entries whose UID begins
    with one of `known`, before the @. Raises CalendarRefused with why and in which line.
    """
    parts = [part for part in parts_of(data) if part.text("UID").partition("@")[0] not in known]
    moved = _moved(parts, home)
    found: list[Busy] = []
    for part in parts:
        for each in _of_part(part, home, moved, since, until):
            if each.starts_at < until and each.ends_at > since:
                found.append(each)
            if len(found) > MOST_BUSY:
                raise CalendarRefused(Why.TOO_OFTEN, part.number)
    return _joined(found)


def _moved(parts: list[Part], home: ZoneInfo) -> set[tuple[str, datetime]]:
    """Occurrences that stand in the file once more by themselves, moved or called off."""
    return {
        (part.text("UID"), stamp(line, home).moment)
        for part in parts
        if (line := part.one("RECURRENCE-ID")) is not None
    }


def _of_part(
    part: Part, home: ZoneInfo, moved: set[tuple[str, datetime]], since: datetime, until: datetime
) -> Iterator[Busy]:
    if part.kind == "VFREEBUSY":
        yield from _of_free_busy(part, home)
        return
    line = part.one("DTSTART")
    if line is None:
        raise CalendarRefused(Why.NO_START, part.number)
    start = stamp(line, home)
    lasts = _lasts(part, start, home)
    if _is_free(part) or lasts <= timedelta(0):
        return
    own = (part.text("UID"), start.moment) if part.one("RECURRENCE-ID") is None else None
    called_off = {each.moment for off in part.lines.get("EXDATE", []) for each in stamps(off, home)}
    days_off = {each.wall.date() for off in part.lines.get("EXDATE", []) for each in stamps(off, home) if each.is_day}
    for each in _starts(part, start, home, since - lasts, until):
        is_elsewhere = own is not None and (own[0], each.moment) in moved
        if each.moment not in called_off and each.wall.date() not in days_off and not is_elsewhere:
            yield Busy(each.moment, _end(each, lasts))


def _end(start: Stamp, lasts: timedelta) -> datetime:
    """A day ends at the next midnight on the wall; an hour has sixty minutes whatever the clocks do."""
    if start.is_day:
        return Stamp(start.wall + lasts, start.zone).moment
    return start.moment + lasts


def _lasts(part: Part, start: Stamp, home: ZoneInfo) -> timedelta:
    end, told = part.one("DTEND"), part.one("DURATION")
    if end is not None:
        last = stamp(end, home)
        lasts = last.wall - start.wall if start.is_day else last.moment - start.moment
    elif told is not None:
        lasts = length(told.value, told.number)
    else:
        lasts = timedelta(days=1) if start.is_day else timedelta(0)
    if lasts > LONGEST or lasts < timedelta(0):
        raise CalendarRefused(Why.BAD_TIME, (end or told or part).number)
    return lasts


def _starts(part: Part, start: Stamp, home: ZoneInfo, since: datetime, until: datetime) -> Iterator[Stamp]:
    first, last = _day(since, start.zone) - timedelta(days=1), _day(until, start.zone) + timedelta(days=2)
    if part.one("EXRULE") is not None:
        raise CalendarRefused(Why.BAD_RULE, part.lines["EXRULE"][0].number)
    seen = {start.wall.date()}
    yield start
    for line in part.lines.get("RRULE", []):
        for day in days_of(read_rule(line, start), start.wall.date(), first, last):
            if day not in seen:
                seen.add(day)
                yield start.on(day)
    for line in part.lines.get("RDATE", []):
        yield from stamps(line, home)


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _is_free(part: Part) -> bool:
    is_free = part.text("TRANSP") == "TRANSPARENT" or part.text("X-MICROSOFT-CDO-BUSYSTATUS") in FREE
    return is_free or part.text("STATUS") == "CANCELLED"


def _of_free_busy(part: Part, home: ZoneInfo) -> Iterator[Busy]:
    for line in part.lines.get("FREEBUSY", []):
        if line.parameters.get("FBTYPE", "BUSY") != "FREE":
            for each in line.value.split(","):
                yield _period(line, each, home)


def _period(line: Line, text: str, home: ZoneInfo) -> Busy:
    first, _slash, last = text.strip().partition("/")
    starts_at = stamp(line, home, first).moment
    ends_at = starts_at + length(last, line.number) if "P" in last.upper() else stamp(line, home, last).moment
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        raise CalendarRefused(Why.BAD_TIME, line.number)
    return Busy(starts_at, ends_at)


def _joined(found: list[Busy]) -> list[Busy]:
    joined: list[Busy] = []
    for each in sorted(found):
        if joined and each.starts_at <= joined[-1].ends_at:
            joined[-1] = Busy(joined[-1].starts_at, max(joined[-1].ends_at, each.ends_at))
        else:
            joined.append(Busy(each.starts_at.astimezone(UTC), each.ends_at.astimezone(UTC)))
    return joined
