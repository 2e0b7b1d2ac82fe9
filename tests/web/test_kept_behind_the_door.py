"""What stands behind the staff door is drawn once for many, and never for anyone whose door was not found open."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.factories import make_actor, make_district
from tests.factories.guide import GuideWorld, make_guide_world
from tests.factories.visits import holder
from tests.moments import AT
from upstander.district.places.models import District
from upstander.foundation.kernel.db import in_district
from upstander.program.guidance.services.doors import close_door

pytestmark = pytest.mark.django_db
CAMPUS = "/en/guide/door/when/campus/"


@pytest.fixture
def world(settings: Settings) -> GuideWorld:
    settings.KEPT_SECONDS = 30
    return make_guide_world()


@pytest.fixture
def home(world: GuideWorld) -> District:
    return District.objects.get(pk=world.site.district_id)


def test_the_second_reader_costs_only_the_way_in(
    world: GuideWorld, home: District, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, second = (holder(home, "teacher", site=world.site) for _ in range(2))
    page = first.get(CAMPUS)
    with django_assert_num_queries(9):  # savepoint, district, session, account, grants, sites: no rule and no fact
        assert second.get(CAMPUS).content == page.content


def test_a_reader_of_another_site_gets_that_sites_steps(world: GuideWorld, home: District) -> None:
    here, there = holder(home, "teacher", site=world.site), holder(home, "teacher", site=world.bare_site)
    pages = [client.get(CAMPUS).content.decode() for client in (here, there, here)]
    assert [("Alder High" in page, "Birch Bus Yard" in page) for page in pages] == [
        (True, False),
        (False, True),
        (True, False),
    ]


@pytest.mark.parametrize("page", ["guide/door/{}/", "guide/door/{}/rule/", "cards/door/{}/", "cards/door/{}/kept/"])
def test_a_closed_door_is_not_found_at_once(world: GuideWorld, home: District, page: str) -> None:
    path, anyone = f"/en/{page.format(world.code)}", Client(SERVER_NAME="localhost")
    assert anyone.get(path).status_code == 200
    coordinator = make_actor(home)
    with in_district(home.pk):
        close_door(actor=coordinator, site_ref=world.site.ref, at=AT + dt.timedelta(hours=1))
    assert anyone.get(path).status_code == 404


def test_a_kept_page_opens_no_door(world: GuideWorld, home: District) -> None:
    teacher = holder(home, "teacher", site=world.site)
    assert teacher.get(CAMPUS).status_code == 200
    assert Client(SERVER_NAME="localhost").get(CAMPUS).status_code == 302
    assert holder(make_district("elm", "elm.localhost")).get(CAMPUS).status_code == 403


def test_a_copy_stays_behind_the_door(world: GuideWorld, home: District) -> None:
    teacher = holder(home, "teacher", site=world.site)
    first, again = (teacher.get(CAMPUS, headers={"accept-encoding": "gzip"}) for _ in range(2))
    assert (again["Cache-Control"], again["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert again["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert (again["Content-Encoding"], again.content) == ("gzip", first.content)
    assert dict(again.cookies) == {}
