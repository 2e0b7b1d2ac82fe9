"""Calendar files, read back by three parsers, around both clock changes."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import ics
import pytest
import vobject

from upstander.engines.invitations import Meeting, cancel, request

PACIFIC = ZoneInfo("America/Los_Angeles")
STAMP = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)
# Wall times around the end (1 November 2026) and the start (14 March 2027) of daylight time, and their moments.
STARTS = [
    (dt.datetime(2026, 10, 30, 15, 0), dt.datetime(2026, 10, 30, 22, 0, tzinfo=dt.UTC)),
    (dt.datetime(2026, 11, 1, 8, 0), dt.datetime(2026, 11, 1, 16, 0, tzinfo=dt.UTC)),
    (dt.datetime(2026, 11, 2, 15, 0), dt.datetime(2026, 11, 2, 23, 0, tzinfo=dt.UTC)),
    (dt.datetime(2027, 3, 12, 8, 0), dt.datetime(2027, 3, 12, 16, 0, tzinfo=dt.UTC)),
    (dt.datetime(2027, 3, 14, 8, 0), dt.datetime(2027, 3, 14, 15, 0, tzinfo=dt.UTC)),
    (dt.datetime(2027, 3, 15, 8, 0), dt.datetime(2027, 3, 15, 15, 0, tzinfo=dt.UTC)),
]


def meeting(starts_at: dt.datetime, sequence: int = 1) -> Meeting:
    return Meeting(
        uid="ABCDEF012345@example.org",
        sequence=sequence,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=90),
        zone=PACIFIC,
        summary="Staff session at Cedar High, Room 5; bring a phone",
        place="Room 5, Cedar High, 1 Élm Street, Alder",
        description="Held by Álex Rivera.",
        organizer="no-reply@example.org",
        attendee="consultant@example.org",
        stamped_at=STAMP,
    )


def by_icalendar(text: str) -> tuple[dt.datetime, dt.datetime]:
    event = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    return event.decoded("dtstart"), event.decoded("dtend")


def by_ics(text: str) -> tuple[dt.datetime, dt.datetime]:
    (event,) = ics.Calendar(text).events
    return event.begin.datetime, event.end.datetime


def by_vobject(text: str) -> tuple[dt.datetime, dt.datetime]:
    event = vobject.readOne(text).vevent
    return event.dtstart.value, event.dtend.value


@pytest.mark.parametrize("read", [by_icalendar, by_ics, by_vobject])
@pytest.mark.parametrize(("wall", "moment"), STARTS)
def test_three_parsers_read_the_same_moments(read: object, wall: dt.datetime, moment: dt.datetime) -> None:
    for draw in (request, cancel):
        starts, ends = read(draw(meeting(moment)))  # type: ignore[operator]
        assert starts.astimezone(dt.UTC) == moment
        assert ends - starts == dt.timedelta(minutes=90)
        assert f"DTSTART;TZID=America/Los_Angeles:{wall:%Y%m%dT%H%M%S}" in draw(meeting(moment))


def test_a_request_and_its_cancellation_belong_together() -> None:
    first = icalendar.Calendar.from_ical(request(meeting(STARTS[0][1], 1)))
    second = icalendar.Calendar.from_ical(cancel(meeting(STARTS[0][1], 2)))
    assert [str(each["METHOD"]) for each in (first, second)] == ["REQUEST", "CANCEL"]
    events = [each.walk("VEVENT")[0] for each in (first, second)]
    assert events[0]["UID"] == events[1]["UID"]
    assert [int(str(event["SEQUENCE"])) for event in events] == [1, 2]
    assert [str(event["STATUS"]) for event in events] == ["CONFIRMED", "CANCELLED"]


def test_the_zone_carries_both_clock_changes_and_lines_are_short() -> None:
    text = request(meeting(STARTS[0][1]))
    zone = icalendar.Calendar.from_ical(text).walk("VTIMEZONE")[0]
    assert {part.name for part in zone.subcomponents} == {"DAYLIGHT", "STANDARD"}
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_special_characters_survive() -> None:
    event = icalendar.Calendar.from_ical(request(meeting(STARTS[0][1]))).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == "Staff session at Cedar High, Room 5; bring a phone"
    assert str(event["LOCATION"]) == "Room 5, Cedar High, 1 Élm Street, Alder"
