"""Nothing in a file for spreadsheets runs, wherever the program parts the line."""

import csv
import datetime as dt
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from upstander.engines.spreadsheets import MARK, STARTS, harmless, table

TEXTS = st.text(st.sampled_from(f"aé 1\"'\t\r\n,;|\x1f\u2003{STARTS}"), max_size=6)
CELLS = st.one_of(TEXTS, st.none(), st.integers(), st.floats(allow_nan=False), st.dates())
ROWS = st.lists(CELLS, min_size=1, max_size=4) | st.lists(TEXTS, min_size=1, max_size=4)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"])
def test_what_a_spreadsheet_would_run_is_kept_as_text(start: str) -> None:
    assert harmless(f"{start}SUM(A1)") == f"'{start}SUM(A1)"


@pytest.mark.parametrize("mark", [";", "\t", ",", "|", "\r", "\n"])
@pytest.mark.parametrize("between", ["", " ", '"', ' ""'])
def test_a_formula_after_another_separator_is_kept_as_text_too(mark: str, between: str) -> None:
    assert harmless(f"Oak{mark}{between}=cmd()") == f"Oak{mark}'{between}=cmd()"


def test_plain_text_and_numbers_stay_as_they_are() -> None:
    plain = ["Oak", "", "Oak - East", "Smith-Jones; Lee", "-118.25", "+5", "9-12", 5, None]
    assert [harmless(cell) for cell in plain] == plain


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROWS, max_size=3))
def test_a_table_is_written_as_the_csv_module_writes_it_with_every_cell_made_harmless(rows: list[list[object]]) -> None:
    again = StringIO(newline="")
    written = csv.writer(again, quoting=csv.QUOTE_ALL)
    written.writerow(["A", "B"])
    written.writerows([harmless(cell) for cell in row] for row in rows)
    assert table(["A", "B"], rows) == MARK + again.getvalue()


def test_a_table_of_plain_lines_holds_days_and_numbers_as_they_are() -> None:
    rows: list[list[object]] = [["Oak - East", dt.date(2026, 1, 2), -3], ["=1", "a;=2", ""]]
    lines = ['"A"', '"Oak - East","2026-01-02","-3"', '"\'=1","a;\'=2",""']
    assert table(["A"], rows) == MARK + "".join(f"{line}\r\n" for line in lines)
