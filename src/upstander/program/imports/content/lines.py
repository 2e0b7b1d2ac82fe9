"""The rows of a sheet as lines that say something of one school or person, and what could not be read, cell by cell."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from upstander.engines.tables.cells import (
    Evidence,
    day_readings,
    evidence,
    head_count,
    school_year,
    school_year_of,
    yes_or_no,
)
from upstander.engines.tables.sheets import letter
from upstander.program.imports.content.columns import (
    CODE,
    COURSE,
    HEADS,
    LEAVES,
    NAME,
    NUMBER,
    OF_PEOPLE,
    PERSON,
    SITE_TRAININGS,
    UNTIL,
    WHEN,
    Choice,
)

FIRST_DAY = dt.date(2000, 1, 1)
AHEAD = dt.timedelta(days=1100)  # a leave may be agreed on years before; a day beyond that is a slip of the pen

# Why a cell could not be read. What to do about each is said where it is shown.
MERGED, NO_VALUE, TEXT_FORMULA, TOO_LONG = "merged", "no_value", "text_formula", "too_long"
NO_DAY, WHICH_ORDER, WRONG_ORDER, FUTURE, TOO_OLD = "no_day", "which_order", "wrong_order", "future", "too_old"
NO_COUNT, NO_MARK, NOBODY, OUTSIDE_YEAR = "no_count", "no_mark", "nobody", "outside_year"
TOO_FAR, BACKWARD = "too_far", "backward"
COMPUTED = "computed"  # no refusal: the value is the one that the file last computed


class Problem(NamedTuple):
    """One cell that cannot be taken: its row (as spreadsheets count), column letters, what it shows, and why."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str


class Line(NamedTuple):
    """One statement: whom the row names (`code` and `name`, as written), when, how many, and for which course.

    `year` is the calendar year in which the school year began; `day` may be unknown where a year is said. A leave
    begins on its `day` and lasts through `until`, or is open.
    """

    row: int
    code: str
    name: str
    year: int
    day: dt.date | None
    heads: int | None
    course: str
    until: dt.date | None = None


@dataclass(slots=True)
class Cells:
    """A stored sheet: its rows, and what is known of single cells."""

    name: str
    rows: list[list[str]]
    formulas: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    long: frozenset[tuple[int, int]] = frozenset()
    is_text: bool = False  # a CSV: a formula in it was never computed
    never_kept: tuple[str, ...] = ()  # headings of columns that were left out when the file was read


@dataclass(slots=True)
class Reading:
    """All lines of a sheet, and all that could not be read; `remarks` do not keep a row out."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    silent_count: int = 0  # rows, or cells of a year's column, that say nothing


def days_of(cells: Cells, choice: Choice) -> Evidence:
    """How the days of the chosen columns are written."""
    places = [column for role, column in choice.columns.items() if role in (WHEN, UNTIL)] + list(choice.years)
    return evidence(
        row[column] for row in cells.rows[choice.header_row + 1 :] for column in places if column < len(row)
    )


def read_lines(kind: str, cells: Cells, choice: Choice, today: dt.date) -> Reading:
    """Read every row below the header. Nothing is raised: see the reading's problems."""
    reader = _Reader(kind, cells, choice, today)
    for index in range(choice.header_row + 1, len(cells.rows)):
        reader.read(index)
    return reader.found


class _Reader:
    def __init__(self, kind: str, cells: Cells, choice: Choice, today: dt.date) -> None:
        self.kind, self.cells, self.choice, self.today = kind, cells, choice, today
        self.found = Reading()
        self.header = [cells.rows[choice.header_row][column] for column in choice.used]
        who = (NUMBER, PERSON) if kind in OF_PEOPLE else (CODE, NAME)
        self.code_at, self.name_at = (choice.columns.get(role) for role in who)
        self.merged = {
            (row, column)
            for first_row, first, last_row, last in cells.merged
            for row in range(first_row, min(last_row, len(cells.rows)) + 1)
            for column in range(first, last + 1)
        }

    def read(self, index: int) -> None:
        """Read one row; a row of blanks, and the header once more, are passed over."""
        row = self.cells.rows[index]
        shown = [row[column] for column in self.choice.used]
        is_merged = any((index, column) in self.merged for column in self.choice.used)
        if shown == self.header or not (any(shown) or is_merged):
            return
        before = len(self.found.problems)
        for column in self.choice.used:
            self._look_at(index, column, row[column])
        if len(self.found.problems) > before:
            return
        code, name = (row[at] if at is not None else "" for at in (self.code_at, self.name_at))
        if not code and not name:
            self._refuse(index, self._first_who(), "", NOBODY)
        elif self.choice.years:
            for column, year in self.choice.years.items():
                self._marked(index, column, year, code, name)
        elif self.kind == LEAVES:
            self._away(index, row, code, name)
        else:
            self._dated(index, row, code, name)

    def _look_at(self, index: int, column: int, value: str) -> None:
        """What makes a cell unusable whatever it should hold, and what only has to be said about it."""
        place = (index, column)
        if place in self.merged:
            self._refuse(index, column, value, MERGED)
        elif place in self.cells.long:
            self._refuse(index, column, "", TOO_LONG)
        elif place in self.cells.formulas:
            if self.cells.is_text:
                self._refuse(index, column, value, TEXT_FORMULA)
            elif not value:
                self._refuse(index, column, "", NO_VALUE)
            else:
                self.found.remarks.append(self._problem(index, column, value, COMPUTED))

    def _dated(self, index: int, row: Sequence[str], code: str, name: str) -> None:
        """A row with its day, or just a school year where a list of schools may say one."""
        at = self.choice.columns[WHEN]
        if self.kind == SITE_TRAININGS and yes_or_no(row[at]) is False:
            self.found.silent_count += 1  # half filled: nobody says that this school was trained
            return
        year = school_year(row[at]) if self.kind == SITE_TRAININGS else None
        day = None if year is not None else self._day(index, at, row[at])
        heads, is_read = self._heads(index, row)
        if not is_read or (day is None and year is None):
            return
        at_course = self.choice.columns.get(COURSE)
        course = row[at_course] if at_course is not None else ""
        begins = year if year is not None else school_year_of(day) if day else 0
        self.found.lines.append(Line(index + 1, code, name, begins, day, heads, course))

    def _away(self, index: int, row: Sequence[str], code: str, name: str) -> None:
        """From the first day away to the last; without a last day nobody knows yet when the leave ends."""
        at, at_until = self.choice.columns[WHEN], self.choice.columns.get(UNTIL)
        day = self._day(index, at, row[at])
        last = row[at_until] if at_until is not None else ""
        until = self._day(index, at_until, last) if at_until is not None and last else None
        if day is None or (last and until is None):
            return
        if at_until is not None and until and until < day:
            self._refuse(index, at_until, last, BACKWARD)
        else:
            self.found.lines.append(Line(index + 1, code, name, school_year_of(day), day, None, "", until))

    def _marked(self, index: int, column: int, year: int, code: str, name: str) -> None:
        """One cell below a school year: a mark, a day in that year, or how many came."""
        value = self.cells.rows[index][column]
        said = yes_or_no(value)
        if said is False:
            self.found.silent_count += 1
            return
        day = heads = None
        if said is None:
            heads = head_count(value)
            if heads is None:
                day = self._day(index, column, value, otherwise=NO_MARK)
                if day is None:
                    return
                if school_year_of(day) != year:
                    self._refuse(index, column, value, OUTSIDE_YEAR)
                    return
        self.found.lines.append(Line(index + 1, code, name, year, day, heads, ""))

    def _day(self, index: int, column: int, value: str, otherwise: str = NO_DAY) -> dt.date | None:
        readings = day_readings(value)
        if readings.is_open and not self.choice.order:
            self._refuse(index, column, value, WHICH_ORDER)
            return None
        day = readings.in_order(self.choice.order)
        if day is None:
            is_other = readings.month_first or readings.day_first
            if is_other and not self.choice.order:
                return self._in_time(index, column, value, is_other)
            self._refuse(index, column, value, WRONG_ORDER if is_other else otherwise)
            return None
        return self._in_time(index, column, value, day)

    def _in_time(self, index: int, column: int, value: str, day: dt.date) -> dt.date | None:
        latest, beyond = (self.today + AHEAD, TOO_FAR) if self.kind == LEAVES else (self.today, FUTURE)
        if FIRST_DAY <= day <= latest:
            return day
        self._refuse(index, column, value, beyond if day > latest else TOO_OLD)
        return None

    def _heads(self, index: int, row: Sequence[str]) -> tuple[int | None, bool]:
        at = self.choice.columns.get(HEADS)
        if at is None or not row[at]:
            return None, True
        heads = head_count(row[at])
        if heads is None:
            self._refuse(index, at, row[at], NO_COUNT)
        return heads, heads is not None

    def _first_who(self) -> int:
        return next(at for at in (self.code_at, self.name_at) if at is not None)

    def _refuse(self, index: int, column: int, value: str, reason: str) -> None:
        self.found.problems.append(self._problem(index, column, value, reason))

    def _problem(self, index: int, column: int, value: str, reason: str) -> Problem:
        return Problem(self.cells.name, index + 1, letter(column), value, reason)


def refused_rows(problems: Sequence[Problem]) -> Iterator[int]:
    """The rows of these problems, each once."""
    yield from dict.fromkeys(problem.row for problem in problems)
