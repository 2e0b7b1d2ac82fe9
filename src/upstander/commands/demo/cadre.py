"""What goes on around the Cadre of the demo: consultations under way, sites kept apart, usual sessions of sites."""

import datetime as dt
import random
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from zoneinfo import ZoneInfo

from upstander.commands.demo.content import in_each_district, today
from upstander.commands.demo.training import acting
from upstander.district.places.selectors import region_of, sites_for
from upstander.foundation.kernel.actor import Actor
from upstander.program.training.selectors.cadre import cadre_for
from upstander.program.training.selectors.own_work import coming_work
from upstander.program.training.services.call_backs import Call, hand_back_call, note_call, take_call_back
from upstander.program.training.services.members import Apart, hold_fact
from upstander.program.training.services.requests import Wish, request_training
from upstander.program.training.services.usual import Usual, set_usual_session

DAY = dt.timedelta(days=1)
FRIDAY = 4
# How long ago it was asked for; whether the demo's consultant has taken it, and how the call ended.
CALLS = ((16, "answered"), (9, "session_next"), (7, "not_reached"), (3, "in hand"), (1, ""), (0, ""))
ABOUT = (
    ("leaders", ["planning"], ["late"]),
    ("staff", ["procedures", "reporting"], ["early", "midday"]),
    ("caregivers", ["families"], ["afternoon", "late"]),
    ("partners", ["partners"], ["morning"]),
)
APART = ("tie", "site", "consultant")
USUAL = (Usual("online", ("en",)), Usual("in_person", ("en", "es")), Usual("in_person", ("en",), is_alone=True))


@dataclass(frozen=True)
class Stage:
    """One district: who acts, and its schools, those of the consultant's region first."""

    at: dt.datetime
    zone: ZoneInfo
    coordinator: Actor
    consultant: Actor
    schools: list[Any]


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Let the first district's Cadre be at work; the second one is smaller and quiet."""

    def seed_one(of_district: int, plan: dict[str, Any]) -> dict[str, int]:
        if plan["key"] != "alder-valley":
            return {}
        stage = _stage(of_district, plan, at, random.Random(f"{number} cadre"))
        return {"consultations": _seed_calls(stage), "apart": _seed_apart(stage), "usual": _seed_usual(stage)}

    return in_each_district(seed_one)


def _stage(of_district: int, plan: dict[str, Any], at: dt.datetime, rng: random.Random) -> Stage:
    on = today(plan, at)
    coordinator, consultant = (acting(of_district, plan["key"], post, on) for post in ("coordinator", "cadre_member"))
    lines = cadre_for(actor=coordinator, at=at)
    home = next((line.region for line in lines if line.member.person_id == consultant.person_id), None)
    schools = list(sites_for(actor=coordinator, on=on, kind="school").order_by("code"))
    rng.shuffle(schools)
    schools.sort(key=lambda site: region_of(actor=coordinator, site=site, on=on) != home)
    return Stage(at, ZoneInfo(plan["zone"]), coordinator, consultant, schools)


def _seed_calls(stage: Stage) -> int:
    """Of every age and ending; what was asked for first is the longest over."""
    for (age, end), site, (audience, topics, times) in zip(CALLS, stage.schools, cycle(ABOUT), strict=False):
        asked_at = _workday(stage.at - age * DAY, -DAY)
        taken_at = _workday(asked_at + DAY, DAY)
        answers = {"topics": topics, "call_times": times}
        wish = Wish(site.ref, audience, languages=("en",), kind="consultation", answers=answers, twice_is_meant=True)
        ref = request_training(actor=stage.coordinator, wish=wish, at=asked_at).ref
        if end:
            take_call_back(actor=stage.consultant, ref=ref, at=taken_at)
        if end == "not_reached":
            hand_back_call(actor=stage.consultant, ref=ref, reason=end, at=_workday(taken_at + DAY, DAY))
        elif end and end != "in hand":
            made_at = _workday(taken_at + DAY, DAY)
            made_on = made_at.astimezone(stage.zone).date()
            note_call(actor=stage.consultant, ref=ref, call=Call(end, made_on, 20), at=made_at)
    return len(CALLS)


def _workday(moment: dt.datetime, step: dt.timedelta) -> dt.datetime:
    """The moment itself, or the next one in steps that is not on a weekend."""
    while moment.weekday() > FRIDAY:
        moment += step
    return moment


def _seed_apart(stage: Stage) -> int:
    """Some consultants do not come to a site, and hold no session there."""
    lines = [line for line in cadre_for(actor=stage.coordinator, at=stage.at)[1:] if line.region]
    for line, reason, site in zip(lines, APART, reversed(stage.schools), strict=False):
        coming = coming_work(actor=stage.coordinator, member=line.member, at=stage.at)
        if site.pk not in {each.assignment.site_id for each in coming}:
            since = stage.at.date() - 30 * DAY
            who, what = line.member.ref, Apart(site.ref, reason)
            hold_fact(actor=stage.coordinator, member_ref=who, what=what, starts_on=since, at=stage.at)
    return len(APART)


def _seed_usual(stage: Stage) -> int:
    for usual, site in zip(USUAL, stage.schools[8:], strict=False):
        set_usual_session(actor=stage.coordinator, site_ref=site.ref, usual=usual, at=stage.at)
    return len(USUAL)
