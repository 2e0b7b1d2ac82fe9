"""A table of travel times: what it names, and what cannot be read, cell by cell."""

import pytest

from upstander.engines.tables import ways
from upstander.engines.tables.ways import Problem, Why, key_of, read_ways

SITES = {
    key_of("0101"): frozenset({1}),
    key_of("Oak High"): frozenset({1}),
    key_of("B2"): frozenset({2}),
    key_of("Elm"): frozenset({2, 3}),
}
HEAD = ["From", "to", "MINUTES"]


def test_codes_and_names_without_zeros_or_capitals_in_any_order_of_columns() -> None:
    found = read_ways([["minutos", "note", "a", "de"], ["25", "x", "b2", "101"], ["", "y", "", ""]], SITES)
    assert found.ways == {(1, 2): 25}
    assert found.problems == []


def test_of_two_directions_the_longer_holds() -> None:
    found = read_ways([HEAD, ["b2", "OAK  high", "40"], ["0101", "B2", "30"], ["0101", "B2", "30"]], SITES)
    assert found.ways == {(1, 2): 40}


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (["nowhere", "B2", "5"], 0, Why.UNKNOWN),
        (["0101", "elm", "5"], 1, Why.SEVERAL),
        (["0101", "Oak High", "5"], 1, Why.SAME),
        (["0101", "B2", "5.5"], 2, Why.MINUTES),
        (["0101", "B2", "0"], 2, Why.MINUTES),
        (["0101", "B2", "301"], 2, Why.MINUTES),
        (["0101", "B2", "=2+3"], 2, Why.MINUTES),
        (["0101", "B2", "\u00b2"], 2, Why.MINUTES),
        (["0101", "", "5"], 1, Why.UNKNOWN),
    ],
)
def test_a_cell_that_cannot_be_taken(row: list[str], column: int, why: Why) -> None:
    assert read_ways([HEAD, row], SITES).problems == [Problem(1, column, row[column], why)]


def test_one_direction_with_two_times_is_no_answer() -> None:
    found = read_ways([HEAD, ["0101", "B2", "5"], ["0101", "B2", "6"]], SITES)
    assert found.problems == [Problem(2, 2, "6", Why.TWICE)]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], Why.HEADINGS),
        ([["from", "minutes"], ["a", "5"]], Why.HEADINGS),
        ([["from", "de", "to", "minutes"]], Why.HEADINGS),
        ([HEAD], Why.NOTHING),
        ([HEAD, *[["0101", "B2", "5"]] * 3], Why.TOO_MANY),
    ],
)
def test_a_table_that_is_none(rows: list[list[str]], why: Why, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "MOST_WAYS", 2)
    assert [problem.why for problem in read_ways(rows, SITES).problems] == [why]
