"""Calendar files, read back by three parsers, around both clock changes."""

import datetime as dt
import io
from dataclasses import replace
from zoneinfo import ZoneInfo

import icalendar
import ics
import pytest
import vobject
from dateutil import tz

from upstander.engines.invitations import Closed, Entry, Meeting, cancel, feed, request

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


def entries() -> list[Entry]:
    return [
        Entry(
            uid=f"{number}@example.org",
            sequence=number,
            starts_at=moment,
            ends_at=moment + dt.timedelta(hours=1),
            zone=PACIFIC,
            summary="Staff session; Room 5",
            place="Room 5, Cedar High",
            changed_at=STAMP,
            is_tentative=number == 1,
        )
        for number, (_wall, moment) in enumerate(STARTS)
    ]


def test_three_parsers_read_a_feed_with_both_clock_changes_and_a_recess() -> None:
    recess = [Closed("c1@example.org", dt.date(2026, 11, 26), "No school: Thanksgiving")]
    text = feed("Cedar High", PACIFIC, entries(), recess)
    moments = [moment for _wall, moment in STARTS]
    by_one = icalendar.Calendar.from_ical(text)
    timed = [event for event in by_one.walk("VEVENT") if isinstance(event.decoded("dtstart"), dt.datetime)]
    assert [event.decoded("dtstart").astimezone(dt.UTC) for event in timed] == moments
    assert by_one.walk("VEVENT")[-1].decoded("dtstart") == dt.date(2026, 11, 26)
    by_two = ics.Calendar(text).events
    assert sorted(event.begin.datetime for event in by_two if not event.all_day) == moments
    assert [event.begin.date() for event in by_two if event.all_day] == [dt.date(2026, 11, 26)]
    by_three = [event.dtstart.value for event in vobject.readOne(text).vevent_list]
    assert [value.astimezone(dt.UTC) for value in by_three if isinstance(value, dt.datetime)] == moments
    assert len(by_one.walk("VTIMEZONE")) == 1
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_the_same_entries_give_the_same_feed_and_nobody_stands_in_it() -> None:
    text = feed("Cedar High", PACIFIC, entries())
    assert text == feed("Cedar High", PACIFIC, entries())
    assert "ATTENDEE" not in text and "ORGANIZER" not in text
    assert text.count("STATUS:TENTATIVE") == 1
    assert feed("Nothing yet", PACIFIC, []).count("VEVENT") == 0


def test_an_invitation_has_what_mail_programs_ask_for() -> None:
    """RFC 5546, 3.2.2 and 3.2.5: what a REQUEST and a CANCEL must hold, and one attendee each."""
    for draw in (request, cancel):
        (event,) = icalendar.Calendar.from_ical(draw(meeting(STARTS[0][1]))).walk("VEVENT")
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "ORGANIZER", "ATTENDEE"} <= set(event)
        assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
        assert event.decoded("dtstamp").utcoffset() == dt.timedelta(0)


@pytest.mark.parametrize("key", ["America/Los_Angeles", "America/Phoenix", "Europe/Berlin", "Pacific/Auckland"])
def test_the_zone_is_told_by_rules_that_another_reader_follows_for_years(key: str) -> None:
    text = feed("x", ZoneInfo(key), [replace(entries()[0], zone=ZoneInfo(key))])
    zone = tz.tzical(io.StringIO(text)).get()
    for day in range(0, 5 * 365, 5):
        noon = dt.datetime(2026, 1, 1, 12) + dt.timedelta(days=day)
        assert noon.replace(tzinfo=zone).utcoffset() == noon.replace(tzinfo=ZoneInfo(key)).utcoffset()
