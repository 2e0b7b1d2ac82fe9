"""Checking in: the page answers everyone alike, keeps no cookie and stores nothing for a wrong code."""

import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.training import World
from tests.program.training.test_sessions import BEGINS, confirmed
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import AttendanceMark
from upstander.program.training.selectors.rooms import code_now
from upstander.program.training.services.sessions import open_session

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


@pytest.fixture
def code(world: World, set_clock: Any) -> str:
    """The letters on the screen of an open session."""
    _, session = confirmed(world)
    set_clock(BEGINS)
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
        return code_now(actor=world.consultant, ref=session.ref, at=BEGINS)


def send(number: str, code: str, language: str = "en") -> tuple[Client, HttpResponse]:
    client = Client(SERVER_NAME="localhost")
    token = TOKEN.search(client.get(f"/{language}/check-in/").content.decode())
    assert token
    data = {"staff_number": number, "code": code, "form_token": token[1]}
    answer = client.post(f"/{language}/check-in/", data, headers={"origin": "http://localhost"}, follow=True)
    return client, answer  # type: ignore[return-value]


def test_known_unknown_and_repeated_numbers_get_the_same_page_and_no_cookie(world: World, code: str) -> None:
    known = world.staff[0].staff_number
    answers = [send(number, code) for number in (known, "T-100", known)]
    assert len({answer.content for _, answer in answers}) == 1
    assert b"Thank you, recorded" in answers[0][1].content
    assert [dict(client.cookies) for client, _ in answers] == [{}] * 3
    with in_district(world.district.pk):
        assert AttendanceMark.objects.count() == 2


def test_a_first_check_in_asks_ten_times_whoever_is_there_already(world: World, code: str) -> None:
    """District, settings, two counts of tries, open sessions, lock, person, ledger, mark, audit: a room is waiting."""
    first, *others, last = (person.staff_number for person in world.staff)
    client, _ = send(first, code)
    token = TOKEN.search(client.get("/en/check-in/").content.decode())
    assert token

    def asked(number: str) -> int:
        typed = {"staff_number": number, "code": code, "form_token": token[1]}
        with CaptureQueriesContext(connection) as captured:
            answer = client.post("/en/check-in/", typed, headers={"origin": "http://localhost"})
        assert answer.status_code == 302
        return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)

    assert [asked(number) for number in (*others, last, "T-100")] == [10] * (len(others) + 2)


def test_a_wrong_code_says_so_and_stores_nothing(world: World, code: str) -> None:
    wrong = "B" * 6 if code != "B" * 6 else "C" * 6
    _, answer = send(world.staff[0].staff_number, wrong, "es")
    assert answer.status_code == 422
    with in_district(world.district.pk):
        assert not AttendanceMark.objects.exists()


def test_the_sixth_try_within_a_minute_is_stopped_and_the_answer_tells_nothing_of_the_number(
    world: World, code: str
) -> None:
    wrong = "B" * 6 if code != "B" * 6 else "C" * 6
    for number in (world.staff[0].staff_number, "T-100"):
        assert [send(number, wrong)[1].status_code for _ in range(6)] == [422] * 5 + [429]


def test_the_address_in_the_picture_fills_in_the_letters_and_stays_out_of_search_engines(code: str) -> None:
    text = Client(SERVER_NAME="localhost").get(f"/en/check-in/{code}/").content.decode()
    assert f'value="{code}"' in text
    assert '<meta name="robots" content="noindex, nofollow">' in text


def test_a_post_from_another_site_is_refused(world: World, code: str) -> None:
    client = Client(SERVER_NAME="localhost")
    data = {"staff_number": "100001", "code": code, "form_token": "x"}
    assert client.post("/en/check-in/", data, headers={"origin": "http://elsewhere.example"}).status_code == 403
