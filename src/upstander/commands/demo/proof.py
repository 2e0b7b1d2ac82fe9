"""What proves the demo's year: one certification of many, a pack for auditors, reminders that went out."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from upstander.commands.demo.content import in_each_district, today
from upstander.commands.demo.people import ALDER
from upstander.commands.demo.training import acting
from upstander.district.places.selectors import is_school_day, school_year_on, sites_for
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.content.schedules import usual_schedule
from upstander.program.compliance.selectors.packs.making import make_pack
from upstander.program.compliance.selectors.packs.rows import Question
from upstander.program.compliance.services import ask_for_pack, certify_site, keep_pack, set_schedule, write_reminders
from upstander.program.compliance.services.packs import SETTLES

DAY = dt.timedelta(days=1)
LOOKED_BACK = 21  # in the summer there is no school day so near, and nobody is reminded


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Certify and pack in the large district; remind in the small one, whose few mails a first start can send."""

    def seed_one(of_district: int, plan: dict[str, Any]) -> dict[str, int]:
        on = today(plan, at)
        coordinator = acting(of_district, plan["key"], "coordinator", on)
        if plan["key"] != ALDER:
            return {"reminders": _remind(coordinator, on, ZoneInfo(plan["zone"]))}
        if size == "demo":  # what the steps before wrote belongs to the pack: nothing else is being written
            _pack(coordinator, Question(on, at, "en"), at + SETTLES)
        return {"certified": _certify(of_district, on, at)}

    return in_each_district(seed_one)


def _pack(coordinator: Actor, of: Question, at: dt.datetime) -> None:
    """The queued job will find it made: the demo shows a pack at once."""
    file = ask_for_pack(actor=coordinator, of=of, at=at)
    keep_pack(actor=coordinator, ref=file.ref, made=make_pack(actor=coordinator, of=of), at=at)


def _certify(of_district: int, on: dt.date, at: dt.datetime) -> int:
    """The demo's own principal has reviewed their school; all others have still to do so."""
    principal = acting(of_district, ALDER, "site_administrator", on)
    if school_year_on(actor=principal, on=on) is None:
        return 0
    site = sites_for(actor=principal, on=on, capability="proof.certify").get()
    certify_site(actor=principal, site=site, today=on, at=at)
    return 1


def _remind(coordinator: Actor, on: dt.date, zone: ZoneInfo) -> int:
    """One day's reminders, on the last school day; who has no address stands in the log, to be told in person."""
    days = (on - number * DAY for number in range(1, LOOKED_BACK))
    day = next((each for each in days if is_school_day(actor=coordinator, on=each)), None)
    if day is None:
        return 0
    schedule = usual_schedule()
    at = dt.datetime.combine(day, dt.time(schedule.from_hour), zone)
    set_schedule(actor=coordinator, schedule=schedule, is_on=True, at=at - DAY)
    return write_reminders(actor=coordinator, at=at)
