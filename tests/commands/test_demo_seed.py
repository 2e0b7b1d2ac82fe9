"""The demo districts: fictional, in the promised size, the same from the same number, and once per database."""

import argparse
import datetime as dt
import json

import pytest
from django.db import transaction
from tests.moments import AT, TODAY

from upstander.commands import demo as command
from upstander.commands.demo import districts, sites, staff
from upstander.commands.demo.content import content, nth_weekday, school_years
from upstander.commands.demo.people import PEOPLE
from upstander.district.access.selectors import actor_for
from upstander.district.accounts.models import Account
from upstander.district.people import selectors as people
from upstander.district.people.models import Person, Post
from upstander.district.places import selectors as places
from upstander.district.places.models import ClosedDay, District, Site
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district

SEEDED_BY = AT + dt.timedelta(hours=1)
READING = frozenset({"places.read", "coverage.read", "people.read"})
STEPS = (districts, sites, staff)


def seeded(number: int = 20) -> Actor:
    for step in STEPS:
        step.seed(at=AT, size="demo", number=number)
    return _reader()


@pytest.fixture
def demo(demo_database: None) -> Actor:
    """Somebody who may read the first district of the seeded demo."""
    return _reader()


def _reader() -> Actor:
    district = places.district_by_key("alder-valley")
    assert district
    return job("test", district.pk, READING)


def everyone(actor: Actor) -> list[tuple[object, ...]]:
    with in_district(actor.district_id):
        return sorted(
            Post.objects.values_list("person__staff_number", "person__sort_key", "role", "site__code"), key=str
        )


def test_the_first_district_has_the_promised_size(demo: Actor) -> None:
    with in_district(demo.district_id):
        regions = {region.name for region in places.regions_on(actor=demo, on=TODAY)}
        schools = places.sites_for(actor=demo, on=TODAY, kind="school")
        assert regions == {"West", "East", "South", "North", "Headquarters"}
        assert schools.count() == 60
        assert places.secondary_sites(actor=demo, on=TODAY, known_at=SEEDED_BY).count() == 28
        assert Site.objects.exclude(kind="school").count() == 7
        assert 2300 <= Person.objects.filter(posts__ends_on=None).distinct().count() <= 2600
        assert people.people_in_role(actor=demo, role="cadre_member", on=TODAY).count() == 9
        for region in places.regions_on(actor=demo, on=TODAY):
            assert None not in people.lead_and_deputy(actor=demo, region=region, on=TODAY)
        assert not [site.name for site in schools if not people.site_administrators(actor=demo, site=site, on=TODAY)]


def test_last_spring_differs_from_today_because_one_school_closed_and_one_opened(demo: Actor) -> None:
    spring = dt.date(2026, 4, 1)
    with in_district(demo.district_id):
        now, then = (
            set(places.secondary_sites(actor=demo, on=on, known_at=SEEDED_BY).values_list("name", flat=True))
            for on in (TODAY, spring)
        )
        assert (len(now - then), len(then - now)) == (1, 1)


def test_a_site_without_a_station_and_a_station_without_a_number_are_there_as_tasks(demo: Actor) -> None:
    with in_district(demo.district_id):
        assert Site.objects.filter(law_station=None).count() == 2
        assert [station.name for station in places.law_stations(actor=demo) if not station.phone] == [
            "Fog Hill Police Department"
        ]


def test_everybody_who_signs_in_has_the_role_that_is_printed(demo: Actor) -> None:
    for person in PEOPLE:
        district = District.objects.get(key=person.district)
        with in_district(district.pk):
            actor = actor_for(Account.objects.get(email=person.address), district.pk, TODAY)
            known = Person.objects.get(account_id=actor.account_id or 0)
            assert [post.role for post in people.posts_of(actor=actor, person=known, on=TODAY)] == [person.post]
            assert actor.has("staff.home")


def test_everything_is_invented(demo: Actor) -> None:
    with in_district(demo.district_id):
        assert not Person.objects.exclude(email__endswith="@example.org").exclude(email="").exists()
        assert all("555-01" in station.phone for station in places.law_stations(actor=demo) if station.phone)
        assert places.district_of(actor=demo).is_fictional
        weekends = [day.on for day in ClosedDay.objects.exclude(name="Veterans Day") if day.on.weekday() > 4]
        assert weekends == []


@pytest.mark.django_db
def test_the_same_number_gives_the_same_people_and_another_number_others() -> None:
    def people_of(number: int) -> list[tuple[object, ...]]:
        with transaction.atomic():
            found = everyone(seeded(number))
            transaction.set_rollback(True)
        return found

    first, again, other = people_of(20), people_of(20), people_of(21)
    assert first == again
    assert first != other


@pytest.mark.usefixtures("demo_database")
def test_each_step_is_done_once_per_database(capsys: pytest.CaptureFixture[str]) -> None:
    options = argparse.Namespace(size="demo", number=20, json=True)
    assert command.run(options) == 0
    assert json.loads(capsys.readouterr().out) == dict.fromkeys(command.STEPS, "already there")
    assert District.objects.count() == 2


def test_school_years_follow_the_day() -> None:
    assert [year.name for year in school_years(dt.date(2026, 11, 21))] == ["2025-26", "2026-27"]
    assert [year.name for year in school_years(dt.date(2027, 3, 1))] == ["2025-26", "2026-27"]
    assert nth_weekday(2026, 11, 3, 4) == dt.date(2026, 11, 26)


def test_the_large_district_has_460_secondary_schools() -> None:
    large = content("districts")["districts"][0]["large"]
    assert sum(count for level, count in large["sites"].items() if level != "elementary") == 460
    assert large["staff"] == 70_000
