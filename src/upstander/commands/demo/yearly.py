"""What is due each year in the demo: the requirements with their days, lists from elsewhere, and leaves."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from upstander.commands.demo.content import Year, content, in_each_district, school_years, seed_actor, today
from upstander.district.people.selectors import site_posts
from upstander.district.people.services import put_on_leave
from upstander.district.places.selectors import sites_for
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.services import Entry, Terms, record_completions, set_requirement
from upstander.program.facts.selectors import facts_by_key

MORE = ("requirements.manage", "completions.record", "coverage.read")
WEEK = 7
NOON = dt.time(12)
MOST_ON_LEAVE = 400


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Ask it from last school year on, and write the lists of both years in both districts."""
    return in_each_district(
        lambda of, plan: _seed_district(seed_actor(of, *MORE), plan, size, at, random.Random(f"{number} {plan['key']}"))
    )


def _seed_district(
    actor: Actor, plan: dict[str, Any], size: str, at: dt.datetime, rng: random.Random
) -> dict[str, int]:
    on, told = today(plan, at), content("yearly")
    posts = [(person, site) for person, site in site_posts(actor=actor, on=on)]
    sites = [site.pk for site in sites_for(actor=actor, on=on)]
    silent = set(rng.sample(sites, round(len(sites) * told["silent_sites"])))
    people = sorted({person for person, site in posts if site not in silent})
    made = {"lists": 0, "completions": 0, "leaves": _leaves(actor, people, on, at, rng)}
    for year in school_years(on):
        done: set[int] = set()
        for day, came in _lists(year, on, people, done, rng):
            entries = [Entry(person, told["subject"], day, "import", f"list of {day}", _expiry(day)) for person in came]
            held_at = dt.datetime.combine(day, NOON, ZoneInfo(plan["zone"]))
            made["completions"] += len(record_completions(actor=actor, entries=entries, at=held_at))
            made["lists"] += 1
    # Last, so that what everyone has to do is derived once and not after every list.
    (fact,) = facts_by_key(actor=actor, keys=[told["fact"]], language="en", on=on).entries.values()
    _ask(actor, told, on, at, grace_days=int(fact.value) * WEEK, fact_key=told["fact"])
    if size == "demo":  # the large one is measured, against the numbers of one training
        made["completions"] += _at_bus_yards(actor, posts, on, rng)
        _ask(actor, content("work_sites"), on, at)
    return made


def _lists(
    year: Year, on: dt.date, people: list[int], done: set[int], rng: random.Random
) -> Iterator[tuple[dt.date, list[int]]]:
    for each in content("yearly")["lists"]:
        day = year.first + dt.timedelta(days=each["day"])
        if day < on:
            came = [person for person in people if person not in done and rng.random() < each["share"]]
            done.update(came)
            yield day, came


def _leaves(actor: Actor, people: list[int], on: dt.date, at: dt.datetime, rng: random.Random) -> int:
    away = rng.sample(people, min(round(len(people) * content("yearly")["on_leave"]), MOST_ON_LEAVE))
    days = [(person, on - dt.timedelta(days=rng.randrange(10, 90))) for person in away]
    back = [first + dt.timedelta(days=120) if rng.random() < 0.7 else None for _, first in days]
    put_on_leave(actor=actor, leaves=[(*each, end) for each, end in zip(days, back, strict=True)], at=at)
    return len(away)


def _at_bus_yards(actor: Actor, posts: list[tuple[int, int | None]], on: dt.date, rng: random.Random) -> int:
    told = content("work_sites")
    session = told["session"]
    day = school_years(on)[1].first + dt.timedelta(days=session["day"])
    if day >= on:
        return 0
    yards = {site.pk for site in sites_for(actor=actor, on=on, kind=session["kind"])}
    came = sorted({person for person, site in posts if site in yards and rng.random() < session["share"]})
    entries = [
        Entry(person, told["subject"], day, "import", f"sign-in sheet of {day}", _expiry(day)) for person in came
    ]
    return len(record_completions(actor=actor, entries=entries, at=dt.datetime.combine(day, NOON, dt.UTC)))


def _ask(actor: Actor, told: dict[str, Any], on: dt.date, at: dt.datetime, **more: Any) -> None:
    words = {f"{name}_{code}": told[name][code] for name in ("title", "source", "owner") for code in ("en", "es")}
    names = ("subject", "audience", "roles", "cadence", "validity_months", "grace_days", "opens_days", "break_days")
    said = {name: told[name] for name in names if name in told}
    terms = Terms(**said, **words, threshold_percent=100, **more)
    first = school_years(on)[0].first.replace(month=7, day=1)
    set_requirement(actor=actor, terms=terms, starts_on=first, at=at)


def _expiry(day: dt.date) -> dt.date:
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else day + dt.timedelta(days=365)
