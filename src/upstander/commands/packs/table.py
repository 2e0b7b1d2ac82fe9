"""The tables that rule owners write: CSV with a header, read strictly, answered line by line."""

import argparse
import csv
import json
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from upstander.foundation.kernel.content import ContentRefused, Fault

# Columns for people: read past.
NOTES = frozenset({"case", "note"})


@dataclass(frozen=True, slots=True)
class Row:
    """One case and the line it stands on."""

    file: Path
    line: int
    cells: dict[str, str]

    def fault(self, column: str, reason: str) -> Fault:
        """A difference or a refusal in one cell."""
        return Fault(self.file, self.line, column, reason)


def read_table(file: Path, needed: Collection[str], more: Collection[str] = ()) -> list[Row]:
    """Every row of a table with the columns `needed`, perhaps `more`, and notes. Raises ContentRefused otherwise."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "is not text in UTF-8" if isinstance(error, UnicodeDecodeError) else "cannot be read"
        raise ContentRefused([Fault(file, 1, "", reason)]) from None
    table = csv.DictReader(text.splitlines(), strict=True)
    try:
        header = [name.strip() for name in table.fieldnames or ()]
        if faults := list(_wrong_header(file, header, needed, {*needed, *more, *NOTES})):
            raise ContentRefused(faults)
        table.fieldnames = header
        rows = [_row(file, table.line_num, cells) for cells in table]
    except csv.Error as error:
        raise ContentRefused([Fault(file, table.line_num or 1, "", str(error))]) from None
    return rows


def _wrong_header(file: Path, header: Sequence[str], needed: Collection[str], known: set[str]) -> Iterator[Fault]:
    for name in needed:
        if name not in header:
            yield Fault(file, 1, name, "this column is missing")
    for name in header:
        if name not in known:
            yield Fault(file, 1, name, "nothing knows this column")
        elif header.count(name) > 1:
            yield Fault(file, 1, name, "this column stands twice")


def _row(file: Path, line: int, cells: dict[str, str]) -> Row:
    # DictReader keeps surplus cells under None, and fills a short row with None.
    if None in cells or None in cells.values():
        raise ContentRefused([Fault(file, line, "", "this row has more or fewer cells than the header")])
    return Row(file, line, {name: cell.strip() for name, cell in cells.items()})


def tell(rows: Sequence[Row], faults: Sequence[Fault], options: argparse.Namespace) -> int:
    """Print every difference and how many cases agree; 1 when one differs."""
    for fault in faults:
        print(fault, file=sys.stderr)
    differing = len({fault.line for fault in faults})
    if options.json:
        print(json.dumps({"cases": len(rows), "differences": as_data(faults)}))
    else:
        print(f"{len(rows) - differing} of {len(rows)} cases agree.")
    return 1 if faults else 0


def as_data(faults: Sequence[Fault]) -> list[dict[str, object]]:
    """Faults for `--json`."""
    return [{"file": f.file.name, "line": f.line, "column": f.key, "reason": f.reason} for f in faults]


def refused(file: Path, reason: str) -> ContentRefused:
    """A refusal of a whole file."""
    return ContentRefused([Fault(file, 1, "", reason)])
