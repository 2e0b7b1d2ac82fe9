"""Repetition: the days on which an event happens again. Days only: no rule may make us count hours or seconds."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

from upstander.engines.calendar_files.lines import CalendarRefused, Line, Why
from upstander.engines.calendar_files.moments import Stamp

FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
FINE = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})  # a meeting has one time of day
UNDERSTOOD = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
BY_DAY = re.compile(r"^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$")
MOST_PERIODS = 20_000  # how far one rule is followed: more than fifty years of days


@dataclass(frozen=True, slots=True)
class Rule:
    """One RRULE. Weekdays are pairs (which one, 0 for each; weekday with 0 as Monday)."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: frozenset[int] = frozenset()
    positions: tuple[int, ...] = ()
    week_starts: int = 0
    line: int = field(default=0, compare=False)


def read_rule(line: Line, start: Stamp) -> Rule:
    """The rule as written. Raises CalendarRefused for one that is broken, or repeats within a day."""
    told = dict(each.partition("=")[::2] for each in line.value.strip().upper().split(";") if each)
    if told.get("FREQ") not in FREQUENCIES or FINE & set(told):
        known = told.get("FREQ") in {"SECONDLY", "MINUTELY", "HOURLY"} or FINE & set(told)
        raise CalendarRefused(Why.TOO_OFTEN if known else Why.BAD_RULE, line.number)
    if set(told) - UNDERSTOOD or ("COUNT" in told and "UNTIL" in told):
        raise CalendarRefused(Why.BAD_RULE, line.number)
    try:
        return Rule(
            frequency=told["FREQ"],
            interval=_whole(told.get("INTERVAL", "1")),
            count=_whole(told["COUNT"]) if "COUNT" in told else None,
            until=_until(told["UNTIL"], start) if "UNTIL" in told else None,
            weekdays=tuple(_weekday(each) for each in told["BYDAY"].split(",")) if "BYDAY" in told else (),
            month_days=_numbers(told, "BYMONTHDAY", 31),
            months=frozenset(_numbers(told, "BYMONTH", 12)),
            positions=_numbers(told, "BYSETPOS", 366),
            week_starts=WEEKDAYS.index(told.get("WKST", "MO")),
            line=line.number,
        )
    except ValueError:
        raise CalendarRefused(Why.BAD_RULE, line.number) from None


def days_of(rule: Rule, first: date, since: date, until: date) -> Iterator[date]:
    """The days from `since` until the day before `until` on which it happens, `first` being the first one.

    Raises CalendarRefused for a rule that would have to be followed too far.
    """
    last = min(until - timedelta(days=1), rule.until or date.max)
    # What is counted has to be counted from the start; anything else may begin shortly before the horizon.
    periods = _periods(rule, first, since if rule.count is None else first)
    left = rule.count
    for number, period in enumerate(periods):
        if period > last or left == 0:
            return
        if number > MOST_PERIODS:
            raise CalendarRefused(Why.TOO_OFTEN, rule.line)
        for day in _chosen(rule, period, first):
            if day < first:
                continue
            if day > last or left == 0:
                return
            left = None if left is None else left - 1
            if day >= since:
                yield day


def _periods(rule: Rule, first: date, since: date) -> Iterator[date]:
    """The first day of each period that the rule looks at, beginning no later than the one that holds `since`."""
    step, behind = rule.interval, max(0, (since - first).days)
    match rule.frequency:
        case "DAILY":
            begin = first + timedelta(days=behind // step * step)
            yield from _stepping(begin, timedelta(days=step))
        case "WEEKLY":
            monday = first - timedelta(days=(first.weekday() - rule.week_starts) % 7)
            skipped = max(0, (since - monday).days) // 7 // step * step
            yield from _stepping(monday + timedelta(weeks=skipped), timedelta(weeks=step))
        case _:
            months = step * (12 if rule.frequency == "YEARLY" else 1)
            month = first.year * 12 + (0 if rule.frequency == "YEARLY" else first.month - 1)
            now = since.year * 12 + since.month - 1
            month += max(0, now - month) // months * months
            while month < 9999 * 12:
                yield date(month // 12, month % 12 + 1, 1)
                month += months


def _stepping(begin: date, step: timedelta) -> Iterator[date]:
    while True:
        yield begin
        if date.max - begin < step:
            return
        begin += step


def _chosen(rule: Rule, period: date, first: date) -> list[date]:
    """The days of one period, in order."""
    days = sorted(day for day in _candidates(rule, period, first) if not rule.months or day.month in rule.months)
    if not rule.positions:
        return days
    places = (each - 1 if each > 0 else each for each in rule.positions)
    return sorted({days[place] for place in places if -len(days) <= place < len(days)})


def _candidates(rule: Rule, period: date, first: date) -> set[date]:
    match rule.frequency:
        case "DAILY":
            fits = _fits_month_day(rule, period) and (not rule.weekdays or period.weekday() in _plain(rule))
            return {period} if fits else set()
        case "WEEKLY":
            wanted = _plain(rule) or {first.weekday()}
            week = (period + timedelta(days=number) for number in range(7) if date.max - period >= timedelta(days=7))
            return {day for day in week if day.weekday() in wanted}
        case "MONTHLY":
            return _of_month(rule, period, first.day)
    if rule.weekdays and not rule.months and not rule.month_days:
        return _of_span(rule, period, date(period.year, 12, 31))
    months = rule.months or (frozenset(range(1, 13)) if rule.month_days else {first.month})
    return {day for month in months for day in _of_month(rule, date(period.year, month, 1), first.day)}


def _of_month(rule: Rule, begin: date, day: int) -> set[date]:
    end = begin.replace(day=monthrange(begin.year, begin.month)[1])
    if rule.weekdays:
        return {each for each in _of_span(rule, begin, end) if _fits_month_day(rule, each)}
    wanted = [each if each > 0 else end.day + 1 + each for each in rule.month_days or (day,)]
    return {begin.replace(day=each) for each in wanted if 1 <= each <= end.day}


def _of_span(rule: Rule, begin: date, end: date) -> set[date]:
    """The weekdays of a month or a year: each of them, or the second, or the last."""
    found: set[date] = set()
    for which, weekday in rule.weekdays:
        start = begin + timedelta(days=(weekday - begin.weekday()) % 7)
        days = list(islice((start + timedelta(weeks=week) for week in range((end - start).days // 7 + 1)), 54))
        place = which - 1 if which > 0 else which
        found |= set(days) if which == 0 else {days[place]} if -len(days) <= place < len(days) else set()
    return found


def _fits_month_day(rule: Rule, day: date) -> bool:
    end = monthrange(day.year, day.month)[1]
    return not rule.month_days or day.day in rule.month_days or day.day - end - 1 in rule.month_days


def _plain(rule: Rule) -> set[int]:
    return {weekday for _which, weekday in rule.weekdays}


def _whole(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 100_000:
        raise ValueError(text)
    return number


def _weekday(text: str) -> tuple[int, int]:
    found = BY_DAY.match(text)
    if not found:
        raise ValueError(text)
    return int(found[1] or 0), WEEKDAYS.index(found[2])


def _numbers(told: dict[str, str], name: str, most: int) -> tuple[int, ...]:
    found = tuple(int(each) for each in told[name].split(",")) if name in told else ()
    if any(not 1 <= abs(each) <= most for each in found):
        raise ValueError(name)
    return found


def _until(text: str, start: Stamp) -> date:
    """The last day on which it may still happen, in the event's own zone."""
    day = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    if "T" not in text:
        return day
    wall = datetime.combine(day, datetime.strptime(text[9:15], "%H%M%S").time())  # noqa: DTZ007 - made whole below
    if text.endswith("Z"):
        utc = wall.replace(tzinfo=start.zone).utcoffset() or timedelta(0)
        wall += utc
    return wall.date() if wall.time() >= start.wall.time() else wall.date() - timedelta(days=1)
