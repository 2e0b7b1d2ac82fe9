"""Reading what people write into cells: several numbers in one, and hours in prose.

Nothing is guessed. What cannot be read whole is given back as it was, for a person to read.
"""

import datetime as dt
import re

from upstander.program.directory.content.hours import Hours
from upstander.program.directory.content.hsds import Number
from upstander.program.directory.content.words import plain

ONE_NUMBER = re.compile(
    r"(?:\+?1[\s.-]*)?\(?\b\d{3}\)?[\s.-]*\d{3}[\s.-]*\d{4}\b(?:\s*(?:x|ext\.?|extension)\s*(\d{1,8}))?|\b(?:211|988|911)\b",
    re.IGNORECASE,
)
KIND_WORDS = {"text": "text", "sms": "text", "tty": "tty", "tdd": "tty", "fax": "fax"}
DAY_WORDS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?"
DAYS = rf"{DAY}(?:\s*(?:-|–|to|through|,|&|and)\s*{DAY})*"
TIME = r"(\d{1,2})(?::(\d{2}))?\s*(a\.?m\.?|p\.?m\.?|noon)?"
SPAN = re.compile(rf"({DAYS})\s*:?\s*(?:from\s*)?{TIME}\s*(?:-|–|to|until)\s*{TIME}")
ALWAYS = re.compile(r"^\s*(?:24\s*/\s*7|24 hours(?:\s*(?:a day)?,?\s*7 days(?: a week)?)?|day and night)\s*\.?\s*$")
NOON, LAST_HOUR, LAST_MINUTE = 12, 23, 59


def read_numbers(cell: str) -> tuple[tuple[Number, ...], str]:
    """The numbers of a cell, and what of it holds further digits that are no number ("" when all was read)."""
    found, rest, before = [], [], 0
    for match in ONE_NUMBER.finditer(cell):
        label = cell[before : match.start()]
        rest.append(label)
        kind = next((kind for word, kind in KIND_WORDS.items() if word in plain(label)), "voice")
        number = match.group().split("x")[0].split("e")[0].strip() if match.group(1) else match.group().strip()
        found.append(Number(number, match.group(1) or "", kind))
        before = match.end()
    rest.append(cell[before:])
    left = " ".join(rest)
    return tuple(found), cell if any(map(str.isdigit, left)) or (cell.strip() and not found) else ""


def read_hours(cell: str) -> tuple[tuple[Hours, ...], str]:
    """The hours of a cell, and the cell itself where not all of it could be read."""
    said = plain(cell)
    if ALWAYS.match(said):
        return tuple(Hours(day, dt.time(), dt.time()) for day in range(7)), ""
    hours: list[Hours] = []
    for match in SPAN.finditer(said):
        times = _times(match.groups()[1:])
        days = _days(match.group(1))
        if times is None or not days:
            return (), cell
        hours += [Hours(day, *times) for day in days]
    left = SPAN.sub("", said).strip(" ,;.\n")
    return (tuple(hours), "") if not left else ((), cell)


def _days(said: str) -> list[int]:
    """The days that words name, with "to" or a dash meaning all between."""
    names = re.split(r"\s*(-|–|to\b|through|,|&|and)\s*", said)
    found: list[int] = []
    for joint, name in zip(["", *names[1::2]], names[::2], strict=True):
        day = DAY_WORDS.index(name[:3])
        if joint in {"-", "–", "to", "through"}:
            found += [each % 7 for each in range(found[-1] + 1, day + 1 if day > found[-1] else day + 8)]
        else:
            found.append(day)
    return found


def _times(parts: tuple[str | None, ...]) -> tuple[dt.time, dt.time] | None:
    """Both times; the first takes its half of the day from the second where it names none. None: cannot be read."""
    hour, minute, half, last_hour, last_minute, last_half = parts
    if half is None and last_half is None and int(hour or 0) <= NOON and int(last_hour or 0) <= NOON:
        return None  # "9 to 5" may mean many things
    opens, closes = _time(hour, minute, half or last_half), _time(last_hour, last_minute, last_half)
    if opens and closes and half is None and opens > closes:
        opens = _time(hour, minute, "am")  # "9 to 5 pm"
    return (opens, closes) if opens and closes else None


def _time(hour: str | None, minute: str | None, half: str | None) -> dt.time | None:
    of_day = int(hour or 0)
    if half and of_day > NOON:
        return None
    if half and half.startswith("p") and of_day < NOON:
        of_day += NOON
    if half and half.startswith("a") and of_day == NOON:
        of_day = 0
    return dt.time(of_day, int(minute or 0)) if of_day <= LAST_HOUR and int(minute or 0) <= LAST_MINUTE else None
