"""Clocks that count school days: against a calendar, in whole days, never in hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FRIDAY = 4
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """A duty due so many school days after the day that starts it."""

    key: str
    days: int

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(f"duty {self.key}: {self.days} school days")


@dataclass(frozen=True, slots=True)
class Year:
    """A school year from `starts_on` until the day before `ends_on`, without weekends and closed days."""

    starts_on: date
    ends_on: date
    closed: frozenset[date] = frozenset()

    def is_open(self, on: date) -> bool:
        """Whether there is school on the day."""
        return self.starts_on <= on < self.ends_on and on.weekday() <= FRIDAY and on not in self.closed


def due_on(received_on: date, duty: SchoolDays, years: Sequence[Year]) -> date | None:
    """The school day on which `duty` is due: the first one after `received_on` counts as one.

    None where the calendar does not reach so far: then a person has to say, because a guessed day would be wrong by a
    whole summer.
    """
    last = max((year.ends_on for year in years), default=received_on)
    day, left = received_on, duty.days
    while left and day < last:
        day += ONE_DAY
        left -= any(year.is_open(day) for year in years)
    return None if left else day
