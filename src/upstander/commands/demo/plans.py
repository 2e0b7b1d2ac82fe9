"""The year plan of the demo: hours of the sites, travel times, a released plan, and what sites have answered."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from upstander.commands.demo.content import content, in_each_district, today
from upstander.commands.demo.training import acting, administrators_site
from upstander.district.places.selectors import school_year_on, sites_for
from upstander.foundation.kernel.actor import Actor
from upstander.program.training.planning.problems import Settings, Source, source_for
from upstander.program.training.selectors.plans import entries_for
from upstander.program.training.selectors.queue import queue_for
from upstander.program.training.selectors.windows import windows_for
from upstander.program.training.services.groups import join_sites
from upstander.program.training.services.plan_answers import answer_for_site
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.plans import make_plan, mark_entry
from upstander.program.training.services.travel import read_travel_file
from upstander.program.training.services.windows import Stretch, add_window, add_windows

LEAD_DAYS = dt.timedelta(days=8)
MOST_ANSWERS = 24  # each one sends mails; more would make the first start slow
LATEST = dt.timedelta(days=30)  # so near to the year's end nobody plans any more

MANY = 6  # sites to train, from which on some are trained in parts and two together


@dataclass(frozen=True)
class Desk:
    """Where a district's year is planned: who does it, for which year, seen from which day."""

    key: str
    actor: Actor
    year: Any
    on: dt.date
    at: dt.datetime

    @property
    def settings(self) -> Settings:
        return Settings(self.on + LEAD_DAYS)


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Enter the hours everywhere; draft, release and answer a plan where the year still has room for one."""

    def seed_one(of_district: int, plan: dict[str, Any]) -> dict[str, int]:
        on = today(plan, at)
        coordinator = acting(of_district, plan["key"], "coordinator", on)
        windows = _seed_hours(coordinator, at)
        year = school_year_on(actor=coordinator, on=on)
        planned = answered = 0
        if size == "demo" and year is not None and on + LATEST < year.ends_on:
            desk = Desk(plan["key"], coordinator, year, on, at)
            planned, answered = _seed_plan(desk, random.Random(f"{number} plans"))
        return {"windows": windows, "planned": planned, "answered": answered}

    return in_each_district(seed_one)


def _seed_hours(coordinator: Actor, at: dt.datetime) -> int:
    rows = content("hours")["levels"]
    for row in rows:
        add_window(actor=coordinator, stretch=_stretch(row), at=at)
    return len(rows)


def _stretch(row: dict[str, Any], **more: Any) -> Stretch:
    times = {name: dt.time.fromisoformat(row[name]) for name in ("starts", "ends")}
    return Stretch(**{**row, **times, **more})


def _seed_travel(desk: Desk) -> None:
    """A file of the district's own travel times for some ways over the hills, where the estimate is far too short."""
    told = content("hours")["travel"]
    codes = [site.code for site in sites_for(actor=desk.actor, on=desk.on).order_by("code")[: told["sites"]]]
    ways = [[one, other, str(told["minutes"])] for one, other in pairwise(codes)]
    read_travel_file(actor=desk.actor, rows=[["from", "to", "minutes"], *ways], at=desk.at)


def _arrange(desk: Desk, in_queue: set[int]) -> None:
    """Where many are to be trained some schools train two audiences apart, and the two smallest sites train together.

    What sites asked for themselves is not touched.
    """
    source = source_for(actor=desk.actor, year=desk.year, settings=desk.settings, at=desk.at)
    known = [source.sites[ref] for ref in source.free] if source else []
    waits = sorted((each for each in known if each.site.pk not in in_queue), key=lambda each: each.head_count)
    if source is None or len(waits) < MANY:
        return
    parted = _part_some(desk, source, [each.site for each in reversed(waits)])
    guest, host = [each.site.ref for each in waits if each.site not in parted][:2]
    join_sites(actor=desk.actor, year=desk.year, host_ref=host, guest_refs=(guest,), at=desk.at)


def _part_some(desk: Desk, source: Source, largest: list[Any]) -> list[Any]:
    """The administrator's school and the largest ones without hours of their own get such for two audiences."""
    told = content("hours")["apart"]
    own = administrators_site(desk.actor, desk.key, desk.on)
    first = [each.site for each in source.sites.values() if each.site == own]
    taken = {window.site_id for window in windows_for(actor=desk.actor, on=desk.on)}
    schools = [site for site in (*first, *largest) if site.kind == "school" and site.pk not in taken]
    chosen = schools[: told["schools"]]
    hours = [_stretch(row, site_ref=site.ref) for site in chosen for row in told["rows"]]
    add_windows(actor=desk.actor, stretches=hours, at=desk.at)
    return chosen


def _seed_plan(desk: Desk, rng: random.Random) -> tuple[int, int]:
    """What sites asked for themselves stays in the queue, where somebody is to try it."""
    _seed_travel(desk)
    in_queue = {line.request.site_id or 0 for line in queue_for(actor=desk.actor, at=desk.at)}
    _arrange(desk, in_queue)
    plan = make_plan(actor=desk.actor, year=desk.year, settings=desk.settings, at=desk.at)
    for entry in entries_for(actor=desk.actor, plan=plan):
        if entry.site_id in in_queue and entry.session is None:
            mark_entry(actor=desk.actor, ref=entry.ref, step="left_out", at=desk.at)
    proposed = release_plan(actor=desk.actor, ref=plan.ref, at=desk.at).proposed
    answers = [*_answers_in_parts(proposed), *_answers(proposed, rng)]
    for entry, is_accepted in answers:
        answer_for_site(actor=desk.actor, ref=entry.ref, is_accepted=is_accepted, at=desk.at)
    return len(proposed), len(answers)


def _answers_in_parts(proposed: list[Any]) -> Iterator[tuple[Any, bool]]:
    """Where several audiences were asked the first accepts and the next declines; a single one is still thinking."""
    apart: dict[int, list[Any]] = {}
    for entry in proposed:
        if entry.part:
            apart.setdefault(entry.site_id, []).append(entry)
    for own in apart.values():
        if len(own) > 1:
            yield from zip(own, (True, False), strict=False)


def _answers(proposed: list[Any], rng: random.Random) -> Iterator[tuple[Any, bool]]:
    hosts = {entry.host_id for entry in proposed if entry.host_id}
    together = [entry for entry in proposed if entry.host_id or entry.pk in hosts]  # these accept
    alone = [entry for entry in proposed if entry not in together and not entry.part]
    asked = [*together, *rng.sample(alone, len(alone))]
    shares = content("hours")["answers"]
    accepted = min(len(asked) * shares["accepted"] // 100, MOST_ANSWERS)
    declined = min(-(-len(asked) * shares["declined"] // 100), len(asked) - accepted)
    for number, entry in enumerate(asked[: accepted + declined]):
        yield entry, number < accepted
