"""A district with a school year, hours on Tuesdays, and schools that must be trained."""

import datetime as dt

from tests.factories import make_person, make_post, make_site
from tests.factories.training import World, make_world
from tests.moments import AT, TODAY
from upstander.district.places.models import SchoolYear, Site
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import Plan
from upstander.program.training.planning.problems import Settings
from upstander.program.training.services.plans import make_plan
from upstander.program.training.services.windows import Stretch, add_window

FIRST = TODAY + dt.timedelta(days=7)
TWO, FOUR = dt.time(14), dt.time(16)


def make_year_world(schools: int = 3, *, asks: bool = True) -> World:
    """The training world with a year from August to June and `schools` more schools that nobody asked for."""
    world = make_world(asks=asks)
    with in_district(world.district.pk):
        dates = {"starts_on": dt.date(2026, 8, 17), "ends_on": dt.date(2027, 6, 11)}
        SchoolYear.objects.create(district_id=world.district.pk, name="2026-27", **dates)
        hours = Stretch("all_staff", 1, TWO, FOUR, level="secondary", starts_on=dates["starts_on"])
        add_window(actor=world.coordinator, stretch=hours, at=AT)
    for number in range(schools):
        add_school(world, f"Oak {number}")
    return world


def add_school(world: World, name: str) -> None:
    """A school with one person on its staff, near the others."""
    site = make_site(world.district, name, region=world.region, latitude=37.52, longitude=-122.32)
    make_post(make_person(world.district), site=site)


def add_parted_school(world: World, staff: dict[str, int], name: str = "Elm Middle") -> Site:
    """A school with so many people of each kind of post: teachers are free on Tuesdays, aides on Friday mornings."""
    site = make_site(world.district, name, region=world.region, latitude=37.52, longitude=-122.32)
    for role, count in staff.items():
        for _ in range(count):
            make_post(make_person(world.district), role, site=site)
    with in_district(world.district.pk):
        for stretch in (
            Stretch("teachers", 1, TWO, FOUR, site_ref=site.ref),
            Stretch("classified", 4, dt.time(8), dt.time(10), site_ref=site.ref),
        ):
            add_window(actor=world.coordinator, stretch=stretch, at=AT)
    return site


def year_of(world: World) -> SchoolYear:
    return SchoolYear.objects.get(district_id=world.district.pk)


def draft_plan(world: World, first_on: dt.date = FIRST, at: dt.datetime = AT) -> Plan:
    """A draft of the year. Call it within the district."""
    return make_plan(actor=world.coordinator, year=year_of(world), settings=Settings(first_on), at=at)
