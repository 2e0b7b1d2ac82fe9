"""Nothing in a file for spreadsheets runs, wherever the program parts the line."""

import pytest

from upstander.engines.spreadsheets import harmless


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
