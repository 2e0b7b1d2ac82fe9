"""Setting the schedule of reminders, and writing one day's: at most one mail a person and week."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places.selectors import district_of
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid
from upstander.foundation.notices.services import Draft, Recipient, post_notices
from upstander.program.compliance import events
from upstander.program.compliance.content.schedules import Schedule
from upstander.program.compliance.models import Reminder, ReminderDigest, ReminderSchedule
from upstander.program.compliance.selectors.reminder_mail import KIND, mail_facts
from upstander.program.compliance.selectors.reminder_plan import Told, reminders_planned
from upstander.program.compliance.selectors.reminders import is_time_for_mail, mail_windows, newest_schedule, titles_of

LOCK = 4_712  # the class of advisory locks; the district's id is the other half
BATCH = 5_000
WEEK = dt.timedelta(days=7)
FIRST_DAY, LAST_DAY, MOST_STEPS = -90, 120, 6
EARLIEST_HOUR, LATEST_HOUR = 6, 21


@transaction.atomic
def set_schedule(*, actor: Actor, schedule: Schedule, is_on: bool, at: dt.datetime) -> None:
    """Let `schedule` hold from now on, with reminders or, where not `is_on`, none. Needs `requirements.manage`.

    Raises Invalid for days or hours outside what the district may choose.
    """
    require(actor, "requirements.manage", Place(actor.district_id))
    _check(schedule)
    row = ReminderSchedule(
        district_id=actor.district_id,
        is_on=is_on,
        recorded_at=at,
        recorded_by=actor.name,
        **asdict(schedule) | {"person_days": sorted(set(schedule.person_days))},
    )
    row.save(force_insert=True)
    record(events.REMINDERS_SET, actor=actor, subject=row.ref, at=at, is_on=is_on)


@transaction.atomic
def write_reminders(*, actor: Actor, at: dt.datetime) -> int:
    """Write this day's digests and the log, and queue their sending; gives how many. Needs `requirements.manage`.

    Does nothing outside the schedule's hours, on days without school, and while reminders are off; what a mail server
    refuses for a while waits for such hours too. All or nothing: killed in the middle nothing is written, and a second
    run waits for the first and then finds all done.
    """
    require(actor, "requirements.manage", Place(actor.district_id))
    zone, in_force = ZoneInfo(district_of(actor=actor).zone), newest_schedule(actor=actor)
    local = at.astimezone(zone)
    if not in_force.is_on or not is_time_for_mail(actor=actor, schedule=in_force.schedule, local=local):
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, actor.district_id])
    on = local.date()
    told = reminders_planned(actor=actor, schedule=in_force.schedule, on=on)
    mailed = [each for each in told if each.outcome == "mailed"]
    ReminderDigest.objects.bulk_create((_digest(actor, each, on, at) for each in mailed), batch_size=BATCH)
    Reminder.objects.bulk_create(_log(actor, told, at), batch_size=BATCH, ignore_conflicts=True)
    titles = {code: titles_of(actor=actor, language=code) for code in ("en", "es")}
    drafts = [_draft(each, titles, on) for each in mailed]
    if drafts:
        windows = mail_windows(actor=actor, schedule=in_force.schedule, on=on, zone=zone)
        post_notices(actor=actor, kind=KIND, drafts=drafts, at=at, windows=windows)
        record(events.REMINDED, actor=actor, subject="reminders", at=at, count=len(mailed))
    return len(mailed)


def _draft(told: Told, titles: dict[str, dict[int, str]], on: dt.date) -> Draft:
    facts = mail_facts(told, titles, on, told.language)
    return Draft(Recipient(told.address, told.language), f"reminder:{told.ref}:{on}", facts)


def _check(schedule: Schedule) -> None:
    days = [*schedule.person_days, *(day for day in (schedule.site_days, schedule.region_days) if day is not None)]
    if len(set(schedule.person_days)) > MOST_STEPS or not all(FIRST_DAY <= day <= LAST_DAY for day in days):
        raise Invalid(_("Choose at most six days, from 90 before to 120 after the day it is due."), "person_days")
    if not EARLIEST_HOUR <= schedule.from_hour < schedule.until_hour <= LATEST_HOUR:
        raise Invalid(_("Choose hours between 6 in the morning and 9 in the evening."), "until_hour")


def _digest(actor: Actor, told: Told, on: dt.date, at: dt.datetime) -> ReminderDigest:
    return ReminderDigest(
        district_id=actor.district_id,
        person_id=told.person_id,
        sent_on=on,
        free_on=on + WEEK,
        items_count=len(told.items),
        sites_count=len(told.sites),
        regions_count=len(told.regions),
        recorded_at=at,
    )


def _log(actor: Actor, told: Sequence[Told], at: dt.datetime) -> Iterator[Reminder]:
    """One line a thing and step; who waits for the week to end is told later and has no line yet."""
    for each in told:
        if each.outcome != "waits":
            for item in each.items:
                yield Reminder(
                    district_id=actor.district_id,
                    person_id=each.person_id,
                    requirement_id=item["requirement"],
                    cycle_on=item["cycle_on"],
                    due_on=item["due_on"],
                    days=item["days"],
                    outcome=each.outcome,
                    recorded_at=at,
                )
