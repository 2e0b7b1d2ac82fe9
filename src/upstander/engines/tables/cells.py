"""What a cell can be read as: a day, a school year, a number of people, yes or no. Never a guess.

03/04/2025 is a day in March or in April. Only who knows the list can say, so both readings are given.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

MONTH_FIRST, DAY_FIRST = "mdy", "dmy"
ORDERS = (MONTH_FIRST, DAY_FIRST)
PARTS = re.compile(r"(\d{1,4})([/.\-])(\d{1,2})\2(\d{1,4})(?:[ T]+\d{1,2}:\d{2}.*)?")
WORDS = re.compile(r"[a-z]+|\d+", re.IGNORECASE)
MONTHS = {
    word: number
    for number, words in enumerate(
        ("jan ene", "feb", "mar", "apr abr", "may", "jun", "jul", "aug ago", "sep set", "oct", "nov", "dec dic"), 1
    )
    for word in words.split()
}
BETWEEN = {"de", "del", "of", "st", "nd", "rd", "th"}
YEAR = re.compile(r"(?:sy|school year|ano escolar|year)?\s*(20)?(\d\d)\s*[-–/]\s*(20)?(\d\d)")
MONTHS_A_YEAR = 12
YES = {"x", "xx", "y", "yes", "si", "sí", "s", "true", "✓", "✔", "done", "trained", "complete", "completed", "1", "ok"}
NO = {"", "n", "no", "false", "0", "-", "–", "—", "n/a", "na", "none", "not yet", "todavia no", "todavía no", "pending"}
MOST_HEADS = 5_000


class Readings(NamedTuple):
    """The days a text can mean, by order of its numbers; both orders give the same day where nothing is open."""

    month_first: dt.date | None
    day_first: dt.date | None

    @property
    def is_open(self) -> bool:
        """Whether it means one day read one way and another day the other way."""
        return bool(self.month_first and self.day_first and self.month_first != self.day_first)

    def in_order(self, order: str) -> dt.date | None:
        """The day in one order."""
        return self.day_first if order == DAY_FIRST else self.month_first


NOTHING = Readings(None, None)


def day_readings(text: str) -> Readings:
    """The days that `text` can mean; nothing for what is no day."""
    parts = PARTS.fullmatch(text)
    if not parts:
        day = _in_words(text)
        return Readings(day, day)
    first, second, third = int(parts[1]), int(parts[3]), int(parts[4])
    if len(parts[1]) == 4 and len(parts[4]) <= 2:
        day = _day(first, second, third)
        return Readings(day, day)
    if len(parts[1]) > 2 or len(parts[4]) not in (2, 4):
        return NOTHING
    year = third if len(parts[4]) == 4 else 2000 + third
    return Readings(_day(year, first, second), _day(year, second, first))


class Evidence(NamedTuple):
    """How the days of one column are written: cells that leave it open, and cells that show one order."""

    open_count: int
    month_first_count: int
    day_first_count: int
    example: str

    @property
    def must_ask(self) -> bool:
        """Whether somebody has to say which number is the month."""
        return self.open_count > 0


def evidence(texts: Iterable[str]) -> Evidence:
    """Look at all cells of a column of days."""
    open_count = month_first = day_first = 0
    example = ""
    for text in texts:
        found = day_readings(text)
        open_count += found.is_open
        month_first += found.month_first is not None and found.day_first is None
        day_first += found.day_first is not None and found.month_first is None
        example = example or (text if found.is_open else "")
    return Evidence(open_count, month_first, day_first, example)


def school_year(text: str) -> int | None:
    """The calendar year in which the school year of `text` begins ("2024-25" and "24-25" are 2024), or None."""
    found = YEAR.fullmatch(text.strip().lower().replace("ñ", "n"))
    if not found:
        return None
    begins, ends = int(found[2]), int(found[4])
    may_be_a_day = not found[1] and (begins <= MONTHS_A_YEAR or found[3] is not None)
    return None if may_be_a_day or ends != (begins + 1) % 100 else 2000 + begins


def school_year_of(day: dt.date) -> int:
    """The school year a day belongs to; the year turns with July, as fiscal years of schools do."""
    return day.year if day.month >= 7 else day.year - 1


def head_count(text: str) -> int | None:
    """A number of people, or None for what is none."""
    plain = text.replace(",", "")
    return int(plain) if plain.isascii() and plain.isdigit() and 1 <= int(plain[:6]) <= MOST_HEADS else None


def yes_or_no(text: str) -> bool | None:
    """What a mark in a list says; None for what is neither yes nor no."""
    word = text.strip().strip(".!").lower()
    return True if word in YES else False if word in NO else None


def _in_words(text: str) -> dt.date | None:
    """A day whose month is a word, in English or Spanish: "Mar 4, 2025", "4 de marzo de 2025", "4-Mar-25"."""
    words = [word.lower() for word in WORDS.findall(text) if word.lower() not in BETWEEN]
    months = [MONTHS[word[:3]] for word in words if word.isalpha() and word[:3] in MONTHS]
    numbers = [word for word in words if word.isdigit()]
    if len(words) != 3 or len(months) != 1 or len(numbers) != 2:
        return None
    year = next((word for word in numbers if len(word) == 4), numbers[1])
    day = numbers[0] if numbers[1] is year else numbers[1]
    return _day(int(year) if len(year) == 4 else 2000 + int(year), months[0], int(day))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
