"""Asking without an account, wherever it is offered: a mailed link proves the address, and its key opens one page."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.factories.training import World, make_world
from tests.factories.visits import HERE
from tests.moments import AT, SUITE_BEGINS
from tests.program.gatherings import test_symposiums as symposiums
from tests.program.materials import test_wishes as wishes
from tests.program.training import test_door as door
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.foundation.notices.models import Notice
from upstander.web.gatherings.views import guests
from upstander.web.materials.views import donors
from upstander.web.shared.anonymous_forms import form_token
from upstander.web.shared.keyed import keyed, step_by_key
from upstander.web.training.views import visitors

GUARDED = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
MOST_AN_HOUR = 60


def a_request(world: World) -> str:
    with in_district(world.district.pk):
        door.unproven(world)
    return visitors.PURPOSE


def a_promise(world: World) -> str:
    wishes.ask(world, wishes.make_wish(world))
    return donors.PURPOSE


def a_place(world: World) -> str:
    symposiums.asked(world, symposiums.made(world), "robin@example.org")
    return guests.PURPOSE


@pytest.fixture
def world(set_clock: Callable[[dt.datetime], None], db: None) -> World:
    set_clock(SUITE_BEGINS)
    return make_world()


@pytest.fixture(params=[a_request, a_promise, a_place])
def link(world: World, request: pytest.FixtureRequest) -> tuple[str, dict[str, str]]:
    """The address in the mail, and what its form sends."""
    purpose = request.param(world)
    with in_district(world.district.pk):
        page = Notice.objects.get(kind__in=("training_prove", "wish_prove", "gathering_prove")).facts["page"]
    return f"/es{page}", {"form_token": form_token(purpose)}


@pytest.fixture
def anyone() -> Client:
    return Client(SERVER_NAME="localhost")


def test_a_link_is_looked_at_then_followed_in_its_language_without_a_cookie(
    link: tuple[str, dict[str, str]], anyone: Client
) -> None:
    path, typed = link
    seen = [anyone.get(path), anyone.get(path), anyone.post(path, typed, headers=HERE)]
    assert [each.status_code for each in seen] == [200, 200, 302]
    seen.append(anyone.get(seen[-1]["Location"]))
    assert b'<html lang="es"' in seen[-1].content
    assert [{name: each[name] for name in GUARDED} for each in seen] == [GUARDED] * 4
    assert not anyone.cookies


def test_a_wrong_key_opens_nothing(link: tuple[str, dict[str, str]], anyone: Client) -> None:
    path, typed = link
    wrong = f"{path[:-5]}0000/"
    assert [anyone.get(wrong).status_code, anyone.post(wrong, typed, headers=HERE).status_code] == [404, 404]


def test_a_link_of_yesterday_opens_nothing(
    link: tuple[str, dict[str, str]], anyone: Client, set_clock: Callable[[dt.datetime], None]
) -> None:
    set_clock(AT + dt.timedelta(days=1))
    path, typed = link
    assert [anyone.get(path).status_code, anyone.post(path, typed, headers=HERE).status_code] == [404, 404]


def test_keys_cannot_be_tried_without_end(link: tuple[str, dict[str, str]], anyone: Client) -> None:
    path, typed = link
    wrong = f"{path[:-5]}0000/"
    tried = [anyone.post(wrong, typed, headers=HERE).status_code for _ in range(MOST_AN_HOUR + 1)]
    assert tried == [404] * MOST_AN_HOUR + [429]


@pytest.mark.parametrize("refusal", [Invalid("Too many."), WrongState("It is over.")])
def test_a_refused_step_is_told_on_the_page(refusal: Exception) -> None:
    def take() -> HttpResponse:
        raise refusal

    @keyed
    def view(request: Any) -> HttpResponse:
        return step_by_key(request, "any", take, lambda *, token, refused: HttpResponse(refused))

    answers = [view(RequestFactory().get("/")), view(RequestFactory().post("/"))]
    assert [(each.status_code, each.content) for each in answers] == [(200, b""), (422, str(refusal).encode())]
    assert all(each["X-Robots-Tag"] == "noindex, nofollow, noarchive" for each in answers)
