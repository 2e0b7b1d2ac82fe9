"""The front door through the pages: kinds, a visitor's link, other days, the queue's filters and steps."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_site
from tests.factories.training import DAY, World, ask
from tests.factories.visits import HERE, client_of
from upstander.foundation.kernel.db import in_district
from upstander.foundation.notices.models import Notice
from upstander.program.training.models import Request
from upstander.web.shared.anonymous_forms import form_token
from upstander.web.training.views.visitors import PURPOSE

pytestmark = pytest.mark.django_db


def wanted(world: World, **more: Any) -> dict[str, Any]:
    """A consultation, as a form sends it."""
    return {
        "site": world.site.ref,
        "audience": "leaders",
        "topics": ["reporting"],
        "call_times": ["early", "late"],
        "contact_phone": "(555) 555-0142",
        "languages": ["en"],
        **more,
    }


@pytest.mark.parametrize(("path", "doors"), [("/en/training/ask/", 6), ("/en/ask/", 4)])
def test_every_kind_is_a_door_and_the_call_stands_before_them(world: World, path: str, doors: int) -> None:
    client = client_of(world.administrator) if "training" in path else Client(SERVER_NAME="localhost")
    text = client.get(path).content.decode()
    assert text.count('<li class="door">') == doors
    main = text[text.index("<main") :]
    assert main.index("/en/guide/call/") < main.index("<h1>")


@pytest.mark.parametrize("kind", ["training", "consultation", "evening", "presentation", "materials", "event"])
def test_every_form_begins_with_the_call_and_takes_no_text(world: World, kind: str) -> None:
    text = client_of(world.coordinator).get(f"/es/training/ask/{kind}/").content.decode()
    main = text[text.index("<main") :]
    assert main.index("/es/guide/call/") < main.index("<h1>")
    assert "<textarea" not in text
    boxes = [re.search(r'name="(\w+)"', box) for box in re.findall(r'<input[^>]*type="text"[^>]*>', main)]
    assert {box[1] for box in boxes if box} <= {"room", "contact_phone"}


def test_a_visitor_asks_by_mail_follows_the_link_and_withdraws(world: World) -> None:
    client, token = Client(SERVER_NAME="localhost"), {"form_token": form_token(PURPOSE)}
    typed = wanted(world, email="ines@example.org", **token)
    without = client.post("/en/ask/for/consultation/", typed | {"contact_phone": ""}, headers=HERE)
    assert without.status_code == 422
    sent = client.post("/en/ask/for/consultation/", typed, headers=HERE)
    assert (sent.status_code, sent["Location"]) == (302, "/en/ask/sent/")
    with in_district(world.district.pk):
        link = "/en" + Notice.objects.get(kind="training_prove").facts["page"]
    assert client.get(link).status_code == 200
    with in_district(world.district.pk):
        assert not Request.objects.exists()  # mail programs open links by themselves
    page = client.post(link, token, headers=HERE)["Location"]
    answer = client.get(page)
    text = answer.content.decode()
    assert "What happens next" in text and "How reporting works" in text and "Cedar High" in text
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store")
    assert client.get(link).status_code == 404
    assert client.get(page.replace(page[-5:-1], "0000")).status_code == 404
    assert client.post(f"{page}withdraw/", token, headers=HERE)["Location"] == page
    assert "Withdrawn" in client.get(page).content.decode()
    assert not client.cookies


def test_a_visitors_form_keeps_what_was_typed(world: World) -> None:
    typed = wanted(world, email="ines@", topics=[], form_token=form_token(PURPOSE))
    answer = Client(SERVER_NAME="localhost").post("/en/ask/for/consultation/", typed, headers=HERE)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="ines@"' in text
    assert re.search(r'value="late"[^>]*checked', text)


def test_what_looks_like_the_same_shows_a_box_and_is_sent_with_it(world: World) -> None:
    client = client_of(world.administrator)
    first = client.post("/en/training/ask/consultation/", wanted(world))
    assert first.status_code == 302
    again = client.post("/en/training/ask/consultation/", wanted(world))
    assert again.status_code == 422
    assert "is on its way, or was held this year" in again.content.decode()
    assert client.post("/en/training/ask/consultation/", wanted(world, twice_is_meant="on")).status_code == 302
    ref = first["Location"].rstrip("/").rpartition("/")[2]
    text = client_of(world.coordinator).get(f"/en/training/queue/{ref}/").content.decode()
    assert "The same was asked for this site before" in text


def test_other_days_take_the_place_of_those_before(world: World) -> None:
    made = ask(world)
    client, page = client_of(world.administrator), f"/en/training/requests/{made.ref}/"
    typed = {"on_1": "2026-11-25", "starts_1": "09:00", "ends_1": "11:00"}
    assert f'value="{DAY.isoformat()}"' in client.get(f"{page}days/").content.decode()
    assert client.post(f"{page}days/", {**typed, "ends_1": "08:00"}).status_code == 422
    assert client.post(f"{page}days/", typed)["Location"] == page
    assert "Nov. 25, 2026" in client.get(page).content.decode()


def test_the_coordinator_narrows_takes_and_finishes(world: World) -> None:
    client_of(world.administrator).post("/en/training/ask/consultation/", wanted(world))
    client = client_of(world.coordinator)
    assert "Cedar High" in client.get("/en/training/queue/?kind=consultation&site=cedar").content.decode()
    assert "Nothing fits what you chose" in client.get("/en/training/queue/?kind=event").content.decode()
    with in_district(world.district.pk):
        ref = Request.objects.get().ref
    page = f"/en/training/queue/{ref}/"
    assert client.post(f"{page}step/", {"move": "explode"}).status_code == 302
    for move, word in (("start", "Under way"), ("finish", "Called back")):
        assert word in client.post(f"{page}step/", {"move": move}, follow=True).content.decode()


def test_the_queue_asks_the_same_for_one_line_and_for_many(world: World) -> None:
    client, counts = client_of(world.coordinator), []
    for number in (1, 5):
        for _ in range(number):
            ask(world, site=make_site(world.district, region=world.region))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/en/training/queue/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
