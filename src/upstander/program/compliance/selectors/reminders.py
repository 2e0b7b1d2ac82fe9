"""The schedule of reminders in force, who was reminded of what and why not, and who cannot be reached by mail."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import F

from upstander.district.places.selectors import is_school_day
from upstander.foundation.kernel.access import Place, require, scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed
from upstander.foundation.notices.windows import Window
from upstander.program.compliance.content.schedules import Schedule, usual_schedule
from upstander.program.compliance.models import Reminder, ReminderDigest, ReminderSchedule, Requirement
from upstander.program.compliance.selectors.planned import planned
from upstander.program.compliance.selectors.reminder_plan import ADDRESS, PERSON, open_items

SHOWN = 100
WINDOWS = 4  # school days on which a reminder may go out; refused mail is given two
NAMES = """
    SELECT DISTINCT site.sort_key, coalesce(site.name, ''), person.sort_key, person.staff_number,
        person.given_name || ' ' || person.family_name, item.requirement_id, item.due_on
    FROM item JOIN {person} ON person.id = item.person_id
    JOIN undone ON undone.person_id = item.person_id AND undone.requirement_id = item.requirement_id
        AND undone.due_on = item.due_on
    LEFT JOIN places_site site ON site.id = undone.site_id
    LEFT JOIN gone ON gone.person_id = item.person_id
    LEFT JOIN places_siteregion placed ON placed.district_id = %(district)s AND placed.site_id = undone.site_id
        AND placed.superseded_at IS NULL AND placed.starts_on <= %(on)s
        AND (placed.ends_on IS NULL OR placed.ends_on > %(on)s)
    WHERE {address} = '' AND gone.person_id IS NULL
        AND (%(everywhere)s OR undone.site_id = ANY(%(sites)s) OR placed.region_id = ANY(%(regions)s))
    ORDER BY site.sort_key NULLS LAST, person.sort_key, item.due_on"""


@dataclass(frozen=True, slots=True)
class InForce:
    """The schedule that holds, and since when; without a moment it is the one that ships, and nobody is reminded."""

    schedule: Schedule
    is_on: bool
    recorded_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing somebody was reminded of, or was not: whom, of what, at which step, and how it ended."""

    name: str
    title: str
    cycle_on: dt.date
    due_on: dt.date
    days: int
    outcome: str
    recorded_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Unreached:
    """One person without an address who has something to do; somebody has to tell them in person."""

    site: str
    staff_number: str
    name: str
    title: str
    due_on: dt.date


def schedule_in_force(*, actor: Actor) -> InForce:
    """What holds now. Needs `requirements.manage` in the whole district."""
    require(actor, "requirements.manage", Place(actor.district_id))
    return newest_schedule(actor=actor)


def newest_schedule(*, actor: Actor) -> InForce:
    """The same for those who may know that there is one; any actor."""
    row = ReminderSchedule.objects.filter(district_id=actor.district_id).order_by("-recorded_at", "-pk").first()
    if row is None:
        return InForce(usual_schedule(), is_on=False)
    said = Schedule(tuple(row.person_days), row.site_days, row.region_days, row.from_hour, row.until_hour)
    return InForce(said, row.is_on, row.recorded_at)


def is_time_for_mail(*, actor: Actor, schedule: Schedule, local: dt.datetime) -> bool:
    """Whether mail may go out at this local moment: in the schedule's hours of a school day. Any actor."""
    within = schedule.from_hour <= local.hour < schedule.until_hour
    return within and is_school_day(actor=actor, on=local.date())


def next_mail_day(*, actor: Actor, after: dt.date, most: int = 120) -> dt.date | None:
    """The first school day from `after` on, or None where the calendar knows none for so many days. Any actor."""
    days = (after + dt.timedelta(days=number) for number in range(most))
    return next((day for day in days if is_school_day(actor=actor, on=day)), None)


def mail_windows(*, actor: Actor, schedule: Schedule, on: dt.date, zone: ZoneInfo) -> list[Window]:
    """The schedule's hours of the first school days from `on` on: what is late waits for the next. Any actor."""
    found: list[Window] = []
    day = next_mail_day(actor=actor, after=on)
    while day and len(found) < WINDOWS:
        begins, ends = (dt.time(hour, tzinfo=zone) for hour in (schedule.from_hour, schedule.until_hour))
        found.append((dt.datetime.combine(day, begins), dt.datetime.combine(day, ends)))
        day = next_mail_day(actor=actor, after=day + dt.timedelta(days=1))
    return found


def reminder_log(*, actor: Actor, language: str, most: int = SHOWN) -> list[LogLine]:
    """The newest lines of the log. Needs `requirements.manage` in the whole district."""
    require(actor, "requirements.manage", Place(actor.district_id))
    return _lines(actor, language, most)


def own_reminders(*, actor: Actor, language: str) -> list[LogLine]:
    """What the signed-in person was reminded of, newest first; nothing for who is no member of staff here."""
    return _lines(actor, language, SHOWN, person_id=actor.person_id) if actor.person_id else []


def digests_sent(*, actor: Actor, since: dt.date) -> list[tuple[dt.date, int]]:
    """How many digests were written on each day since, newest first. Needs `requirements.manage`."""
    require(actor, "requirements.manage", Place(actor.district_id))
    counts: dict[dt.date, int] = {}
    for day in ReminderDigest.objects.filter(sent_on__gte=since).order_by("-sent_on").values_list("sent_on", flat=True):
        counts[day] = counts.get(day, 0) + 1
    return list(counts.items())


def unreached_people(*, actor: Actor, on: dt.date, language: str) -> list[Unreached]:
    """Who has to be told in person, by site and name, where `people.read` reaches. Raises NotAllowed where nowhere."""
    reach = scope(actor, "people.read")
    if reach.is_empty:
        raise NotAllowed("people.read")
    asked = open_items(actor=actor, schedule=newest_schedule(actor=actor).schedule, on=on)
    if asked is None:
        return []
    tables, values = asked
    values |= {"everywhere": reach.everywhere, "sites": list(reach.site_ids), "regions": list(reach.region_ids)}
    with planned(is_large=True) as cursor:
        cursor.execute(f"WITH {tables} {NAMES.format(person=PERSON, address=ADDRESS)}", values)
        rows = cursor.fetchall()
    titles = titles_of(actor=actor, language=language)
    return [Unreached(site, number, name, titles[what], due) for _, site, _, number, name, what, due in rows]


def titles_of(*, actor: Actor, language: str) -> dict[int, str]:
    """Each requirement's id with the training's name. Any actor."""
    column = "title_es" if language.startswith("es") else "title_en"
    return dict(Requirement.objects.filter(district_id=actor.district_id).values_list("pk", column))


def _lines(actor: Actor, language: str, most: int, **only: object) -> list[LogLine]:
    titles = titles_of(actor=actor, language=language)
    rows = Reminder.objects.filter(district_id=actor.district_id, **only).order_by("-recorded_at", "-pk")
    named = rows.annotate(given=F("person__given_name"), family=F("person__family_name"))
    return [
        LogLine(
            f"{row.given} {row.family}".strip(),
            titles.get(row.requirement_id, ""),
            row.cycle_on,
            row.due_on,
            row.days,
            row.outcome,
            row.recorded_at,
        )
        for row in named[:most]
    ]
