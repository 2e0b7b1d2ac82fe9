"""Days, distances and proofs, as the planner's pages say them."""

import datetime as dt

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from upstander.web.plans.templatetags.plan_words import weekday
from upstander.web.plans.wording import miles, proven


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
