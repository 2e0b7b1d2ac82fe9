"""Evenings in the browser: a school settles one, a family opens its invitation without a cookie."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.gatherings import make_evening
from tests.factories.training import DAY, World, make_world
from tests.factories.visits import HERE, holder, seal_in
from upstander.foundation.kernel.db import in_district
from upstander.program.gatherings.models import Evening, PlacesWanted
from upstander.program.training.services.requests import Window
from upstander.web.shared.anonymous_forms import form_token

SETTLED = {
    "care_places": "8",
    "care_from": "3",
    "care_until": "10",
    "care_by": "staff",
    "interpreters": ["es"],
    "has_food": "on",
    "phone": "(650) 555-0100",
}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def school(world: World) -> Client:
    return holder(world.district, "site_administrator", site=world.site)


def test_a_school_settles_an_evening_and_a_family_asks_for_places(world: World, school: Client) -> None:
    ref = make_evening(world).ref
    page = f"/en/gatherings/evenings/{ref}/"
    assert b"Settle what the evening carries" in school.get(page).content
    wrong = school.post(page, {**SETTLED, "care_by": ""})
    assert wrong.status_code == 422
    assert b'value="(650) 555-0100"' in wrong.content, "nothing typed is lost"
    assert school.post(page, SETTLED | seal_in(wrong.text)).status_code == 302
    assert "La invitación" in school.get(page.replace("/en/", "/es/")).content.decode()
    assert school.get(f"{page}letter.pdf").content.startswith(b"%PDF")
    with in_district(world.district.pk):
        evening = Evening.objects.get()
    family, open_page = Client(SERVER_NAME="localhost"), f"/en/evenings/{evening.ref}/"
    shown = family.get(open_page)
    assert (shown.status_code, shown.cookies, shown["X-Robots-Tag"]) == (200, {}, "noindex, nofollow, noarchive")
    assert "<title>Dates and places</title>" in shown.content.decode()
    asked = {"care_count": "9", "language": "", "form_token": form_token("want-places")}
    assert family.post(open_page, asked, headers=HERE).status_code == 422
    thanks = family.post(open_page, {**asked, "care_count": "2"}, headers=HERE, follow=True)
    assert b"Thank you" in thanks.content
    assert b"6 places are free" in family.get(open_page).content
    with in_district(world.district.pk):
        assert PlacesWanted.objects.get().care_count == 2
    file = family.get(f"{open_page}evening.ics").content.decode()
    assert "SUMMARY:An evening for families at Cedar High" in file.replace("\r\n ", "")


def test_the_list_asks_as_often_for_three_evenings_as_for_one(world: World, school: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            school.get("/en/gatherings/evenings/")
        return len(caught)

    make_evening(world)
    once = asked()
    for weeks in (1, 2):
        make_evening(world, windows=(Window(DAY + dt.timedelta(weeks=weeks), dt.time(14), dt.time(16)),))
    assert asked() == once
