"""Legal clocks: elapsed hours from a moment, and honest wall times.

A legal clock runs in real hours. Nights, weekends, holidays and clock changes neither stop nor stretch it, so it is
counted in UTC. A person says a wall time; twice a year a wall time happens twice or never, and then it is for the
person, not for us, to say which moment was meant.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class ElapsedHours:
    """A duty due so many real hours after the moment that starts it."""

    key: str
    hours: int

    def __post_init__(self) -> None:
        if self.hours < 1:
            raise ValueError(f"duty {self.key}: {self.hours} hours")


@dataclass(frozen=True, slots=True)
class Exact:
    """The wall time happened once."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The wall time happened twice, because clocks went back."""

    earlier: datetime
    later: datetime


@dataclass(frozen=True, slots=True)
class Missing:
    """The wall time never happened, because clocks went forward over it."""


def read_wall_time(wall: datetime, zone: ZoneInfo) -> Exact | Ambiguous | Missing:
    """Read a wall time without offset in `zone`; the moments are in UTC. Raises ValueError if it carries an offset."""
    if wall.tzinfo is not None:
        raise ValueError("a wall time carries no offset")
    # Around a change, `fold` chooses between the offset before it and the one after it; elsewhere both are the same.
    before, after = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    first, second = before.astimezone(UTC), after.astimezone(UTC)
    if first == second:
        return Exact(first)
    return Ambiguous(first, second) if first < second else Missing()


def due(received: datetime, duty: ElapsedHours, zone: ZoneInfo) -> datetime:
    """When `duty` is due, as a moment shown in `zone`: exactly its hours after `received`.

    Raises ValueError if `received` has no offset: guessing one could lose an hour of a legal deadline.
    """
    if received.utcoffset() is None:
        raise ValueError("the moment a clock starts needs its offset")
    return (received.astimezone(UTC) + timedelta(hours=duty.hours)).astimezone(zone)


# Where a part of the day begins: night, morning, afternoon, early evening, evening, and night again. Languages draw
# the line between afternoon and evening at different hours, so the hour between stands by itself.
PARTS_OF_DAY_FROM = (0, 4, 12, 18, 19, 21)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A moment as people say it: day of the week (0 is Monday), hour of twelve, minute, part of the day (0 to 5)."""

    weekday: int
    hour: int
    minute: int
    part: int


def spoken(moment: datetime, zone: ZoneInfo) -> Spoken:
    """How `moment` is said in `zone`; the words themselves belong to a language and stand elsewhere."""
    wall = moment.astimezone(zone)
    part = sum(start <= wall.hour for start in PARTS_OF_DAY_FROM) - 1
    return Spoken(wall.weekday(), wall.hour % 12 or 12, wall.minute, part)
