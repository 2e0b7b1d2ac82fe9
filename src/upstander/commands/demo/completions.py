"""A year of trainings in the demo: the dated requirement, attendance lists of past sessions, certificates."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from upstander.commands.demo.content import content, in_each_district, school_years, seed_actor, today
from upstander.commands.demo.people import PEOPLE
from upstander.district.people import selectors as people
from upstander.district.places.selectors import closed_days, secondary_sites
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.services import (
    Entry,
    Terms,
    correct_completion,
    issue_certificates,
    record_completions,
    set_requirement,
)

MORE = ("requirements.manage", "completions.record", "coverage.read")
LANGUAGES = ("en", "es")
AFTERNOON = dt.time(16, 30)
EARLY_DAYS = 60  # "early": in the first weeks of last year, so that it has run out by now or soon will
SETTLED_DAYS = 3  # the newest list is some days old
TAKEN_BACK = 3
DEMO_NUMBERS = {person.staff_number for person in PEOPLE}


class Training(NamedTuple):
    """One past session at a school: when, and the share of its staff who came."""

    site: Any
    on: dt.date
    share: float


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Set the requirement and write the year's lists in both districts."""
    return in_each_district(
        lambda of, plan: _seed_district(seed_actor(of, *MORE), plan, at, random.Random(f"{number} {plan['key']}"))
    )


def _seed_district(actor: Actor, plan: dict[str, Any], at: dt.datetime, rng: random.Random) -> dict[str, int]:
    on = today(plan, at)
    _set_requirement(actor, on, at)
    counts = {"trainings": 0, "completions": 0, "certificates": 0}
    refs: list[str] = []
    for training in _trainings(actor, on, at, rng):
        held_at = dt.datetime.combine(training.on, AFTERNOON, ZoneInfo(plan["zone"]))
        refs = record_completions(actor=actor, entries=_entries(actor, training, rng), at=held_at)
        issued = issue_certificates(actor=actor, refs=refs, at=held_at, tell=False)
        counts["trainings"] += 1
        counts["completions"] += len(refs)
        counts["certificates"] += len(issued)
    for ref in refs[:TAKEN_BACK]:
        correct_completion(actor=actor, ref=ref, reason="not_present", at=at)
    return counts


def _set_requirement(actor: Actor, on: dt.date, at: dt.datetime) -> None:
    told = content("requirement")
    words = {f"{name}_{code}": told[name][code] for name in ("title", "source", "owner") for code in LANGUAGES}
    # Last year's holds from July on, so that every session of the year falls under it, and until this year's begins.
    starts = [year.first.replace(month=7, day=1) for year in school_years(on)]
    for first, until, percent in zip(starts, [*starts[1:], None], told["threshold_percent"], strict=True):
        terms = Terms(
            subject=told["subject"],
            audience=told["audience"],
            threshold_percent=percent,
            validity_months=told["validity_months"],
            **words,
        )
        set_requirement(actor=actor, terms=terms, starts_on=first, ends_on=until, at=at)


def _trainings(actor: Actor, on: dt.date, at: dt.datetime, rng: random.Random) -> Iterator[Training]:
    stories, known_sites = content("requirement")["stories"], _sites_of_demo_people(actor, on)
    weights = [story["weight"] for story in stories.values()]
    days = _session_days(actor, on)
    for site in secondary_sites(actor=actor, on=on, known_at=at):
        (name,) = rng.choices(list(stories), weights)
        # The school of the demo's own people is half way: they see both what is done and what is left.
        name = "begun" if site.pk in known_sites else name
        for session in stories[name]["sessions"]:
            if days[session["year"]]:
                yield Training(site, rng.choice(days[session["year"]]), rng.uniform(*session["share"]))


def _sites_of_demo_people(actor: Actor, on: dt.date) -> set[int | None]:
    found = [people.person_by_staff_number(actor=actor, staff_number=number) for number in DEMO_NUMBERS]
    posts = [post for person in found if person for post in people.posts_of(actor=actor, person=person, on=on)]
    return {post.site_id for post in posts}


def _session_days(actor: Actor, on: dt.date) -> dict[str, list[dt.date]]:
    """School days on which a session may have been held, by the word the stories use."""
    last, this = school_years(on)
    until = on - dt.timedelta(days=SETTLED_DAYS)
    early = min(last.first + dt.timedelta(days=EARLY_DAYS), until)
    closed = {day.on for day in closed_days(actor=actor, first=last.first, until=on)}
    spans = {"early": (last.first, early), "last": (early, min(last.until, until)), "this": (this.first, until)}
    found = {name: _weekdays(first, end, closed) for name, (first, end) in spans.items()}
    # In the first weeks of a school year there is nothing yet: the spring takes its place.
    return {**found, "this": found["this"] or found["last"][-EARLY_DAYS:]}


def _weekdays(first: dt.date, until: dt.date, closed: set[dt.date]) -> list[dt.date]:
    days = (first + dt.timedelta(days=number) for number in range((until - first).days))
    return [day for day in days if day.isoweekday() <= 5 and day not in closed]


def _entries(actor: Actor, training: Training, rng: random.Random) -> list[Entry]:
    staff = people.staff_in_post(actor=actor, site=training.site, on=training.on).values_list("pk", "staff_number")
    came = [person for person, number in staff if number in DEMO_NUMBERS or rng.random() < training.share]
    evidence = f"attendance list {training.site.code}, {training.on.isoformat()}"
    subject = content("requirement")["subject"]
    return [Entry(person, subject, training.on, "import", evidence) for person in came]
