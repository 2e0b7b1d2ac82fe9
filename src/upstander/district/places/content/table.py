"""A file of comma-separated values as rows with their line numbers, and what is wrong with it."""

import csv
import gzip
import hashlib
import io
from dataclasses import dataclass, field
from typing import NamedTuple

GZIP = b"\x1f\x8b"
AS_PUBLISHED = "Save the list again as CSV, just as it was published."
BOM_AWARE = {"utf-8": "utf-8-sig"}


class Refusal(NamedTuple):
    """One thing that cannot be accepted: where it is, what is wrong, and what to do about it."""

    file: str
    line: int
    column: str
    value: str
    reason: str
    advice: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.reason}. {self.advice}"


@dataclass(slots=True)
class Table:
    """Header, rows of just as many cells, the line each row begins on, and the rows that had to be left out."""

    file: str
    digest: str
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    refused_rows: dict[int, list[str]] = field(default_factory=dict)

    def refuse(self, line: int, column: str, value: str, reason: str, advice: str) -> None:
        """Note a refusal in this file."""
        self.refusals.append(Refusal(self.file, line, column, value, reason, advice))


def read_table(raw: bytes, file: str, *, encoding: str, delimiter: str) -> Table:
    """Read `.csv` or `.csv.gz`; what cannot be read stands in the table's refusals, nothing is raised."""
    table = Table(file, hashlib.sha256(raw).hexdigest())
    try:
        plain = gzip.decompress(raw) if raw.startswith(GZIP) else raw
        text = plain.decode(BOM_AWARE.get(encoding, encoding))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        table.refuse(
            line, "", "", f"this is not text in {encoding}", f"Save the list as {encoding}, then load it again."
        )
        return table
    except (OSError, EOFError) as error:
        table.refuse(1, "", "", f"the file cannot be unpacked ({error})", "Fetch it again; it seems to be cut off.")
        return table
    _split(table, text, delimiter)
    return table


def _split(table: Table, text: str, delimiter: str) -> None:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        table.header = [name.strip() for name in next(reader, [])]
        width = len(table.header)
        begins = reader.line_num + 1
        for row in reader:
            if len(row) == width:
                table.rows.append(row)
                table.lines.append(begins)
            elif row:
                _refuse_width(table, begins, row, width)
            begins = reader.line_num + 1
    except csv.Error as error:
        table.refuse(begins, "", "", f"the row cannot be read ({error})", AS_PUBLISHED)
    if not table.header:
        table.refuse(1, "", "", "the file is empty", AS_PUBLISHED)


def _refuse_width(table: Table, line: int, row: list[str], width: int) -> None:
    reason = f"the row has {len(row)} cells and the header {width}"
    table.refuse(line, "", "", reason, "Look for a missing comma or quotation mark in this line.")
    table.refused_rows[line] = row
