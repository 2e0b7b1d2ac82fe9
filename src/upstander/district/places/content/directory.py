"""One directory of schools, read by its mapping. Each column is read at once, each distinct cell only once.

That keeps a list of 18,000 schools under a third of a second; a loop over cells would take five times as long.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from upstander.district.places.content.columns import ADD_WORD, Columns
from upstander.district.places.content.grades import parse_span, span_between
from upstander.district.places.content.mappings import Mapping
from upstander.district.places.content.table import Refusal, Table, read_table

# The longest a text may be; a test compares these with the columns of the database.
LONGEST = {
    "name": 160,
    "agency_code": 40,
    "agency_name": 160,
    "county_name": 80,
    "school_type": 80,
    "street": 160,
    "city": 80,
    "postal_code": 10,
    "phone": 30,
    "grades_as_given": 40,
}
SCHOOL, OFFICE = "school", "office"
CORRECT = "Correct the cell, or leave it empty."


class Entry(NamedTuple):
    """What the directory says of one site: `said` are the values of the directory's `fields`, in that order."""

    kind: str
    status: str
    opened: dt.date | None
    closed: dt.date | None
    said: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory as read: the site columns it speaks for, an entry per code, and what was refused.

    `refused_rows` are the cells of refused rows by line, as they stood, so that they can be mended and loaded.
    """

    mapping: Mapping
    file: str
    digest: str
    header: list[str]
    row_count: int
    fields: tuple[str, ...]
    entries: dict[str, Entry]
    refusals: list[Refusal]
    refused_rows: dict[int, list[str]]

    def count(self, kind: str, status: str = "") -> int:
        """How many entries are of a kind and, if asked, of a status."""
        return sum(entry.kind == kind and (not status or entry.status == status) for entry in self.entries.values())


def read_directory(raw: bytes, file: str, mapping: Mapping) -> Directory:
    """Read the bytes of a file (plain or gzip) by a mapping. Nothing is raised: see the directory's `refusals`."""
    table = read_table(raw, file, encoding=mapping.encoding, delimiter=mapping.delimiter)
    whole = not table.refusals or bool(table.rows)
    reading = _Reading(table, mapping) if whole and _has_columns(table, mapping) else None
    entries = reading.entries() if reading else {}
    return Directory(
        mapping=mapping,
        file=file,
        digest=table.digest,
        header=table.header,
        row_count=len(table.rows) + len(table.refused_rows),
        fields=tuple(reading.said) if reading else (),
        entries=entries,
        refusals=sorted(dict.fromkeys(table.refusals), key=lambda refusal: refusal.line),
        refused_rows=(reading.refused_rows() if reading else {}) | table.refused_rows,
    )


def _has_columns(table: Table, mapping: Mapping) -> bool:
    missing = [name for name in mapping.columns_named() if name not in {*table.header, *mapping.optional}]
    twice = [name for name, count in Counter(table.header).items() if count > 1 and name in mapping.columns_named()]
    for name in missing:
        table.refuse(1, name, "", "the header has no such column", f"Is this a {mapping.format} file? Check --format.")
    for name in twice:
        table.refuse(1, name, "", "the header has this column twice", "Remove one of the two columns.")
    return not missing and not twice


class _Reading(Columns):
    """The columns of one table on their way to entries."""

    def __init__(self, table: Table, mapping: Mapping) -> None:
        super().__init__(table, mapping)
        self.said: dict[str, Sequence[Any]] = {}

    def entries(self) -> dict[str, Entry]:
        """Read every column, then put the rows that passed together."""
        codes = self._codes()
        kinds = self._kinds()
        self._texts(codes, kinds)
        self._grades()
        self._charter()
        self._place()
        status = self._told(self.mapping.status)
        opened, closed = self._days()
        rows = zip(kinds, status, opened, closed, zip(*self.said.values(), strict=True), strict=True)
        found = dict(zip(codes, map(Entry._make, rows), strict=True))
        for index in self.refused:
            found.pop(codes[index], None)
        return found

    def _codes(self) -> list[str]:
        column, pattern = self.mapping.code_column, re.compile(self.mapping.code_pattern)

        def parse(cell: str) -> str:
            code = cell.strip()
            if not code:
                raise ValueError("the code is missing")
            if not pattern.fullmatch(code):
                raise ValueError(f"{code!r} is not a code of this directory")
            return code

        codes = self._read(
            column, self._column(column), parse, "Codes are text: a spreadsheet may have cut their zeros."
        )
        if len(set(codes)) < len(codes):
            self._refuse_repeated(column, codes)
        return codes

    def _refuse_repeated(self, column: str, codes: list[str]) -> None:
        counts = Counter(code for code in codes if code is not None)
        for index, code in enumerate(codes):
            if counts[code] > 1:
                self._refuse(
                    index, column, code, "the code stands in the file more than once", "Keep the right row only."
                )

    def _kinds(self) -> Sequence[str]:
        kind, office = self.mapping.kind, self.mapping.office
        if kind and kind.column in self.place:
            self.said["kind"] = self._told(kind)
        elif office:
            blank = self.mapping.blank
            self.said["kind"] = [
                OFFICE if cell.strip() in blank else SCHOOL for cell in self._column(office.when_blank)
            ]
        else:
            return [SCHOOL] * len(self.table.rows)
        return self.said["kind"]

    def _texts(self, codes: list[str], kinds: Sequence[str]) -> None:
        for name, column in self.mapping.columns.items():
            if column in self.place:
                self.said[name] = self._text(name, column)
        if self.mapping.office:
            names = zip(kinds, self.said["name"], self._text("name", self.mapping.office.name), strict=True)
            self.said["name"] = [office if kind == OFFICE else name for kind, name, office in names]
        for index, name in enumerate(self.said["name"]):
            if not name and index not in self.refused:
                self._refuse(index, self.mapping.columns["name"], "", "the site has no name", "Write its name.")
        if self.mapping.agency_characters:
            size = self.mapping.agency_characters
            self.said["agency_code"] = [code[:size] if code else "" for code in codes]

    def _text(self, name: str, column: str) -> list[str]:
        longest, blank = LONGEST[name], self.mapping.blank

        def parse(cell: str) -> str:
            text = " ".join(cell.split())
            if len(text) > longest:
                raise ValueError(f"the text has {len(text)} characters and at most {longest} fit")
            if "\0" in text:
                raise ValueError("the text holds a character that cannot be stored")
            return "" if text in blank else text

        return self._read(column, self._column(column), parse, "Shorten or correct the cell.")

    def _grades(self) -> None:
        grades = self.mapping.grades
        if not grades or (grades.span and grades.span not in self.place):
            return
        if grades.span:
            column, cells = grades.span, [(cell, "") for cell in self._column(grades.span)]
        else:
            column = grades.lowest
            cells = list(zip(self._column(grades.lowest), self._column(grades.highest), strict=True))
        spans = self._read(column, cells, self._span, ADD_WORD, otherwise=(None, None, False, ""))
        names = ("lowest_grade", "highest_grade", "serves_adults", "grades_as_given")
        self.said |= dict(zip(names, zip(*spans, strict=True) if spans else ([], [], [], []), strict=True))

    def _span(self, ends: tuple[str, str]) -> tuple[int | None, int | None, bool, str]:
        grades, (low, high) = self.mapping.grades, (self._plain(end) for end in ends)
        if grades is None:
            raise ValueError("this format has no grades")
        span = parse_span(low, grades.words) if grades.span else span_between(low, high, grades.words)
        given = "-".join(dict.fromkeys(end for end in (low, high) if end))
        if len(given) > LONGEST["grades_as_given"]:
            raise ValueError("the grade span is too long")
        return span.lowest, span.highest, span.serves_adults, given

    def _charter(self) -> None:
        charter = self.mapping.charter
        if charter and charter.column in self.place:
            self.said["is_charter"] = self._told(charter, may_be_blank=True)

    def _place(self) -> None:
        latitude, longitude = self.mapping.latitude, self.mapping.longitude
        if latitude not in self.place or longitude not in self.place:
            return
        north = self._read(latitude, self._column(latitude), partial(self._degrees, most=90), CORRECT)
        east = self._read(longitude, self._column(longitude), partial(self._degrees, most=180), CORRECT)
        self.said["latitude"], self.said["longitude"] = north, east
        for index, (one, other) in enumerate(zip(north, east, strict=True)):
            if ((one is None) is not (other is None) or one == other == 0) and index not in self.refused:
                self._refuse(index, latitude, f"{one}, {other}", "this is not a place on the map", CORRECT)

    def _days(self) -> tuple[Sequence[dt.date | None], Sequence[dt.date | None]]:
        dates = self.mapping.dates
        opened, closed = (dates.opened, dates.closed) if dates else ("", "")
        return self._day_column(opened), self._day_column(closed)

    def _day_column(self, column: str) -> Sequence[dt.date | None]:
        if column not in self.place:
            return [None] * len(self.table.rows)
        return self._read(column, self._column(column), self._day, CORRECT)
