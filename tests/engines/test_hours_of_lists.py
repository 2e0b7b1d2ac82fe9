"""Weekdays and hours as lists write them: read where they are clear, left open where they are not."""

import datetime as dt

import pytest

from upstander.engines.tables.hours import clock, span, weekday


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Monday", 0),
        ("weds.", 2),
        ("Miércoles", 2),
        ("sábado", 5),
        ("THU", 3),
        ("Someday", None),
        ("", None),
        ("3", None),
    ],
)
def test_weekdays(text: str, number: int | None) -> None:
    assert weekday(text) == number


@pytest.mark.parametrize(
    ("text", "time", "is_open"),
    [
        ("14:30", dt.time(14, 30), False),
        ("14:30:00", dt.time(14, 30), False),  # as a workbook's cell of time is read
        ("2:30 PM", dt.time(14, 30), False),
        ("2:30 p. m.", dt.time(14, 30), False),
        ("2pm", dt.time(14), False),
        ("12 AM", dt.time(0), False),
        ("12:15 pm", dt.time(12, 15), False),
        ("8:00", dt.time(8), False),
        ("2:30", dt.time(2, 30), True),
        ("6.45", dt.time(6, 45), True),
    ],
)
def test_hours(text: str, time: dt.time, is_open: bool) -> None:
    found = clock(text)
    assert found
    assert (found.time, found.is_open) == (time, is_open)


@pytest.mark.parametrize("text", ["", "2", "25:00", "14:70", "14:30 pm", "0 AM", "after school", "2026-12-02"])
def test_what_is_no_hour(text: str) -> None:
    assert clock(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("13:30-15:00", dt.time(13, 30), dt.time(15)),
        ("2:00-3:30 PM", dt.time(14), dt.time(15, 30)),
        ("2 – 3:30 p.m.", dt.time(14), dt.time(15, 30)),
        ("11:00 to 1:00 PM", dt.time(11), dt.time(13)),
        ("8:00 AM - 9:30 AM", dt.time(8), dt.time(9, 30)),
        ("8:00 a 9:30", dt.time(8), dt.time(9, 30)),
    ],
)
def test_hours_in_one_cell(text: str, first: dt.time, last: dt.time) -> None:
    found = span(text)
    assert found
    assert [each.time for each in found] == [first, last]
    assert not any(each.is_open for each in found)


@pytest.mark.parametrize("text", ["", "14:00", "-", "8-9-10", "morning - noon", "2:00 PM -"])
def test_what_is_no_span(text: str) -> None:
    assert span(text) is None
