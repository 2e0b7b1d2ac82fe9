"""What a cell can be read as: a weekday, an hour of the day, or hours from and until. Never a guess.

2:30 in a list of hours is the night's for a clock of 24 hours and mostly the afternoon's for who wrote it. So an hour
before seven counts only with its half of the day, or written as 14:30.
"""

import datetime as dt
import re
from typing import NamedTuple

from upstander.engines.tables.names import plain_name

WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday mondays mon lunes lun",
            "tuesday tuesdays tue tues martes mar",
            "wednesday wednesdays wed weds miercoles mie",
            "thursday thursdays thu thur thurs jueves jue",
            "friday fridays fri viernes vie",
            "saturday saturdays sat sabado sabados sab",
            "sunday sundays sun domingo domingos dom",
        )
    )
    for word in words.split()
}
CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?(?::\d\d(?:\.\d+)?)?\s*(?:([ap])\s?\.?\s?m?\.?)?")
BETWEEN = re.compile(r"\s*[-–—]\s*|\s+(?:to|until|a|hasta)\s+(?=\d)")
EARLIEST = 7  # an hour before it needs its half of the day
NOON = 12


class Clock(NamedTuple):
    """An hour as it is written: `half` is "a" or "p", or "" where the text does not say."""

    time: dt.time
    half: str

    @property
    def is_open(self) -> bool:
        """Whether it can be the night's or the afternoon's."""
        return not self.half and self.time.hour < EARLIEST


def weekday(text: str) -> int | None:
    """The day of the week, 0 for Monday; in English or Spanish."""
    return WEEKDAYS.get(plain_name(text))


def clock(text: str) -> Clock | None:
    """The hour that `text` says; None for what is none, and for a bare number."""
    found = CLOCK.fullmatch(text.strip().lower())
    if not found or not (found[2] or found[3]):
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3] or ""
    if half and not 1 <= hour <= NOON:
        return None
    if half:
        hour = hour % NOON + (NOON if half == "p" else 0)
    return Clock(dt.time(hour, minute), half) if hour < 24 and minute < 60 else None


def span(text: str) -> tuple[Clock, Clock] | None:
    """Hours from and until in one text: in "2:00-3:30 PM" both belong to the afternoon."""
    parts = BETWEEN.split(text.strip().lower())
    last = clock(parts[-1])
    if len(parts) != 2 or last is None:
        return None
    first = clock(parts[0])
    if last.half and not (first and first.half):
        same = clock(f"{parts[0]} {last.half}m")
        first = same if same and same.time < last.time else first
    return (first, last) if first else None
