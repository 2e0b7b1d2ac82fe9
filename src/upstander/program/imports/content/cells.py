"""One cell of a sheet: the day or the number in it, or what is wrong with it and where it stands."""

import datetime as dt
from collections.abc import Sequence

from upstander.engines.tables.cells import day_readings, head_count
from upstander.engines.tables.sheets import letter
from upstander.program.imports.content.columns import AHEAD_OF_TIME, HEADS, UNTIL, Choice
from upstander.program.imports.content.reading import (
    BACKWARD,
    COMPUTED,
    FUTURE,
    MERGED,
    NO_COUNT,
    NO_DAY,
    NO_VALUE,
    TEXT_FORMULA,
    TOO_FAR,
    TOO_LONG,
    TOO_OLD,
    WHICH_ORDER,
    WRONG_ORDER,
    Cells,
    Problem,
    Reading,
)

FIRST_DAY = dt.date(2000, 1, 1)
# Leaves, hours and days out may be agreed on years before; beyond that it is a slip of the pen.
AHEAD = dt.timedelta(days=1100)


class CellReader:
    """Reads single cells of a sheet; what cannot be read is noted in `found`, with its place."""

    def __init__(self, kind: str, cells: Cells, choice: Choice, today: dt.date) -> None:
        self.kind, self.cells, self.choice, self.today = kind, cells, choice, today
        self.found = Reading()
        self.merged = {
            (row, column)
            for first_row, first, last_row, last in cells.merged
            for row in range(first_row, min(last_row, len(cells.rows)) + 1)
            for column in range(first, last + 1)
        }

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

    def _day_if_said(self, index: int, row: Sequence[str], role: str) -> dt.date | None:
        at = self.choice.columns.get(role)
        return self._day(index, at, row[at]) if at is not None and row[at] else None

    def _check_span(self, index: int, row: Sequence[str], first: dt.date | None, last: dt.date | None) -> None:
        if first and last and last < first:
            at = self.choice.columns[UNTIL]
            self._refuse(index, at, row[at], BACKWARD)

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
        latest, beyond = (self.today + AHEAD, TOO_FAR) if self.kind in AHEAD_OF_TIME else (self.today, FUTURE)
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

    def _refuse(self, index: int, column: int, value: str, reason: str) -> None:
        self.found.problems.append(self._problem(index, column, value, reason))

    def _problem(self, index: int, column: int, value: str, reason: str) -> Problem:
        return Problem(self.cells.name, index + 1, letter(column), value, reason)
