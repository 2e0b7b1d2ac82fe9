"""Days on which nobody is trained, as the planner's page says them."""

import datetime as dt
from dataclasses import dataclass

from upstander.web.plans.days import stretches

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
