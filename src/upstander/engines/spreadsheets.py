"""Text for files that people open in spreadsheets, which run what looks like a formula.

A spreadsheet may part a line at other marks than the file's own: where a decimal comma is usual, at semicolons. So
the text after any such mark counts as a cell of its own, and quotation marks around it do not help.
"""

import re
from functools import lru_cache

STARTS = "=+\\-@＝＋－＠"  # the last four are full width
RUNS = re.compile(rf'(^|[,;|\t\r\n])(?=[\s\x00-\x1f"]*[{STARTS}])|^(?=[\t\r\n])')
MAY_RUN = re.compile(rf"[{STARTS}\t\r\n]")  # most cells hold none of these, and seventy thousand lines have many cells
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def harmless(cell: object) -> object:
    """The cell with an apostrophe wherever a spreadsheet would begin a formula; numbers stay what they are."""
    return _disarmed(cell) if isinstance(cell, str) and MAY_RUN.search(cell) else cell


@lru_cache(maxsize=1024)  # days, which hold a hyphen, come again and again
def _disarmed(cell: str) -> str:
    return cell if NUMBER.fullmatch(cell) else RUNS.sub(r"\1'", cell)
