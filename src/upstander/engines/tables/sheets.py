"""A file of a spreadsheet as plain text cells: CSV in its usual dialects, or a workbook (.xlsx).

Nothing is computed: a formula's cell holds what the file last computed, and is told apart. Long texts are left out, so
that nothing anybody told in a sentence is ever carried on. Merged areas are told, because only one of their cells holds
the value.
"""

import csv
import datetime as dt
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from upstander.engines.tables.packed import fits

MOST_BYTES = 12 * 1024 * 1024  # of the file as sent
MOST_UNPACKED = 160 * 1024 * 1024  # of everything in a workbook
MOST_PARTS = 300
MOST_ROWS, MOST_COLUMNS = 100_000, 80
LONGEST = 160  # characters; more than this is a text, and no list needs one
DELIMITERS = ",;\t"
LOOKED_AT = 20  # lines by which the delimiter is told
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Unreadable(Exception):
    """The file is no spreadsheet that can be read; `reason` is one of the words below."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


EMPTY, TOO_BIG, BROKEN, OLD, NO_TEXT = "empty", "too_big", "broken", "old", "no_text"


@dataclass(slots=True)
class Sheet:
    """One sheet: rows of text, from the sheet's first row and column on, with blank edges taken off.

    `formulas` are the places (row, column; from 0) of computed cells; `merged` the areas (first row, first column,
    last row, last column); `long` the places whose text was left out.
    """

    name: str
    rows: list[list[str]]
    formulas: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    long: list[tuple[int, int]] = field(default_factory=list)


def read_sheets(raw: bytes) -> list[Sheet]:
    """The visible sheets that hold anything, in the file's order. Raises `Unreadable`."""
    if len(raw) > MOST_BYTES:
        raise Unreadable(TOO_BIG)
    if raw.startswith(OLD_OFFICE):  # also what a workbook with a password looks like
        raise Unreadable(OLD)
    sheets = _workbook(raw) if raw.startswith(ZIP) else [_text(raw)]
    found = [sheet for sheet in map(_trimmed, sheets) if sheet.rows]
    if not found:
        raise Unreadable(EMPTY)
    return found


def letter(column: int) -> str:
    """The column's letters as spreadsheets show them: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _trimmed(sheet: Sheet) -> Sheet:
    while sheet.rows and not any(sheet.rows[-1]):
        sheet.rows.pop()
    width = max((index + 1 for row in sheet.rows for index, cell in enumerate(row) if cell), default=0)
    if len(sheet.rows) > MOST_ROWS or width > MOST_COLUMNS:
        raise Unreadable(TOO_BIG)
    sheet.rows = [[*row[:width], *[""] * (width - len(row))] for row in sheet.rows]
    for index, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            if len(cell) > LONGEST:
                row[column] = ""
                sheet.long.append((index, column))
    return sheet


def _text(raw: bytes) -> Sheet:
    text = _decoded(raw)
    delimiter = max(DELIMITERS, key=lambda mark: _columns(text, mark))
    try:
        rows = [
            [_plain(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error:
        raise Unreadable(BROKEN) from None
    formulas = [(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.startswith("=")]
    return Sheet("", rows, formulas)


def _decoded(raw: bytes) -> str:
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encodings = ["utf-16"]
    elif b"\0" in raw:
        raise Unreadable(NO_TEXT)
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(NO_TEXT)


def _columns(text: str, delimiter: str) -> int:
    """How many cells beyond the first the first lines have when parted at `delimiter`."""
    lines = io.StringIO("\n".join(text.splitlines()[:LOOKED_AT]), newline="")
    try:
        return sum(len(row) - 1 for row in csv.reader(lines, delimiter=delimiter) if row)
    except csv.Error:
        return 0


def _workbook(raw: bytes) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _weigh(archive)
            book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
            parts = dict(_parts(archive))
            return [_sheet(book, name, archive, parts.get(name)) for name in _shown(book)]
    except (
        zipfile.BadZipFile,
        zlib.error,
        CalamineError,
        ParseError,
        DefusedXmlException,
        KeyError,
        ValueError,
        OSError,
    ):
        raise Unreadable(BROKEN) from None


def _weigh(archive: zipfile.ZipFile) -> None:
    """Refuse what would unpack to too much. Reading every part shows one that is larger than it says."""
    if not fits(archive, MOST_PARTS, MOST_UNPACKED):
        raise Unreadable(TOO_BIG)
    if archive.testzip() is not None:
        raise Unreadable(BROKEN)


def _shown(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
    ]


def _sheet(book: CalamineWorkbook, name: str, archive: zipfile.ZipFile, part: str | None) -> Sheet:
    found = book.get_sheet_by_name(name)
    if found.total_height > MOST_ROWS or found.total_width > 16_384:
        raise Unreadable(TOO_BIG)
    rows = [[_cell(value) for value in row] for row in found.to_python(skip_empty_area=False)]
    merged = [(*first, *last) for first, last in found.merged_cell_ranges or []]
    formulas: list[tuple[int, int]] = []
    if part:
        with archive.open(part) as stream:
            formulas = list(_formulas(stream))
    return Sheet(name, rows, formulas, merged)


def _cell(value: Any) -> str:
    """What a cell shows, without its dress: a day as 2025-03-04, a whole number without a point."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime():
            return value.date().isoformat()
        case dt.date():
            return value.isoformat()
    return _plain(str(value))


def _plain(text: str) -> str:
    return BLANKS.sub(" ", text).strip()


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part of the archive that holds it."""
    targets = {node.get("Id"): node.get("Target", "") for node in _nodes(archive, "xl/_rels/workbook.xml.rels")}
    for node in _nodes(archive, "xl/workbook.xml"):
        if node.tag.endswith("}sheet"):
            target = targets.get(node.get(RELATION), "")
            yield node.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _nodes(archive: zipfile.ZipFile, part: str) -> Iterator[Any]:
    with archive.open(part) as stream:
        for _event, node in iterparse(stream, forbid_dtd=True):
            yield node


def _formulas(stream: IO[bytes]) -> Iterator[tuple[int, int]]:
    for _event, node in iterparse(stream, forbid_dtd=True):
        tag = node.tag.rpartition("}")[2]
        if tag == "c":
            place = PLACE.fullmatch(node.get("r", ""))
            if place and any(child.tag.endswith("}f") for child in node):
                yield int(place[2]) - 1, _number(place[1])
        elif tag == "row":
            node.clear()


def _number(letters: str) -> int:
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - ord("A") + 1
    return number - 1
