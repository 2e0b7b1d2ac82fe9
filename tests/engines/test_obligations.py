"""Cycles of a requirement: which edition governs which stretch, and that no stretch is governed twice."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from upstander.engines.obligations import Cadence, Cycle, Edition, cycles, months_later

DAY = dt.date.fromisoformat
YEARS = [
    (DAY("2024-08-12"), DAY("2025-06-07")),
    (DAY("2025-08-11"), DAY("2026-06-06")),
    (DAY("2026-08-10"), DAY("2027-06-05")),
]
UNTIL = DAY("2029-01-01")


def edition(key: int, first: str, end: str | None, cadence: Cadence = Cadence.SCHOOL_YEAR, **more: int) -> Edition:
    return Edition(key, cadence, DAY(first), DAY(end) if end else None, **more)


def told(found: list[Cycle]) -> list[tuple[int, str, str | None]]:
    return [(cycle.key, f"{cycle.opens_on}", f"{cycle.closes_on}" if cycle.closes_on else None) for cycle in found]


def test_each_school_year_belongs_to_the_edition_of_its_first_day() -> None:
    rows = [edition(1, "2024-07-01", "2025-12-01", opens_days=10), edition(2, "2025-12-01", None, opens_days=20)]
    assert told(cycles(rows, YEARS, UNTIL)) == [
        (1, "2024-08-02", "2025-08-01"),
        (1, "2025-08-01", "2026-07-21"),
        (2, "2026-07-21", None),
    ]


def test_a_requirement_that_begins_in_a_year_asks_for_the_rest_of_it() -> None:
    (first, _next) = cycles([edition(1, "2025-11-16", None)], YEARS, UNTIL)
    assert (first.starts_on, first.floor_on) == (DAY("2025-08-11"), DAY("2025-11-16"))


def test_a_requirement_that_begins_in_summer_asks_from_the_next_year_on() -> None:
    assert [cycle.starts_on for cycle in cycles([edition(1, "2026-07-01", None)], YEARS, UNTIL)] == [DAY("2026-08-10")]


def test_what_ends_closes_its_last_cycle_and_another_cadence_starts_afresh() -> None:
    rows = [
        edition(1, "2025-07-01", "2026-01-01"),
        edition(2, "2026-01-01", "2027-01-01", Cadence.FIXED, every_months=6),
    ]
    assert told(cycles(rows, YEARS, UNTIL)) == [
        (1, "2025-08-11", "2026-01-01"),
        (2, "2026-01-01", "2026-07-01"),
        (2, "2026-07-01", "2027-01-01"),
    ]


def test_the_last_day_of_a_long_month_stays_in_short_ones() -> None:
    assert months_later(DAY("2026-08-31"), 6) == DAY("2027-02-28")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.integers(0, 1000), st.sampled_from([Cadence.SCHOOL_YEAR, Cadence.FIXED]), st.integers(0, 40)),
        max_size=5,
        unique_by=lambda each: each[0],
    )
)
def test_no_day_is_in_two_cycles_however_a_requirement_was_edited(made: list[tuple[int, Cadence, int]]) -> None:
    made.sort()
    days = [YEARS[0][0] + dt.timedelta(days=number - 60) for number, _, _ in made]
    rows = [
        Edition(key, cadence, days[key], days[key + 1] if key + 1 < len(days) else None, 7, opens)
        for key, (_, cadence, opens) in enumerate(made)
    ]
    found = cycles(rows, YEARS, UNTIL)
    for one, other in zip(found, found[1:], strict=False):
        assert one.closes_on is not None
        assert one.closes_on <= other.opens_on


@pytest.mark.parametrize("cadence", [Cadence.ROLLING, Cadence.HIRE_DATE])
def test_what_goes_by_the_person_has_no_cycle_for_everybody(cadence: Cadence) -> None:
    assert cycles([edition(1, "2024-07-01", None, cadence)], YEARS, UNTIL) == []
