"""Days, distances and proofs, as the planner's pages say them."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from upstander.web.plans.days import stretches
from upstander.web.plans.templatetags.plan_words import weekday
from upstander.web.plans.wording import miles, proven

DECEMBER = 12


@dataclass
class Day:
    on: dt.date
    name: str = "Break"
    kind: str = "closed"
    site_id: int | None = None
    pk: int = 1


def day(number: int, **more: object) -> Day:
    return Day(dt.date(2026, DECEMBER, number), **more)  # type: ignore[arg-type]


def test_a_holiday_goes_over_its_weekend_and_no_further() -> None:
    days = [day(21), day(22), day(24), day(25), day(28), day(31)]
    assert [(each.first.day, each.last.day) for each in stretches(days)] == [(21, 22), (24, 28), (31, 31)]


def test_days_of_another_name_kind_or_site_are_told_apart() -> None:
    days = [day(8), day(9), day(8, site_id=3), day(9, kind="testing"), day(10, name="Fair"), day(15)]
    found = [(each.first.day, each.last.day, each.day.site_id, each.day.name) for each in stretches(days)]
    assert sorted(found, key=str) == [
        (10, 10, None, "Fair"),
        (15, 15, None, "Break"),
        (8, 8, 3, "Break"),
        (8, 9, None, "Break"),
        (9, 9, None, "Break"),
    ]


@pytest.mark.parametrize(("km", "said"), [(0.4, "0 miles"), (1.6, "1 mile"), (3.3, "2 miles")])
def test_one_mile_is_one(km: float, said: str) -> None:
    assert miles(km) == said


@pytest.mark.parametrize(
    ("gap", "says"), [(0.0, "no plan is better in travel and load together"), (0.02, "by more than 2.0 %")]
)
def test_what_is_proven_is_said_plainly(gap: float, says: str) -> None:
    found = proven({"gap": gap, "choices": 1})
    assert says in found
    assert "at most 1 consultant was looked at" in found


def test_a_weekday_begins_a_line_in_either_language() -> None:
    with override("es"):
        assert (weekday(1), weekday(5)) == ("Martes", "Sábado")
        assert date_format(dt.date(2026, 12, 1), "l") == "martes"  # within a sentence it stays small
