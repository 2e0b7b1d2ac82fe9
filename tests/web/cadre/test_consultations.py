"""Consultations as a consultant and a coordinator use them in the browser."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_actor
from tests.factories.training import World, consult, make_world
from tests.factories.visits import client_of, read_page, statements
from tests.moments import AT, TODAY
from tests.program.training.test_consultations import ready
from upstander.district.places.models import Site
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import CallBack
from upstander.program.training.services.call_backs import take_call_back

pytestmark = pytest.mark.django_db
LIST = "/en/cadre/consultations/"


@pytest.fixture
def world(set_clock: Any) -> World:
    set_clock(AT)
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return client_of(ready(world)[1])


def test_a_consultant_takes_one_and_says_how_the_call_ended(world: World, client: Client) -> None:
    asked = consult(world)
    with in_district(world.district.pk):
        Site.objects.update(phone="555-555-0100")
    assert "1 consultation offered to you" in read_page(client, "/en/staff/")
    page = read_page(client, LIST)
    assert "Cedar High" in page and "After school" in page and "555" not in page
    taken = client.post(f"{LIST}{asked.ref}/take/")
    assert (taken.status_code, taken["Location"]) == (302, f"{LIST}{asked.ref}/")
    page = read_page(client, f"{LIST}{asked.ref}/")
    assert "555-555-0100" in page and world.administrator.display_name in page
    assert "Call back: Cedar High" in read_page(client, "/en/staff/")
    told = {"what": "made", "made-end": "answered", "made-on": "2020-01-01", "made-minutes": "20"}
    refused = client.post(f"{LIST}{asked.ref}/", told)
    assert refused.status_code == 422
    assert 'value="2020-01-01"' in refused.content.decode() and "since you took it" in refused.content.decode()
    assert client.post(f"{LIST}{asked.ref}/", {**told, "made-on": TODAY.isoformat()})["Location"] == LIST
    assert "0:20 in consultations." in read_page(client, "/en/cadre/me/hours/")
    assert "0:20 en consultas." in read_page(client, "/es/cadre/me/hours/")
    table = client.get("/en/cadre/me/hours.csv").content.decode()
    assert f'"{TODAY.isoformat()}","","","Cedar High","20","0","Consultation"' in table
    assert client.get(f"{LIST}{asked.ref}/").status_code == 404


def test_a_consultant_hands_one_back_and_the_coordinator_reads_why_and_gives_it_to_another(
    world: World, client: Client
) -> None:
    asked = consult(world)
    other, _ = ready(world, "Other")
    coordinator, page = client_of(world.coordinator), f"/en/training/queue/{asked.ref}/"
    client.post(f"{LIST}{asked.ref}/take/")
    assert "has it in hand" in read_page(coordinator, page)
    assert client.post(f"{LIST}{asked.ref}/", {"what": "back"}).status_code == 422
    assert client.post(f"{LIST}{asked.ref}/", {"what": "back", "back-reason": "no_time"})["Location"] == LIST
    assert "Nothing is offered to you now" in read_page(client, LIST)
    shown = read_page(coordinator, page)
    assert "There is no time for it before its day" in shown and other.person.full_name in shown
    coordinator.post(f"{page}hand-over/", {"member": other.ref})
    with in_district(world.district.pk):
        assert CallBack.objects.get(ended_at=None).member == other


def test_who_is_second_is_told_kindly(world: World, client: Client) -> None:
    asked = consult(world)
    _, faster = ready(world, "Faster")
    with in_district(world.district.pk):
        take_call_back(actor=faster, ref=asked.ref, at=AT)
    answer = client.post(f"{LIST}{asked.ref}/take/", follow=True)
    assert "Somebody has taken this consultation already. Thank you for being there." in answer.content.decode()


def test_a_list_of_many_asks_as_often_as_a_list_of_one(world: World, client: Client) -> None:
    consult(world)
    client.get(LIST)
    one = statements(client, LIST)
    for _ in range(4):
        consult(world)
    assert statements(client, LIST) == one


def test_who_has_the_post_but_no_place_in_the_cadre_yet_reads_so_and_works_on(world: World) -> None:
    consult(world)
    client = client_of(make_actor(world.district, "cadre_member"))
    assert "offered to you" not in read_page(client, "/en/staff/")
    for path in ("cadre/consultations/", "cadre/me/", "cadre/me/hours/", "cadre/me/calendar/"):
        assert "Your place in the Cadre is not set up yet" in read_page(client, f"/en/{path}")


def test_who_fills_in_a_call_that_was_taken_over_meanwhile_is_told(world: World, client: Client) -> None:
    asked = consult(world)
    client.post(f"{LIST}{asked.ref}/take/")
    told = {"what": "made", "made-end": "answered", "made-on": TODAY.isoformat(), "made-minutes": "20"}
    with in_district(world.district.pk):
        CallBack.objects.update(ended_at=AT, end="taken_over")
    answer = client.post(f"{LIST}{asked.ref}/", told, follow=True)
    assert "This consultation is not in your hands any more." in answer.content.decode()
    assert client.get(f"{LIST}{asked.ref}/").status_code == 404


def test_the_number_to_call_is_read_by_who_asked_and_by_nobody_else_of_the_site(world: World) -> None:
    asked = consult(world)
    with in_district(world.district.pk):
        type(asked).objects.update(contact_phone="555-555-0142")
    other = make_actor(world.district, "site_administrator", site=world.site)
    pages = [read_page(client_of(who), f"/en/training/requests/{asked.ref}/") for who in (world.administrator, other)]
    assert ["555-555-0142" in page for page in pages] == [True, False]
