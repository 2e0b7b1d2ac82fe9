"""The demo's staff: invented people in posts whose numbers follow what public directories say of schools."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from upstander.commands.demo.content import content, in_each_district, school_years, seed_actor, today
from upstander.commands.demo.people import PEOPLE, DemoPerson
from upstander.district.accounts.services import create_account
from upstander.district.people import selectors as people
from upstander.district.people.services import RosterRow, give_account, load_roster
from upstander.district.places import selectors as places
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.text import sort_key

SPANISH_SPEAKING = 0.18
LEFT = 0.05  # of those in post, so many more have left since last year
IN_TWO_PLACES = 0.02
FEWEST = 8
STAFF_OF_CLOSED = 30
MOST_IN_TWO_PLACES = 500
FIRST_OF_HIGH_SCHOOL = 9
OTHERS_AT = {"bus_yard": "driver", "kitchen": "food_service"}  # who works there beside those named
IN_FRONT_OFFICE = 2  # people of a school


class Ground(NamedTuple):
    """Where staff can have posts: open sites, the one that closed, regions by name, and when each site opened."""

    sites: list[Any]
    closed: list[Any]
    regions: dict[str, Any]
    region_of_site: dict[int, str]
    opened: dict[int, dt.date]


@dataclass
class Cast:
    """Inventing people one after another; the same generator gives the same people."""

    rng: random.Random
    taken: set[int] = field(default_factory=set)

    def number(self) -> int:
        """A staff number that nobody has."""
        while (number := self.rng.randrange(300_000, 1_000_000)) in self.taken:
            pass
        self.taken.add(number)
        return number

    def hire(
        self, role: str, started: dt.date, *, site_id: int | None = None, region_id: int | None = None
    ) -> RosterRow:
        """A new person in a post."""
        names, number = content("names"), self.number()
        given, family = self.rng.choice(names["given"]), self.rng.choice(names["family"])
        address = sort_key(f"{given} {family}").replace(" ", ".")
        language = "es" if self.rng.random() < SPANISH_SPEAKING else "en"
        email = f"{address}.{number}@example.org"
        return RosterRow(f"{number}", given, family, email, language, role, site_id, region_id, started)


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Invent the staff of both districts and give the demo's people their accounts."""

    def seed_one(of_district: int, plan: dict[str, Any]) -> dict[str, int]:
        actor, on = seed_actor(of_district), today(plan, at)
        rows = _roster(plan, size, _ground(actor, on), random.Random(f"{number} staff {plan['key']}"), on)
        loaded = load_roster(actor=actor, rows=list(rows), at=at)
        _give_accounts(actor, plan, at)
        return {"people": loaded.people, "posts": len(loaded.began)}

    return in_each_district(seed_one)


def _ground(actor: Actor, on: dt.date) -> Ground:
    every = list(places.sites_for(actor=actor, on=on, active_only=False).order_by("code"))
    open_ids = set(places.sites_for(actor=actor, on=on).values_list("pk", flat=True))
    regions = {region.name: region for region in places.regions_on(actor=actor, on=on)}
    return Ground(
        sites=[site for site in every if site.pk in open_ids],
        closed=[site for site in every if site.pk not in open_ids],
        regions=regions,
        region_of_site={
            site.pk: name
            for name, region in regions.items()
            for site in places.sites_for(actor=actor, on=on, region=region)
        },
        opened={
            site.pk: min(status.starts_on for status in places.status_history(actor=actor, site=site)) for site in every
        },
    )


def _roster(plan: dict[str, Any], size: str, ground: Ground, rng: random.Random, on: dt.date) -> Iterator[RosterRow]:
    cast = Cast(rng)
    named = [_named(person, ground) for person in PEOPLE if person.district == plan["key"]]
    yield from named
    taken = {(row.role, row.site_id or row.region_id) for row in named}
    yield from _leaders(cast, ground, taken, on)
    yield from _cadre(cast, ground, plan[size]["cadre"] - sum(row.role == "cadre_member" for row in named), on)
    weights = {site.pk: _weight(site, rng) for site in ground.sites}
    factor = plan[size]["staff"] / sum(weights.values())
    for site in ground.sites:
        has_administrator = ("site_administrator", site.pk) in taken
        count = max(FEWEST, round(weights[site.pk] * factor))
        yield from _site_staff(cast, site, _roles(site, count, has_administrator), ground.opened[site.pk], on)
    for site in ground.closed:
        yield from _moved_on(cast, site, ground, on)
    yield from _left(cast, ground, round(plan[size]["staff"] * LEFT), on)
    yield from _second_posts(cast, ground, round(plan[size]["staff"] * IN_TWO_PLACES / 2), on)


def _named(person: DemoPerson, ground: Ground) -> RosterRow:
    site = next(
        (
            site.pk
            for site in ground.sites
            if person.at_school
            and site.lowest_grade == FIRST_OF_HIGH_SCHOOL
            and ground.region_of_site.get(site.pk) == person.region
        ),
        None,
    )
    region = ground.regions[person.region].pk if person.region and not person.at_school else None
    return RosterRow(
        person.staff_number,
        person.given_name,
        person.family_name,
        person.address,
        "en",
        person.post,
        site,
        region,
        dt.date(2019, 8, 12),
    )


def _leaders(cast: Cast, ground: Ground, taken: set[tuple[str, int | None]], on: dt.date) -> Iterator[RosterRow]:
    for region in ground.regions.values():
        for role in ("region_lead", "region_deputy"):
            if (role, region.pk) not in taken:
                yield cast.hire(role, _hired(cast.rng, on), region_id=region.pk)


def _cadre(cast: Cast, ground: Ground, count: int, on: dt.date) -> Iterator[RosterRow]:
    """Members of the Cadre keep their own work at a site of the region they serve."""
    in_region = [site for site in ground.sites if site.pk in ground.region_of_site]
    for site in cast.rng.sample(in_region, count):
        own_work = cast.hire("support", _hired(cast.rng, on, long=True), site_id=site.pk)
        yield own_work
        region = ground.regions[ground.region_of_site[site.pk]]
        yield own_work._replace(role="cadre_member", site_id=None, region_id=region.pk)


def _roles(site: Any, count: int, has_administrator: bool) -> list[str]:
    roles = [] if has_administrator else ["site_administrator"]
    if site.kind == "school":
        teachers = round(count / content("shape")["all_staff_per_teacher"])
        roles += ["site_designee"] if (site.highest_grade or 0) >= FIRST_OF_HIGH_SCHOOL - 1 else []
        roles += ["teacher"] * teachers + ["support"] * max(1, count // 12)
    elif site.kind == "early_education":
        roles += ["teacher"] * (count // 2)
    elif site.kind == "office":
        roles += ["support"] * (count // 3)
    others = [OTHERS_AT.get(site.kind, "classified")] * (count - len(roles))
    if site.kind == "school":
        others[:IN_FRONT_OFFICE] = ["front_office"] * len(others[:IN_FRONT_OFFICE])
    return [*roles, *others][:count]


def _site_staff(cast: Cast, site: Any, roles: list[str], opened: dt.date, on: dt.date) -> Iterator[RosterRow]:
    for index, role in enumerate(roles):
        row = cast.hire(role, max(_hired(cast.rng, on), opened), site_id=site.pk)
        # Some who drive or cook have no mailbox of the district: they are told in person.
        yield row._replace(email="") if site.kind in OTHERS_AT and not index % 5 else row


def _moved_on(cast: Cast, site: Any, ground: Ground, on: dt.date) -> Iterator[RosterRow]:
    """The staff of a school that closed last summer; every other one has found a post elsewhere."""
    last, this = school_years(on)
    elsewhere = [other for other in ground.sites if other.kind == "school"]
    for index, role in enumerate(_roles(site, STAFF_OF_CLOSED, has_administrator=False)):
        post = cast.hire(role, _hired(cast.rng, on, long=True), site_id=site.pk)._replace(ends_on=last.until)
        yield post
        if index % 2 and role != "site_administrator":
            yield post._replace(site_id=cast.rng.choice(elsewhere).pk, starts_on=min(this.first, on), ends_on=None)


def _left(cast: Cast, ground: Ground, count: int, on: dt.date) -> Iterator[RosterRow]:
    last, _ = school_years(on)
    for _ in range(count):
        site, days = cast.rng.choice(ground.sites), cast.rng.randrange(30, (last.until - last.first).days)
        yield cast.hire("teacher", dt.date(2018, 8, 13), site_id=site.pk)._replace(
            ends_on=last.first + dt.timedelta(days=days)
        )


def _second_posts(cast: Cast, ground: Ground, count: int, on: dt.date) -> Iterator[RosterRow]:
    schools = [site for site in ground.sites if site.kind == "school"]
    for _ in range(min(count, MOST_IN_TWO_PLACES)):
        one, other = cast.rng.sample(schools, 2)
        post = cast.hire("support", _hired(cast.rng, on), site_id=one.pk)
        yield post
        yield post._replace(site_id=other.pk)


def _hired(rng: random.Random, on: dt.date, *, long: bool = False) -> dt.date:
    last, this = school_years(on)
    chance = 0.0 if long else rng.random()
    if chance < 0.72:
        return dt.date(last.first.year - rng.randint(1, 17), 8, rng.randint(8, 20))
    if chance < 0.86:
        return last.first
    if chance < 0.96:
        return min(this.first, on)
    return this.first + dt.timedelta(days=rng.randrange(max(1, (on - this.first).days)))


def _weight(site: Any, rng: random.Random) -> float:
    shape = content("shape")
    if site.kind != "school":
        return float(shape["work_sites"][site.kind]["staff"])
    level = next(
        level
        for level in shape["levels"].values()
        if (level["type"], level["grades"]) == (site.school_type, site.grades_as_given)
    )
    deciles = level["enrollment_deciles"]
    step = rng.random() * (len(deciles) - 1)
    low = int(step)
    pupils = deciles[low] + (deciles[low + 1] - deciles[low]) * (step - low)
    return float(pupils / level["pupils_per_teacher"] * shape["all_staff_per_teacher"])


def _give_accounts(actor: Actor, plan: dict[str, Any], at: dt.datetime) -> None:
    for known in PEOPLE:
        if known.district == plan["key"]:
            account = create_account(
                actor=actor,
                email=known.address,
                display_name=f"{known.given_name} {known.family_name}",
                password=known.password,
                at=at,
            )
            person = people.person_by_staff_number(actor=actor, staff_number=known.staff_number)
            assert person is not None, f"the roster has no {known.staff_number}"
            give_account(actor=actor, person=person, account=account, at=at)
