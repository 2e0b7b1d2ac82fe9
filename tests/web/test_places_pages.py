"""The list of sites and one site: what a coordinator sees, missing things as tasks, and how many queries it takes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_district,
    make_person,
    make_post,
    make_region,
    make_site,
    make_station,
)
from tests.factories.visits import holder
from upstander.district.places.models import District, Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> District:
    return make_district()


@pytest.fixture
def west(district: District) -> Region:
    return make_region(district, "West")


@pytest.fixture
def coordinator(district: District) -> Client:
    return holder(district, address="coordinator@example.org")


def test_the_list_shows_region_status_and_what_is_missing(
    coordinator: Client, district: District, west: Region
) -> None:
    make_site(district, "Alder High", region=west, grades_as_given="9-12", law_station=make_station(district))
    make_site(district, "Bus Yard", kind="bus_yard")
    page = coordinator.get("/en/sites/").content.decode()
    assert "Alder High" in page
    assert "Alder Police" in page
    assert page.count("To be entered") == 1


def test_the_list_is_narrowed_by_region_and_kind_and_ignores_what_was_never_offered(
    coordinator: Client, district: District, west: Region
) -> None:
    make_site(district, "Alder High", region=west)
    make_site(district, "Bus Yard", kind="bus_yard")
    asked = {f"region={west.ref}": "Alder High", "kind=bus_yard": "Bus Yard"}
    for query, only in asked.items():
        page = coordinator.get(f"/en/sites/?{query}").content.decode()
        assert [name for name in ("Alder High", "Bus Yard") if name in page.split("<table")[1]] == [only]
    assert coordinator.get("/en/sites/?region=nonsense&kind=castle&page=99").status_code == 200


def test_one_site_and_three_take_the_same_number_of_queries(
    coordinator: Client, district: District, west: Region
) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            make_site(district, region=west)
        with CaptureQueriesContext(connection) as asked:
            coordinator.get("/en/sites/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_site_tells_its_history_and_who_answers_for_it(coordinator: Client, district: District, west: Region) -> None:
    site = make_site(district, "Alder High", region=west)
    make_post(make_person(district, given_name="Ngozi", family_name="Ellison"), "site_administrator", site=site)
    page = coordinator.get(f"/en/sites/{site.ref}/").content.decode()
    assert "Ngozi Ellison" in page
    assert "No station is entered for this site yet" in page
    assert "Jan. 1, 2020" in page


def test_both_pages_speak_spanish(coordinator: Client, district: District) -> None:
    site = make_site(district, "Alder High")
    assert "Escuelas y planteles" in coordinator.get("/es/sites/").content.decode()
    assert "Responsable del plantel" in coordinator.get(f"/es/sites/{site.ref}/").content.decode()


def test_a_site_of_another_district_is_not_there(coordinator: Client) -> None:
    abroad = make_site(make_district("north", "north.localhost"), "Abroad High")
    assert coordinator.get(f"/en/sites/{abroad.ref}/").status_code == 404
    assert "Abroad High" not in coordinator.get("/en/sites/").content.decode()
