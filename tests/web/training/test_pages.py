"""Walk A through the pages: from request to closed session, as four people do it."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from tests.factories import make_actor, make_site
from tests.factories.training import DAY, World, ask
from tests.factories.visits import client_of
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import Request, Session
from upstander.web.training.views import rooms

pytestmark = pytest.mark.django_db
MEANT = {"closed_day_is_meant": "on", "twice_is_meant": "on"}
LETTERS = re.compile(r'class="code-big" data-letters="([A-Z ]+)"')


def filled(world: World, **more: Any) -> dict[str, Any]:
    return {
        "site": world.site.ref,
        "audience": "all_staff",
        "head_count": "40",
        "languages": ["en"],
        "minutes": "60",
        "mode": "in_person",
        "room": "Library",
        "on_1": DAY.isoformat(),
        "starts_1": "14:00",
        "ends_1": "16:00",
        **more,
    }


def plan(world: World, coordinator: Client) -> str:
    """The whole way to a confirmed session; gives its ref."""
    made = ask(world)
    page = f"/en/training/queue/{made.ref}/"
    text = coordinator.get(page).content.decode()
    slot = re.search(r'name="slot" value="([^"]+)"', text)
    assert slot
    assert coordinator.post(f"{page}assign/", {"slot": slot[1], "member": world.near.ref}).status_code == 302
    assert coordinator.post(f"{page}confirm/").status_code == 302
    with in_district(world.district.pk):
        return Session.objects.get(state="confirmed").ref


def test_the_form_begins_with_the_way_to_the_phone(world: World) -> None:
    text = client_of(world.administrator).get("/en/training/ask/training/").content.decode()
    main = text[text.index("<main") :]
    assert main.index("Is this about a child now?") < main.index("<h1>")
    assert "/en/guide/call/" in main
    assert "<textarea" not in text


def test_asking_leads_to_the_page_to_follow_it(world: World) -> None:
    client = client_of(world.administrator)
    answer = client.post("/en/training/ask/training/", filled(world), follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain[0][0].startswith("/en/training/requests/")
    assert "Cedar High" in text
    assert "Waiting for a consultant" in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"head_count": "-1"}, "from 1 to 1500"),
        ({"head_count": "10000"}, "from 1 to 1500"),
        ({"head_count": "many"}, "whole number"),
        ({"on_1": "2026-11-13"}, "already over"),
        ({"starts_1": "23:00", "ends_1": "01:00"}, "same day"),
        ({"ends_1": ""}, "the day, the start and the end"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(world: World, change: dict[str, str], says: str) -> None:
    answer = client_of(world.administrator).post("/en/training/ask/training/", filled(world, **change))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text
    assert 'value="Library"' in text
    for value in change.values():
        assert not value or f'value="{value}"' in text


@pytest.mark.parametrize(("language", "day"), [("en", "Preferred day"), ("es", "Día propuesto")])
def test_everything_that_is_wrong_is_said_at_once_with_the_day_it_is_about(
    world: World, language: str, day: str
) -> None:
    wrong = {"head_count": "-1", "room": "", "on_1": "2026-11-13"}
    third = {"on_3": DAY.isoformat(), "starts_3": "16:00", "ends_3": "14:00"}
    answer = client_of(world.administrator).post(f"/{language}/training/ask/training/", filled(world, **wrong, **third))
    summary = answer.content.decode().split("data-problems")[1].split("</ul>")[0]
    assert re.findall(r'href="#id_(\w+)"', summary) == ["head_count", "room", "on_1", "on_3"]
    assert f"{day} 1, " in summary and f"{day} 3, " in summary


def test_two_requests_of_a_site_are_told_apart_by_the_days_they_wish(world: World) -> None:
    client = client_of(world.administrator)
    for day in (DAY, DAY + dt.timedelta(days=1)):
        client.post("/en/training/ask/training/", filled(world, on_1=day.isoformat(), **MEANT))
    for path, before in (("/en/staff/", "For "), ("/en/training/requests/", ">")):
        text = client.get(path).content.decode()
        for day in (DAY, DAY + dt.timedelta(days=1)):
            assert before + date_format(day, "DATE_FORMAT") in text, path


@pytest.mark.parametrize(("language", "says"), [("en", "(if in person)"), ("es", "(si es en persona)")])
def test_the_room_is_asked_for_when_the_session_is_in_person(world: World, language: str, says: str) -> None:
    assert says in client_of(world.administrator).get(f"/{language}/training/ask/training/").content.decode()


def test_from_the_queue_to_the_closed_session(world: World, set_clock: Any) -> None:
    coordinator, consultant = client_of(world.coordinator), client_of(world.consultant)
    ref = plan(world, coordinator)
    set_clock(dt.datetime(2026, 11, 18, 21, 50, tzinfo=dt.UTC))
    room = f"/en/training/mine/{ref}/"
    assert "Open the session" in consultant.get(room).content.decode()
    assert consultant.get(f"{room}code.svg").status_code == 404  # no room is open yet, so nothing is shown
    opened = consultant.post(f"{room}open/", follow=True)
    letters = LETTERS.search(opened.content.decode())
    assert letters
    code = letters[1].replace(" ", "")
    picture = consultant.get(f"{room}code.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"style=" not in picture.content

    visitor = Client(SERVER_NAME="localhost")
    page = visitor.get(f"/en/check-in/{code}/").content.decode()
    assert f'value="{code}"' in page
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    known, unknown = world.staff[0].staff_number, "T-100"
    answers = [
        visitor.post(
            "/en/check-in/",
            {"staff_number": number, "code": code, "form_token": token[1]},
            headers={"origin": "http://localhost"},
            follow=True,
        )
        for number in (known, unknown)
    ]
    assert answers[0].content == answers[1].content
    assert "Thank you, recorded" in answers[0].content.decode()
    assert visitor.cookies == {}

    consultant.post(f"{room}tick/", {"person": world.staff[1].ref, "present": "yes"})
    assert "T-100" in consultant.get(room).content.decode()
    assert "2 people are present" in consultant.get(f"{room}close/").content.decode()
    given = {"offering": "classified.2026-07-01", "counted": "3", "card_count": "0", "initials": "CC"}
    closed = consultant.post(f"{room}close/", given, follow=True)
    assert "2 people have a completion and a certificate" in closed.content.decode()
    edition = "Session for offices, aides, buses, kitchens and custodians, edition of July 1, 2026"
    assert edition in consultant.get(room).content.decode()
    agenda = consultant.get("/en/training/offerings/").content.decode()
    assert 'id="classified2026-07-01"' in agenda
    assert "Myths about victims and abusers" in agenda


PAGES = ["/en/training/queue/", "/en/training/requests/", "/en/training/sessions/", "/en/staff/"]


@pytest.mark.parametrize("path", PAGES)
def test_lists_ask_the_database_as_often_for_many_as_for_one(world: World, path: str) -> None:
    client = client_of(world.coordinator)
    ask(world)
    one = queries(client, path)
    for _ in range(4):
        ask(world, site=make_site(world.district, region=world.region))
    assert queries(client, path) == one


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_empty_pages_say_what_will_stand_there(world: World) -> None:
    assert "The queue is empty" in client_of(world.coordinator).get("/en/training/queue/").content.decode()
    assert "No session is planned with you" in client_of(world.consultant).get("/en/training/mine/").content.decode()
    administrator = make_actor(world.district, "it_administrator")
    assert "No mail was sent yet" in client_of(administrator).get("/en/outbox/").content.decode()


def test_a_stranger_to_the_site_gets_not_found(world: World) -> None:
    made = ask(world)
    stranger = client_of(make_actor(world.district, "site_administrator", site=make_site(world.district)))
    for page in ("", "withdraw/"):
        assert stranger.get(f"/en/training/requests/{made.ref}/{page}").status_code == 404
    assert stranger.post(f"/en/training/requests/{made.ref}/withdraw/").status_code == 404
    with in_district(world.district.pk):
        assert Request.objects.get().state == "waiting"


def test_going_through_staff_numbers_is_stopped(world: World, set_clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_LOOK_UPS", 3)
    ref, consultant = plan(world, client_of(world.coordinator)), client_of(world.consultant)
    set_clock(dt.datetime(2026, 11, 18, 21, 50, tzinfo=dt.UTC))
    room = f"/en/training/mine/{ref}/"
    consultant.post(f"{room}open/")
    tries = [consultant.post(f"{room}walk-in/", {"staff_number": f"{number}"}) for number in range(70, 72)]
    tries.append(consultant.post(f"{room}match/", {"staff_number": "70", "right_number": "1"}))
    tries.append(consultant.post(f"{room}match/", {"staff_number": "70", "right_number": "2"}))
    tries.append(consultant.post(f"{room}walk-in/", {"staff_number": "73"}))
    assert [answer.status_code for answer in tries] == [302, 302, 302, 429, 429]
    assert consultant.post(f"{room}match/", {"staff_number": "70", "aside": "1"}).status_code == 302
