"""Other people's calendars: only times are read, broken files are told with their line, bombs are refused."""

import datetime as dt
import random
import time
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule

from upstander.engines.calendar_files import CalendarRefused, Why, busy_times

PACIFIC = ZoneInfo("America/Los_Angeles")
SINCE = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
UNTIL = dt.datetime(2027, 7, 1, tzinfo=dt.UTC)


def file(*lines: str, kind: str = "VEVENT") -> bytes:
    inner = [f"BEGIN:{kind}", "UID:a@example.org", *lines, f"END:{kind}"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *inner, "END:VCALENDAR", ""]).encode()


def read(*lines: str, kind: str = "VEVENT") -> list[str]:
    """Each stretch in wall times of California."""
    return shown(file(*lines, kind=kind))


def shown(data: bytes) -> list[str]:
    found = busy_times(data, PACIFIC, SINCE, UNTIL)
    return [f"{a.astimezone(PACIFIC):%m-%d %H:%M} {b.astimezone(PACIFIC):%m-%d %H:%M}" for a, b in found]


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART;TZID=America/Los_Angeles:20261118T140000", "DTEND;TZID=America/Los_Angeles:20261118T150000"),
        ("DTSTART;TZID=Pacific Standard Time:20261118T140000", "DURATION:PT1H"),
        ('DTSTART;TZID="/example.org/2020/America/Los_Angeles":20261118T140000', "DURATION:PT60M"),
        ("DTSTART:20261118T220000Z", "DTEND:20261118T230000Z"),
        ("DTSTART:20261118T140000", "DTEND:20261118T150000"),
        ("DTSTART;TZID=America/New_York:20261118T170000", "DTEND;TZID=America/New_York:20261118T180000"),
        ("DTSTART;TZID=America/Los_\r\n Angeles:20261118T140000", "DURATION:PT1H", 'SUMMARY;X="a:b":Lunch'),
    ],
)
def test_the_same_hour_in_every_way_to_write_it(lines: tuple[str, ...]) -> None:
    assert read(*lines) == ["11-18 14:00 11-18 15:00"]


def test_days_last_from_midnight_to_midnight_on_the_wall() -> None:
    assert read("DTSTART;VALUE=DATE:20261101") == ["11-01 00:00 11-02 00:00"]  # 25 hours: clocks go back
    assert read("DTSTART;VALUE=DATE:20270314", "DTEND;VALUE=DATE:20270316") == ["03-14 00:00 03-16 00:00"]


def test_a_weekly_hour_keeps_its_wall_time_over_both_clock_changes() -> None:
    found = read("DTSTART;TZID=America/Los_Angeles:20261025T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=22")
    assert {each[6:11] for each in found} == {"09:00"}
    assert len(found) == 22


@pytest.mark.parametrize("mark", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"])
def test_what_is_free_or_called_off_does_not_count(mark: str) -> None:
    assert read("DTSTART:20261118T140000", "DURATION:PT1H", mark) == []


def test_one_occurrence_is_left_out_and_another_one_moved() -> None:
    series = ("DTSTART:20261102T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20261103T090000")
    moved = ("RECURRENCE-ID:20261104T090000", "DTSTART:20261104T150000", "DURATION:PT30M")
    both = file(*series).replace(b"END:VCALENDAR\r\n", b"") + file(*moved).partition(b"VERSION:2.0\r\n")[2]
    assert shown(both) == [
        "11-02 09:00 11-02 10:00",
        "11-04 15:00 11-04 15:30",
        "11-05 09:00 11-05 10:00",
    ]


def test_free_and_busy_lists_are_read_and_what_touches_is_joined() -> None:
    line = "FREEBUSY;FBTYPE=BUSY:20261118T220000Z/PT1H,20261118T230000Z/20261119T000000Z"
    assert read(line, "FREEBUSY;FBTYPE=FREE:20261120T220000Z/PT1H", kind="VFREEBUSY") == ["11-18 14:00 11-18 16:00"]


@pytest.mark.parametrize(
    ("data", "why", "line"),
    [
        (b"", Why.NOT_A_CALENDAR, None),
        (b"PK\x03\x04\xff", Why.NOT_TEXT, 1),
        (b"<html>", Why.BROKEN_LINE, 1),
        (b"NAME:x\r\n", Why.NOT_A_CALENDAR, 1),
        (file("DTSTART:20261118T140000")[:-20], Why.NOT_CLOSED, 6),
        (file("no colon here"), Why.BROKEN_LINE, 5),
        (file("SUMMARY:Lunch"), Why.NO_START, 3),
        (file("DTSTART:20261318T140000"), Why.BAD_TIME, 5),
        (file("DTSTART:99999999999"), Why.BAD_TIME, 5),
        (file("DTSTART:20261118T140000", "DTEND:20261118T130000"), Why.BAD_TIME, 6),
        (file("DTSTART:20261118T140000", "DURATION:-PT1H"), Why.BAD_TIME, 6),
        (file("DTSTART;TZID=Nowhere/Town:20261118T140000"), Why.UNKNOWN_ZONE, 5),
        (file("DTSTART;TZID=../../etc/passwd:20261118T140000"), Why.UNKNOWN_ZONE, 5),
        (file("DTSTART:20261118T140000", "DURATION:PT1H", "RRULE:FREQ=SECONDLY"), Why.TOO_OFTEN, 7),
        (file("DTSTART:20261118T140000", "DURATION:PT1H", "RRULE:FREQ=DAILY;BYSECOND=1,2"), Why.TOO_OFTEN, 7),
        (file("DTSTART:20261118T140000", "DURATION:PT1H", "RRULE:FREQ=FORTNIGHTLY"), Why.BAD_RULE, 7),
        (file("DTSTART:20261118T140000", "DURATION:PT1H", "RRULE:FREQ=DAILY;INTERVAL=0"), Why.BAD_RULE, 7),
        (file("DTSTART:20261118T140000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=soon"), Why.BAD_RULE, 7),
        (file("DTSTART:00010101T140000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=99999"), Why.TOO_OFTEN, 7),
        (b"x" * 1_000_001, Why.TOO_LARGE, None),
    ],
)
def test_a_broken_file_is_told_with_its_line(data: bytes, why: Why, line: int | None) -> None:
    with pytest.raises(CalendarRefused) as refused:
        busy_times(data, PACIFIC, SINCE, UNTIL)
    assert (refused.value.why, refused.value.line) == (why, line)


def test_rules_that_never_come_true_or_began_long_ago_take_no_time() -> None:
    started = time.perf_counter()
    for rule in (
        "DAILY;BYMONTH=2;BYMONTHDAY=30",
        "YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "MONTHLY;BYMONTHDAY=31;INTERVAL=12",
    ):
        assert read("DTSTART:19700201T090000", "DURATION:PT1H", f"RRULE:FREQ={rule}") == []
    assert len(read("DTSTART:19700201T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY")) == 273
    assert time.perf_counter() - started < 1


RULES = [
    "DAILY;INTERVAL=3",
    "DAILY;BYDAY=MO,FR;UNTIL=20270115T000000",
    "DAILY;BYMONTHDAY=-1,15",
    "WEEKLY;BYDAY=TU,TH;COUNT=31",
    "WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
    "WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=MO",
    "MONTHLY;BYDAY=2TU",
    "MONTHLY;BYDAY=-1FR;INTERVAL=2",
    "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "MONTHLY;BYMONTHDAY=31",
    "MONTHLY;BYDAY=FR;BYMONTHDAY=13",
    "YEARLY;BYMONTH=3,11;BYDAY=1SU",
    "YEARLY;INTERVAL=2",
    "YEARLY;BYDAY=20MO",
    "YEARLY;BYMONTHDAY=1",
]


@pytest.mark.parametrize("rule", RULES)
def test_another_reader_finds_the_same_days(rule: str) -> None:
    rng = random.Random(rule)
    for _ in range(5):
        start = dt.datetime(2026, 1, 1, 9) + dt.timedelta(days=rng.randint(0, 500))
        expected = rrule.rrulestr(f"FREQ={rule}", dtstart=start).between(
            dt.datetime(2026, 10, 1), dt.datetime(2027, 7, 1), inc=True
        )
        days = {each.strftime("%m-%d 09:00") for each in [start, *expected] if "2026-10" <= f"{each:%Y-%m}" < "2027-07"}
        assert {
            each[:11] for each in read(f"DTSTART:{start:%Y%m%dT%H%M%S}", "DURATION:PT1H", f"RRULE:FREQ={rule}")
        } == days
