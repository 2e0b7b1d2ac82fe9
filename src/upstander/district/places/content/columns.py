"""The columns of a table, each read at once and each distinct cell only once; what cannot be read is noted."""

import datetime as dt
import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from upstander.district.places.content.mappings import Mapping, Told
from upstander.district.places.content.table import Table

ISO_DAY = "%Y-%m-%d"
ISO_LENGTH = 10
ADD_WORD = "Correct the cell, or add the word to the format's mapping in content/mappings."


class Columns:
    """One table and its mapping; rows that cannot be accepted are noted by index."""

    def __init__(self, table: Table, mapping: Mapping) -> None:
        self.table, self.mapping = table, mapping
        self.place = {name: index for index, name in enumerate(table.header)}
        self.refused: set[int] = set()

    def refused_rows(self) -> dict[int, list[str]]:
        """The refused rows as they stood, by line."""
        return {self.table.lines[index]: self.table.rows[index] for index in sorted(self.refused)}

    def _told(self, told: Told, *, may_be_blank: bool = False) -> list[Any]:
        def parse(cell: str) -> Any:
            word = cell.strip()
            if word in told.words:
                return told.words[word]
            if may_be_blank and word in self.mapping.blank:
                return None
            raise ValueError(f"{word!r} is not a word this format knows")

        return self._read(told.column, self._column(told.column), parse, ADD_WORD)

    def _column(self, column: str) -> Sequence[str]:
        if column not in self.place:
            return [""] * len(self.table.rows)
        index = self.place[column]
        return [row[index] for row in self.table.rows]

    def _plain(self, cell: str) -> str:
        text = cell.strip()
        return "" if text in self.mapping.blank else text

    def _degrees(self, cell: str, *, most: int) -> float | None:
        text = self._plain(cell)
        if not text:
            return None
        try:
            degrees = float(text)
        except ValueError:
            degrees = math.inf
        if not abs(degrees) <= most:
            raise ValueError(f"{text!r} is not a number of degrees up to {most}")
        return degrees

    def _day(self, cell: str) -> dt.date | None:
        text = self._plain(cell)
        forms = self.mapping.dates.forms if self.mapping.dates else ()
        if not text:
            return None
        for form in forms:
            try:
                if form == ISO_DAY and len(text) == ISO_LENGTH:
                    return dt.date.fromisoformat(text)
                return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a plain day
            except ValueError:
                continue
        raise ValueError(f"{text!r} is not a day in the form {' or '.join(forms)}")

    def _read(
        self, column: str, cells: Sequence[Any], parse: Callable[[Any], Any], advice: str, otherwise: Any = None
    ) -> list[Any]:
        parsed: dict[Hashable, Any] = {}
        wrong: dict[Hashable, str] = {}
        for cell in set(cells):
            try:
                parsed[cell] = parse(cell)
            except ValueError as error:
                parsed[cell], wrong[cell] = otherwise, str(error)
        if wrong:
            self._refuse_cells(column, cells, wrong, advice)
        return list(map(parsed.__getitem__, cells))

    def _refuse_cells(self, column: str, cells: Iterable[Any], wrong: dict[Hashable, str], advice: str) -> None:
        for index, cell in enumerate(cells):
            if cell in wrong:
                value = cell if isinstance(cell, str) else ", ".join(cell)
                self._refuse(index, column, value, wrong[cell], advice)

    def _refuse(self, index: int, column: str, value: str, reason: str, advice: str) -> None:
        self.refused.add(index)
        self.table.refuse(self.table.lines[index], column, value, reason, advice)
