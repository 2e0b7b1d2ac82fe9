"""Calendar files that calendars read: one meeting, asked for or called off (RFC 5545, RFC 5546), and whole feeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from upstander.engines.zones import zone_part

PRODUCT = "-//Upstander//Training//EN"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. `uid` never changes; `sequence` grows with every change of what was sent before."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo
    summary: str
    place: str
    description: str
    organizer: str  # e-mail addresses
    attendee: str
    stamped_at: datetime
    address: str = ""  # where it is joined from afar


def request(meeting: Meeting) -> str:
    """The file that puts the meeting into a calendar."""
    return _file(meeting, "REQUEST", "CONFIRMED")


def cancel(meeting: Meeting) -> str:
    """The file that takes the meeting out again."""
    return _file(meeting, "CANCEL", "CANCELLED")


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting of a feed: when and where, never with whom. `changed_at` is when it last became what it is."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo
    summary: str
    place: str
    changed_at: datetime
    is_tentative: bool = False
    address: str = ""  # where it is joined from afar


@dataclass(frozen=True, slots=True)
class Closed:
    """A day without school or an observance, as a feed shows it: all day long, and nobody is taken by it."""

    uid: str
    on: date
    summary: str
    days: int = 1
    address: str = ""  # of a page that tells more


def feed(name: str, zone: ZoneInfo, entries: Sequence[Entry], closed: Sequence[Closed] = ()) -> str:
    """A calendar to subscribe to, as of its entries alone: the same entries give the same file to the byte."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("x-published-ttl", "PT1H")
    for each in sorted({entry.zone.key for entry in entries}):
        of_zone = [entry for entry in entries if entry.zone.key == each]
        calendar.add_component(zone_part(each, of_zone[0].starts_at.year, of_zone[-1].ends_at.year))
    for entry in entries:
        calendar.add_component(_entry(entry))
    for day in closed:
        calendar.add_component(_closed(day))
    return str(calendar.to_ical().decode())


def _entry(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(entry.zone))
    event.add("dtend", entry.ends_at.astimezone(entry.zone))
    event.add("summary", entry.summary)
    event.add("location", vText(entry.place))
    if entry.address:
        event.add("url", entry.address)
    event.add("status", "TENTATIVE" if entry.is_tentative else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def _closed(day: Closed) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", datetime.combine(day.on, time(), UTC))
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=day.days))
    event.add("summary", day.summary)
    if day.address:
        event.add("url", day.address)
    event.add("transp", "TRANSPARENT")
    return event


def _file(meeting: Meeting, method: str, status: str) -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(zone_part(meeting.zone.key, meeting.starts_at.year, meeting.ends_at.year))
    calendar.add_component(_event(meeting, status))
    return str(calendar.to_ical().decode())


def _event(meeting: Meeting, status: str) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.stamped_at)
    event.add("dtstart", meeting.starts_at.astimezone(meeting.zone))
    event.add("dtend", meeting.ends_at.astimezone(meeting.zone))
    event.add("summary", meeting.summary)
    event.add("location", vText(meeting.place))
    if meeting.address:
        event.add("url", meeting.address)
    event.add("description", meeting.description)
    event.add("status", status)
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    event.add("organizer", vCalAddress(f"mailto:{meeting.organizer}"))
    attendee = vCalAddress(f"mailto:{meeting.attendee}")
    # Nobody has to answer: who is invited was asked before. Outlook shows its buttons only for a needed answer.
    attendee.params["CUTYPE"] = vText("INDIVIDUAL")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee, encode=False)
    return event
