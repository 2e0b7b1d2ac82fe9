"""Cells as people write them: read whole, or given back whole."""

import datetime as dt

import pytest

from upstander.program.directory.content.hours import Hours, is_always, spans
from upstander.program.directory.content.prose import read_hours, read_numbers


@pytest.mark.parametrize(
    ("cell", "numbers", "left"),
    [
        ("(555) 010-0134", [("(555) 010-0134", "", "voice")], False),
        (
            "555.010.0134 x12 / text 555-010-0135",
            [("555.010.0134", "12", "voice"), ("555-010-0135", "", "text")],
            False,
        ),
        (
            "Main: 1-555-010-0134; TTY 555 010 0136",
            [("1-555-010-0134", "", "voice"), ("555 010 0136", "", "tty")],
            False,
        ),
        ("988", [("988", "", "voice")], False),
        ("555-010-0134 (after 6 pm)", [("555-010-0134", "", "voice")], True),
        ("call the office", [], True),
        ("", [], False),
    ],
)
def test_numbers(cell: str, numbers: list[tuple[str, str, str]], left: bool) -> None:
    found, rest = read_numbers(cell)
    assert [(each.number, each.extension, each.kind) for each in found] == numbers
    assert rest == (cell if left else "")


def weekdays(*times: str, days: range | tuple[int, ...] = range(5)) -> tuple[Hours, ...]:
    opens, closes = map(dt.time.fromisoformat, times)
    return tuple(Hours(day, opens, closes) for day in days)


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("Mon-Fri 9am-5pm", weekdays("09:00", "17:00")),
        ("Monday through Friday: 9 to 5 p.m.", weekdays("09:00", "17:00")),
        ("Mon, Wed & Fri 13:00-17:30", weekdays("13:00", "17:30", days=(0, 2, 4))),
        ("Tue 3-7pm; Sat 9am-12pm", weekdays("15:00", "19:00", days=(1,)) + weekdays("09:00", "12:00", days=(5,))),
        ("Fri to Mon 10 pm - 2 am", weekdays("22:00", "02:00", days=(4, 5, 6, 0))),
    ],
)
def test_hours(cell: str, hours: tuple[Hours, ...]) -> None:
    assert read_hours(cell) == (hours, "")


@pytest.mark.parametrize("cell", ["Mon-Fri 9-5", "by appointment", "Mon-Fri 9am-5pm, closed on the 2nd Friday", "13pm"])
def test_hours_that_may_mean_several_things_are_left_to_a_person(cell: str) -> None:
    assert read_hours(cell) == ((), cell)


def test_day_and_night_and_past_midnight() -> None:
    hours, left = read_hours("24/7")
    assert (is_always(hours), left) == (True, "")
    assert spans(weekdays("22:00", "02:00", days=(6,))) == [(0, 120), (10_000 - 40, 10_080)]
