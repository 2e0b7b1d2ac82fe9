"""The rows of a sheet as lines that say something of one school or person, and what could not be read, cell by cell."""

import datetime as dt
from collections.abc import Sequence

from upstander.engines.tables.cells import Evidence, evidence, head_count, school_year, school_year_of, yes_or_no
from upstander.engines.tables.hours import weekday
from upstander.program.imports.content.asked import RowOfRequest
from upstander.program.imports.content.cells import CellReader
from upstander.program.imports.content.columns import (
    AUDIENCE,
    CODE,
    COURSE,
    FIRST,
    HOURS,
    LEAVES,
    MAY_MEAN_ALL,
    NAME,
    NUMBER,
    OF_DAYS,
    OF_PEOPLE,
    PERSON,
    REQUESTS,
    ROSTER,
    SITE_TRAININGS,
    UNTIL,
    WHEN,
    Choice,
)
from upstander.program.imports.content.days import called_of, stretch_of
from upstander.program.imports.content.hours import RowOfHours
from upstander.program.imports.content.reading import (
    NO_DAY,
    NO_MARK,
    NO_WEEKDAY,
    NOBODY,
    OUTSIDE_YEAR,
    TOO_MANY_DAYS,
    Asked,
    Cells,
    Line,
    Reading,
)
from upstander.program.imports.content.roster import RowOfStaff


def days_of(cells: Cells, choice: Choice) -> Evidence:
    """How the days of the chosen columns are written."""
    places = [column for role, column in choice.columns.items() if role in (WHEN, FIRST, UNTIL)] + list(choice.years)
    return evidence(
        row[column] for row in cells.rows[choice.header_row + 1 :] for column in places if column < len(row)
    )


def read_lines(kind: str, cells: Cells, choice: Choice, today: dt.date) -> Reading:
    """Read every row below the header. Nothing is raised: see the reading's problems."""
    reader = _Reader(kind, cells, choice, today)
    for index in range(choice.header_row + 1, len(cells.rows)):
        reader.read(index)
    return reader.found


class _Reader(CellReader):
    """The rows of one sheet, each by what the list is about."""

    def __init__(self, kind: str, cells: Cells, choice: Choice, today: dt.date) -> None:
        super().__init__(kind, cells, choice, today)
        self.header = [cells.rows[choice.header_row][column] for column in choice.used]
        who = (NUMBER, PERSON) if kind in OF_PEOPLE else (CODE, NAME)
        self.code_at, self.name_at = (choice.columns.get(role) for role in who)

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
        if not code and not name and self.kind not in MAY_MEAN_ALL:
            self._refuse(index, self._first_who(), "", NOBODY)
        elif self.choice.years:
            for column, year in self.choice.years.items():
                self._marked(index, column, year, code, name)
        else:
            own = {LEAVES: self._away, HOURS: self._free, ROSTER: self._in_post, **dict.fromkeys(OF_DAYS, self._out)}
            own.get(self.kind, self._dated)(index, row, code, name)

    def _dated(self, index: int, row: Sequence[str], code: str, name: str) -> None:
        """A row with its day, or just a school year where a list of schools may say one."""
        at = self.choice.columns[WHEN]
        if self.kind == SITE_TRAININGS and yes_or_no(row[at]) is False:
            self.found.silent_count += 1  # half filled: nobody says that this school was trained
            return
        year = school_year(row[at]) if self.kind == SITE_TRAININGS else None
        day = None if year is not None else self._day(index, at, row[at])
        heads, is_read = self._heads(index, row)
        asked = self._asked(index, row) if self.kind == REQUESTS else None
        if not is_read or (day is None and year is None) or (asked is None and self.kind == REQUESTS):
            return
        at_course = self.choice.columns.get(COURSE)
        course = row[at_course] if at_course is not None else ""
        begins = year if year is not None else school_year_of(day) if day else 0
        self.found.lines.append(Line(index + 1, code, name, begins, day, heads, course, asked=asked))

    def _asked(self, index: int, row: Sequence[str]) -> Asked | None:
        """Where a request stands and what it is about, as far as the list has columns for it."""
        cells = RowOfRequest(row, self.choice.columns)
        asked = cells.asked()
        for column, reason in cells.slips.items():
            self._refuse(index, column, row[column], reason)
        return asked

    def _away(self, index: int, row: Sequence[str], code: str, name: str) -> None:
        """From the first day away to the last; without a last day nobody knows yet when the leave ends."""
        at, before = self.choice.columns[WHEN], len(self.found.problems)
        day, until = self._day(index, at, row[at]), self._day_if_said(index, row, UNTIL)
        self._check_span(index, row, day, until)
        if day and len(self.found.problems) == before:
            self.found.lines.append(Line(index + 1, code, name, school_year_of(day), day, until=until))

    def _free(self, index: int, row: Sequence[str], code: str, name: str) -> None:
        """Hours of every week on a weekday, or once on a day."""
        at, before = self.choice.columns[WHEN], len(self.found.problems)
        on = weekday(row[at])
        if on is None:
            first = until = self._day(index, at, row[at], otherwise=NO_WEEKDAY)
            on = first.weekday() if first else 0
        else:
            first, until = (self._day_if_said(index, row, role) for role in (FIRST, UNTIL))
            self._check_span(index, row, first, until)
        cells = RowOfHours(row, self.choice.columns)
        hours = cells.hours(on, must_say_who=AUDIENCE in self.choice.columns and not self.choice.audience)
        for column, reason in cells.slips.items():
            self._refuse(index, column, row[column], reason)
        if hours and len(self.found.problems) == before:
            year = school_year_of(first or self.today)
            self.found.lines.append(Line(index + 1, code, name, year, first, until=until, hours=hours))

    def _in_post(self, index: int, row: Sequence[str], code: str, name: str) -> None:
        """A post of one person, from the first day that the row says, or the list for all of its rows."""
        before = len(self.found.problems)
        first, last = (self._day_if_said(index, row, role) for role in (WHEN, UNTIL))
        self._check_span(index, row, first, last)
        at = self.choice.columns.get(WHEN)
        if at is not None and not row[at] and not self.choice.since:
            self._refuse(index, at, "", NO_DAY)
        cells = RowOfStaff(row, self.choice.columns)
        staff = cells.staff()
        for column, reason in cells.slips.items():
            self._refuse(index, column, row[column], reason)
        if staff and len(self.found.problems) == before:
            self.found.lines.append(Line(index + 1, code, name, 0, first, until=last, staff=staff))

    def _out(self, index: int, row: Sequence[str], code: str, name: str) -> None:
        """A day without school or with tests, or every weekday from the first to the last."""
        at, before = self.choice.columns[WHEN], len(self.found.problems)
        first, last = self._day(index, at, row[at]), self._day_if_said(index, row, UNTIL)
        self._check_span(index, row, first, last)
        if first is None or len(self.found.problems) > before:
            return
        called, days = called_of(row, self.choice.columns), stretch_of(first, last or first)
        if not days:
            self._refuse(index, at, row[at], TOO_MANY_DAYS)
        self.found.lines += [Line(index + 1, code, name, school_year_of(day), day, called=called) for day in days]

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

    def _first_who(self) -> int:
        return next(at for at in (self.code_at, self.name_at) if at is not None)
