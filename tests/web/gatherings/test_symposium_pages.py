"""A symposium in the browser: made, published, signed up for from outside, held at the door."""

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.training import World, ask, make_world
from tests.factories.visits import HERE, client_of, holder, seal_in
from tests.moments import AT, TODAY
from upstander.foundation.kernel.db import in_district
from upstander.foundation.notices.models import Notice
from upstander.program.gatherings.models import AgendaSlot, Guest, Speaker, Symposium
from upstander.program.gatherings.services.symposiums import Plan, make_symposium, move_symposium
from upstander.web.shared.anonymous_forms import form_token

PLAN = {
    "title_en": "Schools and partners",
    "title_es": "Escuelas y aliados",
    "on": (TODAY + dt.timedelta(days=30)).isoformat(),
    "starts": "09:00",
    "ends": "15:00",
    "place": "Hall A",
    "capacity": "1",
    "interpreters": ["es"],
}
AGREED = {
    "name": "Jo Marsh",
    "organization": "Harbor Center",
    "fee": "600",
    "topics": ["healing"],
    "break_minutes": "30",
}
LINE = {"starts": "09:30", "ends": "10:30", "title_en": "Welcome", "title_es": "Bienvenida", "room": "Hall A"}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def manager(world: World) -> Client:
    return holder(world.district)


def published(world: World, manager: Client, **more: str) -> str:
    """A symposium that guests can sign up for; the address of its page for who manages it."""
    page = manager.post("/en/gatherings/symposiums/new/", {**PLAN, **more})["Location"]
    manager.post(f"{page}step/", {"move": "publish"})
    return page


def test_from_a_draft_to_a_guest_with_a_place_who_gives_it_back(world: World, manager: Client) -> None:
    wrong = manager.post("/en/gatherings/symposiums/new/", {**PLAN, "ends": "08:00"})
    assert wrong.status_code == 422
    assert b'value="Hall A"' in wrong.content, "nothing typed is lost"
    page = published(world, manager)
    ref = page.rstrip("/").rpartition("/")[2]
    assert manager.post(f"{page}add/slot/", LINE).status_code == 302
    assert manager.post(f"{page}add/slot/", {**LINE, "starts": "07:00"}).status_code == 422
    assert manager.post(f"{page}add/host/", {"name": "County office", "brings": ["room"]}).status_code == 302
    with in_district(world.district.pk):
        slot = AgendaSlot.objects.get()
    agreed = {**AGREED, "slot_ref": slot.ref, "care_name": "Ana Ruiz", "care_phone": "555-0100"}
    assert manager.post(f"{page}add/speaker/", agreed).status_code == 302
    guest = Client(SERVER_NAME="localhost")
    agenda = guest.get(f"/es/symposiums/{ref}/")
    shown = agenda.content.decode()
    assert agenda.cookies == {}
    assert all(word in shown for word in ("Escuelas y aliados", "Bienvenida", "Jo Marsh", "County office"))
    assert [word for word in ("600", "Ana Ruiz", "555-0100", "sanar") if word in shown] == []
    assert guest.get(f"/es/symposiums/{ref}/agenda.pdf").content.startswith(b"%PDF")
    assert b"SUMMARY:Escuelas y aliados" in guest.get(f"/es/symposiums/{ref}/day.ics").content
    typed = {"name": "Robin Vega", "email": "robin@example.org", "needs": ["captions"], "interpreter": ""}
    form = {**typed, "form_token": form_token("symposium")}
    assert guest.post(f"/en/symposiums/{ref}/sign-up/", form, headers=HERE)["Location"] == "/en/symposiums/sent/"
    with in_district(world.district.pk):
        link = "/en" + Notice.objects.get(kind="gathering_prove").facts["page"]
    assert b"Take this place?" in guest.get(link).content
    token = {"form_token": form_token("symposium")}
    place = guest.post(link, token, headers=HERE)["Location"]
    assert b"You have a place" in guest.get(place).content
    assert guest.get(link)["Location"] == place
    assert b"Join the waiting list" in guest.get(f"/en/symposiums/{ref}/").content
    assert guest.post(place, token, headers=HERE).status_code == 302
    assert b"The place was given back" in guest.get(place).content
    assert guest.get(place.replace(place[-10:], "0" * 9 + "/")).status_code == 404


def test_speakers_are_paid_on_the_page_and_the_door_counts(world: World, manager: Client) -> None:
    page = published(world, manager, capacity="5")
    ref = page.rstrip("/").rpartition("/")[2]
    manager.post(f"{page}add/speaker/", AGREED)
    with in_district(world.district.pk):
        speaker = Speaker.objects.get()
        symposium = Symposium.objects.get()
        told = {"district_id": world.district.pk, "symposium": symposium, "state_since": symposium.state_since}
        for number in range(3):
            name = {"name": f"=Guest {number}", "email": f"g{number}@example.org", "language": "en"}
            Guest.objects.create(state="seated", proved_at=symposium.state_since, **name, **told)
    one = f"{page}speakers/{speaker.ref}/"
    assert manager.post(f"{one}paid/", {"amount": "600", "paid_on": TODAY.isoformat()}).status_code == 302
    assert manager.post(f"{one}paid/", {"amount": "0", "paid_on": TODAY.isoformat()}).status_code == 422
    assert b"Paid: $600." in manager.get(one).content
    first = seal_in(manager.get(one).text)
    assert manager.post(one, {**AGREED, **first, "fee": "800"}).status_code == 302
    late = manager.post(one, {**AGREED, **first, "fee": "700"})
    assert late.status_code == 422 and "<dt>Fee in whole dollars</dt><dd>800</dd>" in late.text
    assert manager.post(one, {**AGREED, **seal_in(late.text), "fee": "700"}).status_code == 302
    refused = manager.post(f"{page}door/came/", {"guest": "x", "is_here": "yes"}, follow=True)
    assert b"on the day itself" in refused.content
    rows = list(csv.reader(io.StringIO(manager.get(f"{page}guests.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 4
    assert rows[1][0] == "'=Guest 0"
    assert re.search(rb"0 of 3 have come", manager.get(f"{page}door/").content)
    assert (
        b"Everyone who signed up gets a mail" in manager.post(f"{page}step/", {"move": "cancel"}, follow=True).content
    )
    assert Client(SERVER_NAME="localhost").get(f"/en/symposiums/{ref}/sign-up/").status_code == 302


def test_pages_ask_as_often_for_many_as_for_one(world: World, manager: Client) -> None:
    def asked() -> list[int]:
        counts = []
        for address in ("/en/gatherings/symposiums/", page, f"{page}door/"):
            with CaptureQueriesContext(connection) as caught:
                manager.get(address)
            counts.append(len(caught))
        return counts

    page = published(world, manager)
    manager.post(f"{page}add/slot/", LINE)
    manager.post(f"{page}add/speaker/", AGREED)
    once = asked()
    published(world, manager)
    for number in range(3):
        manager.post(f"{page}add/slot/", LINE)
        manager.post(f"{page}add/speaker/", {**AGREED, "name": f"Speaker {number}"})
    assert asked() == once


def test_an_event_that_was_asked_for_becomes_a_symposium_and_both_know_each_other(
    world: World, manager: Client
) -> None:
    event: dict[str, Any] = {
        "kind": "event",
        "audience": "partners",
        "mode": "",
        "minutes": 0,
        "languages": ("en", "es"),
    }
    asked = ask(world, answers={"form": "panel", "topics": ["signs"]}, **event)
    request = f"/en/training/queue/{asked.ref}/"
    new = f"/en/gatherings/symposiums/new/?request={asked.ref}"
    assert new.partition("/en")[2] in manager.get(request).content.decode()
    form = manager.get(new).content.decode()
    for value in ("Panel of speakers", "Panel de ponentes", asked.windows.get().on.isoformat(), "Library, Cedar High"):
        assert f'value="{value}' in form
    page = manager.post(new, PLAN)["Location"]
    assert manager.post(new, PLAN).status_code == 422, "one request, one symposium"
    assert f'href="{request}"' in manager.get(page).content.decode()
    told = manager.get(request).content.decode()
    assert f'href="{page}"' in told
    assert 'value="finish"' not in told
    follower = client_of(world.administrator)
    status = follower.get(f"/en/training/requests/{asked.ref}/").content.decode()
    assert "Schools and partners" in status
    assert page not in status
    manager.post(f"{page}step/", {"move": "cancel"})
    with in_district(world.district.pk):
        asked.refresh_from_db()
    assert asked.state == "waiting"
    assert manager.post(new, PLAN).status_code == 302
    other = ask(world)
    assert manager.get(f"/en/gatherings/symposiums/new/?request={other.ref}").status_code == 404


def test_what_was_asked_for_is_answered_when_its_symposium_was_held(world: World) -> None:
    event: dict[str, Any] = {"kind": "event", "audience": "partners", "mode": "", "minutes": 0}
    asked = ask(world, answers={"form": "panel", "topics": ["signs"]}, **event)
    on = TODAY + dt.timedelta(days=30)
    plan = Plan("Schools", "Escuelas", "Hall A", on, dt.time(9), dt.time(15), 10)
    with in_district(world.district.pk):
        symposium = make_symposium(actor=world.coordinator, plan=plan, at=AT, request_ref=asked.ref)
        for move, at in (("publish", AT), ("hold", AT + dt.timedelta(days=30))):
            move_symposium(actor=world.coordinator, ref=symposium.ref, move=move, at=at)
        asked.refresh_from_db()
        assert asked.state == "delivered"
        assert Notice.objects.filter(kind="training_finished").count() == 1
