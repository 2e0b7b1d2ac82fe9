"""Text for files that people open in spreadsheets, which run what looks like a formula.

A spreadsheet may part a line at other marks than the file's own: where a decimal comma is usual, at semicolons. So
the text after any such mark counts as a cell of its own, and quotation marks around it do not help.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

MARK = "\ufeff"  # tells spreadsheets that names are in UTF-8

STARTS = "=+\\-@＝＋－＠"  # the last four are full width
RUNS = re.compile(rf'(^|[,;|\t\r\n])(?=[\s\x00-\x1f"]*[{STARTS}])|^(?=[\t\r\n])')
MAY_RUN = re.compile(rf"[{STARTS}\t\r\n]")  # most cells hold none of these, and seventy thousand lines have many cells
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
# A whole line of quoted cells in which something might begin a formula: then each of its cells is looked at. Of the
# seventy thousand lines of a large district's file hardly one is.
LINE_MAY_RUN = re.compile(rf'[,;|\x00-\x1f](?:(?<=[\x00-\x1f])|[\s"]*[{STARTS}])')


def table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """The text of a file that every spreadsheet opens: names whole, every cell quoted, no cell taken for a formula."""
    return MARK + "".join(map(_line, chain([head], rows)))


def harmless(cell: object) -> object:
    """The cell with an apostrophe wherever a spreadsheet would begin a formula; numbers stay what they are."""
    return _disarmed(cell) if isinstance(cell, str) and MAY_RUN.search(cell) else cell


@lru_cache(maxsize=1024)  # days, which hold a hyphen, come again and again
def _disarmed(cell: str) -> str:
    return cell if NUMBER.fullmatch(cell) else RUNS.sub(r"\1'", cell)


def _line(cells: Sequence[object]) -> str:
    """Like the `csv` module's, at once where all cells are plain text."""
    try:
        text = ',"' + '","'.join(cells) + '"'  # type: ignore[arg-type]  # numbers raise, and take the long way
    except TypeError:
        return _careful_line(cells)
    is_plain = not LINE_MAY_RUN.search(text) and text.count('"') == 2 * len(cells)
    return f"{text[1:]}\r\n" if is_plain else _careful_line(cells)


def _careful_line(cells: Sequence[object]) -> str:
    told = ("" if cell is None else str(harmless(cell)).replace('"', '""') for cell in cells)
    return ",".join(f'"{cell}"' for cell in told) + "\r\n"
