"""Text for files that people open in spreadsheets, which run what looks like a formula.

A spreadsheet may part a line at other marks than the file's own: where a decimal comma is usual, at semicolons. So
the text after any such mark counts as a cell of its own, and quotation marks around it do not help.
"""

import re

STARTS = "=+\\-@＝＋－＠"  # the last four are full width
RUNS = re.compile(rf'(^|[,;|\t\r\n])(?=[\s\x00-\x1f"]*[{STARTS}])|^(?=[\t\r\n])')
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def harmless(cell: object) -> object:
    """The cell with an apostrophe wherever a spreadsheet would begin a formula; numbers stay what they are."""
    if not isinstance(cell, str) or NUMBER.fullmatch(cell):
        return cell
    return RUNS.sub(r"\1'", cell)
