"""Times of a calendar file: days, wall times in a zone, moments, lengths."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from upstander.engines.calendar_files.lines import CalendarRefused, Line, Why

DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
MOMENT = re.compile(r"^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)$")
LENGTH = re.compile(r"^([+-]?)P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?$")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A wall time in a zone; `is_day` where the file gives a day without a time."""

    wall: datetime  # without a zone
    zone: ZoneInfo
    is_day: bool = False

    @property
    def moment(self) -> datetime:
        """The moment it is. An hour that clocks skip is taken as they would show it before."""
        return self.wall.replace(tzinfo=self.zone).astimezone(UTC)

    def on(self, day: date) -> "Stamp":
        """The same wall time on another day."""
        return Stamp(datetime.combine(day, self.wall.time()), self.zone, self.is_day)


def stamp(line: Line, home: ZoneInfo, value: str | None = None) -> Stamp:
    """The property's time; what names no zone is read in `home`. Raises CalendarRefused."""
    value = (line.value if value is None else value).strip().upper()
    zone = zone_named(line, home)
    try:
        if found := DAY.match(value):
            year, month, day = map(int, found.groups())
            return Stamp(datetime.combine(date(year, month, day), time()), zone, is_day=True)
        if found := MOMENT.match(value):
            *numbers, is_utc = found.groups()
            year, month, day, hour, minute, second = map(int, numbers)
            wall = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 - the zone stands beside
            return Stamp(wall, ZoneInfo("UTC") if is_utc else zone)
    except (ValueError, OverflowError):
        pass
    raise CalendarRefused(Why.BAD_TIME, line.number)


def stamps(line: Line, home: ZoneInfo) -> list[Stamp]:
    """Each time of a list; a period counts as its start."""
    return [stamp(line, home, each.partition("/")[0]) for each in line.value.split(",") if each.strip()]


def length(text: str, number: int) -> timedelta:
    """A length such as PT1H30M. Raises CalendarRefused for what is none, or goes backwards."""
    found = LENGTH.match(text.strip().upper())
    if not found or found[1] == "-" or not any(found.groups()[1:]):
        raise CalendarRefused(Why.BAD_TIME, number)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def zone_named(line: Line, home: ZoneInfo) -> ZoneInfo:
    """The zone by its name in our own table, by Outlook's name for it, or by the end of a long name."""
    name = line.parameters.get("TZID", "").strip().strip('"')
    if not name:
        return home
    for each in (name, WINDOWS_TO_OLSON.get(name, ""), "/".join(name.split("/")[-2:]), "/".join(name.split("/")[-3:])):
        try:
            if each:
                return ZoneInfo(each.strip("/"))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    raise CalendarRefused(Why.UNKNOWN_ZONE, line.number)
