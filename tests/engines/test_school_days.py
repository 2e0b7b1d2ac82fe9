"""A school-day clock against a calendar: weekends, closed days and the summer do not count; nothing is guessed."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upstander.engines.school_days import SchoolDays, Year, due_on

AUTUMN = Year(dt.date(2026, 8, 17), dt.date(2026, 12, 19), frozenset({dt.date(2026, 11, 26), dt.date(2026, 11, 27)}))
SPRING = Year(dt.date(2027, 1, 4), dt.date(2027, 6, 5))


@pytest.mark.parametrize(
    ("received", "days", "expected"),
    [
        ("2026-11-16", 1, "2026-11-17"),
        ("2026-11-20", 1, "2026-11-23"),  # a Friday: the weekend does not count
        ("2026-11-21", 1, "2026-11-23"),  # received on a Saturday
        ("2026-11-25", 1, "2026-11-30"),  # two closed days and a weekend
        ("2026-12-18", 1, "2027-01-04"),  # the winter break lies between two terms
        ("2026-07-01", 5, "2026-08-21"),  # received in summer: the first school week
        ("2027-06-04", 1, None),  # the calendar ends: a person has to say
        ("2030-01-01", 1, None),
    ],
)
def test_due_on(received: str, days: int, expected: str | None) -> None:
    found = due_on(dt.date.fromisoformat(received), SchoolDays("any", days), [AUTUMN, SPRING])
    assert found == (dt.date.fromisoformat(expected) if expected else None)


def test_without_a_calendar_nothing_is_guessed() -> None:
    assert due_on(dt.date(2026, 11, 16), SchoolDays("any", 1), []) is None


@settings(deadline=None)
@given(
    received=st.dates(dt.date(2026, 7, 1), dt.date(2027, 7, 1)),
    days=st.integers(1, 60),
    closed=st.frozensets(st.dates(dt.date(2026, 8, 17), dt.date(2026, 12, 18)), max_size=20),
)
def test_agrees_with_a_list_of_all_school_days(received: dt.date, days: int, closed: frozenset[dt.date]) -> None:
    autumn = Year(AUTUMN.starts_on, AUTUMN.ends_on, closed)
    everyday = [dt.date(2026, 7, 1) + dt.timedelta(days=n) for n in range(400)]
    school = [
        day
        for day in everyday
        if day.isoweekday() < 6
        and ("2026-08-17" <= str(day) <= "2026-12-18" and day not in closed or "2027-01-04" <= str(day) <= "2027-06-04")
    ]
    left = [day for day in school if day > received]
    expected = left[days - 1] if len(left) >= days else None
    assert due_on(received, SchoolDays("any", days), [autumn, SPRING]) == expected


def test_a_duty_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="0 school days"):
        SchoolDays("any", 0)
