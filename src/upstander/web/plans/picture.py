"""The school year as a picture: a column a week, a square a school day, darker the more sessions it holds.

Places and sizes are plain numbers for SVG attributes; colors come from the style sheet by class. The page carries the
same numbers as a table, which is what assistive technology reads.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

STEP, SIZE, TOP = 14, 12, 18
WEEKDAYS = 5
SHADES = (1, 2, 4, 7)  # from how many sessions on a day each shade holds
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Square:
    """A school day: where it is drawn, in which class."""

    x: int
    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    """Where a month begins."""

    x: int
    first: dt.date


@dataclass(frozen=True, slots=True)
class Month:
    """A line of the table beside it. `trained` is how many sites are through at its end."""

    first: dt.date
    sessions: int
    busiest_day: int
    trained: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The year in squares, with the months above, and the same in numbers."""

    width: int
    height: int
    squares: list[Square]
    labels: list[Label]
    months: list[Month]
    size: int = SIZE


def picture_of(
    first: dt.date, until: dt.date, held: Sequence[tuple[dt.date, int]], closed: Collection[dt.date]
) -> Picture:
    """The year from `first` to before `until`: `held` is the day of every session, and how many sites it trains."""
    counts = Counter(day for day, _sites in held)
    begin = first - dt.timedelta(days=first.weekday())
    squares, labels = [], []
    for number in range((until - begin).days):
        day = begin + number * DAY
        week, weekday = divmod(number, 7)
        if weekday >= WEEKDAYS or day < first:
            continue
        squares.append(Square(week * STEP, TOP + weekday * STEP, _kind(counts[day], day in closed)))
        if day.day <= 7 and weekday == 0:
            labels.append(Label(week * STEP, day.replace(day=1)))
    weeks = -(-(until - begin).days // 7)
    return Picture(weeks * STEP, TOP + WEEKDAYS * STEP, squares, labels, list(_months(first, until, counts, held)))


def _kind(count: int, is_closed: bool) -> str:
    if count:
        return f"day n{sum(count >= least for least in SHADES)}"
    return "day closed" if is_closed else "day"


def _months(
    first: dt.date, until: dt.date, counts: Counter[dt.date], held: Sequence[tuple[dt.date, int]]
) -> Iterable[Month]:
    month = first.replace(day=1)
    while month < until:
        following = (month + dt.timedelta(days=31)).replace(day=1)
        here = {day: count for day, count in counts.items() if month <= day < following}
        trained = sum(sites for day, sites in held if day < following)
        yield Month(month, sum(here.values()), max(here.values(), default=0), trained)
        month = following
