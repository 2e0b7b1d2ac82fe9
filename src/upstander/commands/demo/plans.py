"""The year plan of the demo: hours of the sites, travel times, a released plan, and what sites have answered."""

import datetime as dt
import random
from itertools import pairwise
from typing import Any

from upstander.commands.demo.content import content, in_each_district, today
from upstander.commands.demo.training import acting
from upstander.district.places.selectors import school_year_on, sites_for
from upstander.foundation.kernel.actor import Actor
from upstander.program.training.planning.problems import Settings, source_for
from upstander.program.training.selectors.plans import entries_for
from upstander.program.training.selectors.queue import queue_for
from upstander.program.training.services.groups import join_sites
from upstander.program.training.services.plan_answers import answer_for_site
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.plans import make_plan, mark_entry
from upstander.program.training.services.travel import read_travel_file
from upstander.program.training.services.windows import Stretch, add_window

LEAD_DAYS = dt.timedelta(days=8)
MOST_ANSWERS = 24  # each one sends mails; more would make the first start slow
LATEST = dt.timedelta(days=30)  # so near to the year's end nobody plans any more

MANY = 6  # sites to train, from which on two of them are trained together


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Enter the hours everywhere; draft, release and answer a plan where the year still has room for one."""

    def seed_one(of_district: int, plan: dict[str, Any]) -> dict[str, int]:
        on = today(plan, at)
        coordinator = acting(of_district, plan["key"], "coordinator", on)
        windows = _seed_hours(coordinator, at)
        year = school_year_on(actor=coordinator, on=on)
        planned = answered = 0
        if size == "demo" and year is not None and on + LATEST < year.ends_on:
            planned, answered = _seed_plan(coordinator, year, on, at, random.Random(f"{number} plans"))
        return {"windows": windows, "planned": planned, "answered": answered}

    return in_each_district(seed_one)


def _seed_hours(coordinator: Actor, at: dt.datetime) -> int:
    rows = content("hours")["levels"]
    for row in rows:
        times = {name: dt.time.fromisoformat(row[name]) for name in ("starts", "ends")}
        add_window(actor=coordinator, stretch=Stretch(**{**row, **times}), at=at)
    return len(rows)


def _seed_travel(coordinator: Actor, on: dt.date, at: dt.datetime) -> None:
    """A file of the district's own travel times for some ways over the hills, where the estimate is far too short."""
    told = content("hours")["travel"]
    codes = [site.code for site in sites_for(actor=coordinator, on=on).order_by("code")[: told["sites"]]]
    ways = [[one, other, str(told["minutes"])] for one, other in pairwise(codes)]
    read_travel_file(actor=coordinator, rows=[["from", "to", "minutes"], *ways], at=at)


def _join_two(coordinator: Actor, year: Any, settings: Settings, in_queue: set[int], at: dt.datetime) -> None:
    """The two smallest sites that asked for nothing themselves share one session, where there are many to train."""
    source = source_for(actor=coordinator, year=year, settings=settings, at=at)
    known = [source.sites[ref] for ref in source.free] if source else []
    free = sorted((each for each in known if each.site.pk not in in_queue), key=lambda each: each.head_count)
    if len(free) >= MANY:
        guest, host = free[:2]
        guests = (guest.site.ref,)
        join_sites(actor=coordinator, year=year, host_ref=host.site.ref, guest_refs=guests, at=at)


def _seed_plan(coordinator: Actor, year: Any, on: dt.date, at: dt.datetime, rng: random.Random) -> tuple[int, int]:
    """What sites asked for themselves stays in the queue, where somebody is to try it."""
    _seed_travel(coordinator, on, at)
    settings = Settings(on + LEAD_DAYS)
    in_queue = {line.request.site_id for line in queue_for(actor=coordinator, at=at)}
    _join_two(coordinator, year, settings, in_queue, at)
    plan = make_plan(actor=coordinator, year=year, settings=settings, at=at)
    for entry in entries_for(actor=coordinator, plan=plan):
        if entry.site_id in in_queue and entry.session is None:
            mark_entry(actor=coordinator, ref=entry.ref, step="left_out", at=at)
    outcome = release_plan(actor=coordinator, ref=plan.ref, at=at)
    hosts = {entry.host_id for entry in outcome.proposed if entry.host_id}
    together = [entry for entry in outcome.proposed if entry.host_id or entry.pk in hosts]  # these accept
    alone = [entry for entry in outcome.proposed if entry not in together]
    asked = [*together, *rng.sample(alone, len(alone))]
    shares = content("hours")["answers"]
    accepted = min(len(asked) * shares["accepted"] // 100, MOST_ANSWERS)
    declined = min(-(-len(asked) * shares["declined"] // 100), len(asked) - accepted)
    for number, entry in enumerate(asked[: accepted + declined]):
        answer_for_site(actor=coordinator, ref=entry.ref, is_accepted=number < accepted, at=at)
    return len(outcome.proposed), accepted + declined
