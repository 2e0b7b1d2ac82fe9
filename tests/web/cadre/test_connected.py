"""The page of one's own connected calendar, from an address that is refused to one that is ended."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.training import World, make_world
from tests.factories.visits import client_of
from tests.moments import AT
from tests.program.training.test_calendars import LUNCH
from upstander.foundation.fetching import Cause, Fetched, FetchFailed
from upstander.foundation.kernel.db import in_district
from upstander.jobs.calendars import read_due
from upstander.program.training.models import ConnectedCalendar
from upstander.program.training.services.readings import MOST_TRIES, Question

pytestmark = pytest.mark.django_db
HOST = "calendar.example.org"
PAGE = "/en/cadre/me/calendar/"
CANARY = "canary4711"
TYPED = {"what": "connect", "address": f" webcal://{HOST}/{CANARY}/basic.ics "}


@pytest.fixture
def world(set_clock: Any, settings: Any) -> World:
    set_clock(AT)
    settings.CALENDAR_HOSTS = [HOST, ".cloud.example"]
    return make_world()


def shown(client: Client, page: str = PAGE) -> str:
    answer = client.get(page)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert CANARY not in text and "Secret lunch" not in text
    return text


def failing(_question: Question) -> Fetched:
    raise FetchFailed(Cause.REFUSED)


def test_a_consultant_connects_reads_and_disconnects(world: World, set_clock: Any) -> None:
    client, district = client_of(world.consultant), world.district.pk
    assert "calendar.example.org, *.cloud.example" in shown(client)
    assert client.post(PAGE, TYPED).status_code == 302
    assert "It is about to be read." in shown(client)
    read_due(district, ask=lambda _: Fetched(LUNCH))
    assert "1 busy time until" in shown(client)
    assert f"My connected calendar at {HOST}" in shown(client, "/en/cadre/me/")
    assert "1 horario ocupado hasta el" in shown(client, "/es/cadre/me/calendar/")
    assert client.post(PAGE, {"move": "read"}).status_code == 302
    read_due(district, ask=lambda _: Fetched(LUNCH.replace(b"20261118T140000", b"soon")))
    text = shown(client)
    assert "Line 4:" in text and "1 busy time until" in text and "tried again by itself" in text
    assert client.post(PAGE, {"move": "disconnect"}).status_code == 302
    assert "Disconnected" in shown(client)
    with in_district(district):
        assert not ConnectedCalendar.objects.exists()


def test_one_that_was_left_alone_says_so_and_can_be_read_again(world: World) -> None:
    client = client_of(world.consultant)
    client.post(PAGE, TYPED)
    with in_district(world.district.pk):
        ConnectedCalendar.objects.update(tries_count=MOST_TRIES - 1)
    read_due(world.district.pk, ask=failing)
    text = shown(client)
    assert "It is not asked any more." in text and "the address has probably changed" in text and "Read now" in text
    assert "the address has probably changed" in shown(client, "/en/cadre/me/")


def test_the_coordinator_sees_how_it_stands_and_not_where_it_is(world: World) -> None:
    client, coordinator = client_of(world.consultant), client_of(world.coordinator)
    page = f"/en/cadre/member/{world.near.ref}/"
    assert "No own calendar is connected." in shown(coordinator, page)
    client.post(PAGE, TYPED)
    assert "It was not read yet." in shown(coordinator, page)
    read_due(world.district.pk, ask=failing)
    text = shown(coordinator, page)
    assert "Its owner is told:" in text and "it is tried again by itself" in text
    assert HOST not in text


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "This field is required"),
        (f"https://me:{CANARY}@{HOST}/basic.ics", "This is no calendar address"),
        (f"https://stranger.example/{CANARY}", "Calendars of this host cannot be connected here"),
        (f"https://{HOST}/{CANARY}{'a' * 1000}", "longer than an address"),
    ],
)
def test_a_refused_address_is_told_and_not_written_into_the_page_again(world: World, address: str, told: str) -> None:
    answer = client_of(world.consultant).post(PAGE, {**TYPED, "address": address})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert CANARY not in answer.content.decode()


def test_where_no_host_is_named_the_page_says_so_kindly_and_files_stay(world: World, settings: Any) -> None:
    settings.CALENDAR_HOSTS = []
    client = client_of(world.consultant)
    assert "Calendars are not connected here" in shown(client)
    text = shown(client, "/en/cadre/me/")
    assert "Calendars cannot be connected here" in text and "Read a calendar file" in text
    assert client.post(PAGE, TYPED).status_code == 422
    assert client.post(PAGE, {"move": "read"}).status_code == 404
