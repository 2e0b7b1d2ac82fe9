"""Calendar files that calendars read: one meeting, asked for or called off (RFC 5545, RFC 5546)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

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


def request(meeting: Meeting) -> str:
    """The file that puts the meeting into a calendar."""
    return _file(meeting, "REQUEST", "CONFIRMED")


def cancel(meeting: Meeting) -> str:
    """The file that takes the meeting out again."""
    return _file(meeting, "CANCEL", "CANCELLED")


def _file(meeting: Meeting, method: str, status: str) -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_zone(meeting))
    calendar.add_component(_event(meeting, status))
    return str(calendar.to_ical().decode())


def _zone(meeting: Meeting) -> Timezone:
    """The zone's own rules around the meeting, so that a calendar without a zone table shows the right hour."""
    year = timedelta(days=366)
    first, last = (meeting.starts_at - year).date(), (meeting.ends_at + year).date()
    return Timezone.from_tzinfo(meeting.zone, meeting.zone.key, first_date=first, last_date=last)


def _event(meeting: Meeting, status: str) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.stamped_at)
    event.add("dtstart", meeting.starts_at.astimezone(meeting.zone))
    event.add("dtend", meeting.ends_at.astimezone(meeting.zone))
    event.add("summary", meeting.summary)
    event.add("location", vText(meeting.place))
    event.add("description", meeting.description)
    event.add("status", status)
    event.add("organizer", vCalAddress(f"mailto:{meeting.organizer}"))
    attendee = vCalAddress(f"mailto:{meeting.attendee}")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee, encode=False)
    return event
