"""Observances by rule: eight years written down by hand, and what a rule may not do."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from upstander.engines.observances import Beside, Circle, Day, Month, Rule, Weekday, coming, in_year

TABLE = Path(__file__).parents[1] / "golden" / "observances.csv"
JANUARY = {"january": Month(1)}


def rules(text: str) -> dict[str, Rule]:
    kind, *numbers = text.split()
    match kind, [int(number) for number in numbers]:
        case "month", [month]:
            return {"it": Month(month)}
        case "day", [month, day]:
            return {"it": Day(month, day)}
        case "weekday", [month, nth, weekday]:
            return {"it": Weekday(month, nth, weekday)}
        case _, [month, nth, weekday, days]:
            return {"it": Beside("other", days), "other": Weekday(month, nth, weekday)}
        case _, [month, day, days]:
            return {"it": Beside("other", days), "other": Day(month, day)}
    raise AssertionError(text)


def rows() -> list[tuple[str, int, str]]:
    with TABLE.open(newline="") as file:
        return [
            (row["rule"], int(year), said)
            for row in csv.DictReader(file)
            for year, said in row.items()
            if year != "rule"
        ]


@pytest.mark.parametrize(("rule", "year", "said"), rows())
def test_each_year_of_the_table(rule: str, year: int, said: str) -> None:
    first, _, last = said.partition("..")
    span = in_year("it", year, rules(rule))
    assert (str(span.first), str(span.last)) == (first, last or first)


def test_what_is_now_comes_before_what_comes_next() -> None:
    assert coming("january", dt.date(2027, 1, 31), JANUARY).first == dt.date(2027, 1, 1)
    assert coming("january", dt.date(2027, 2, 1), JANUARY).first == dt.date(2028, 1, 1)


def test_what_begins_before_its_year_is_not_passed_over() -> None:
    eve: dict[str, Rule] = {"eve": Beside("new_year", -1), "new_year": Day(1, 1)}
    assert coming("eve", dt.date(2026, 12, 30), eve).first == dt.date(2026, 12, 31)


def test_a_rule_that_leads_to_itself_or_to_none_names_no_day() -> None:
    for ring in ({"a": Beside("b", 1), "b": Beside("a", 1)}, {"a": Beside("nothing", 1)}):
        with pytest.raises(Circle):
            in_year("a", 2027, dict(ring))
