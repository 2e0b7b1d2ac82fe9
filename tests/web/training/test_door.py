"""The room on the consultant's device, and what devices bring: shapes, refusals, answers event by event."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.factories.training import World, make_world
from tests.factories.visits import HERE, signed_in
from tests.program.training.test_sessions import BEGINS, confirmed
from upstander.district.people.models import Person
from upstander.district.places.models import Site
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import AttendanceMark, Session
from upstander.web.shared.anonymous_forms import form_token

pytestmark = pytest.mark.django_db
MILLISECONDS = int(BEGINS.timestamp() * 1000)


@pytest.fixture
def world(set_clock: Any) -> World:
    set_clock(BEGINS)
    return make_world()


@pytest.fixture
def session(world: World) -> Session:
    return confirmed(world)[1]


@pytest.fixture
def consultant(world: World) -> Client:
    with in_district(world.district.pk):
        return signed_in(Person.objects.get(pk=world.consultant.person_id or 0).account)


def event(counter: int, how: str, **more: Any) -> dict[str, Any]:
    return {"counter": counter, "how": how, "person": "", "number": "", "standing": "", "noted": MILLISECONDS, **more}


def bundle(*kept: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"device": "0" * 16, "sent": MILLISECONDS, "kept": list(kept), **more}


def bring(client: Client, session: Session, told: Any) -> Any:
    path = f"/en/training/mine/{session.ref}/door/bring/"
    return client.post(path, json.dumps(told), content_type="application/json", headers=HERE)


def test_the_page_holds_its_site_s_staff_and_codes_but_no_number_and_no_key(
    world: World, session: Session, consultant: Client
) -> None:
    with in_district(world.district.pk):
        Site.objects.filter(pk=world.site.pk).update(phone="555-0177")
    answer = consultant.get(f"/en/training/mine/{session.ref}/door/")
    page = answer.content.decode()
    assert 12 * 3600 < int(answer["X-Kept-Seconds"]) <= 13 * 3600
    assert all(person.full_name in page for person in world.staff)
    assert not any(f">{person.staff_number}<" in page for person in world.staff)
    assert "Do not write down what was told" in page, "the facilitator's card comes along"
    assert "555-0177" in page, "and how to reach who answers"
    script = consultant.get(f"/en/training/mine/{session.ref}/door/worker.js")
    assert script["Content-Type"].startswith("text/javascript")


def test_a_bundle_opens_the_room_and_the_answer_says_how_it_stands(
    world: World, session: Session, consultant: Client
) -> None:
    person = world.staff[0]
    known, unknown = event(1, "ticked", person=person.ref), event(2, "walk_in", number="N-1")
    told = bundle(known, unknown, event(3, "code", number="x"))
    answer = bring(consultant, session, told).json()
    assert answer["outcomes"] == ["accepted", "accepted", "no_number"]
    assert answer["seats"] == {person.ref: {"here": True, "since": "", "left": ""}}
    assert (answer["session"], answer["others"]) == ("open", 1)


BROKEN: list[Any] = [
    None,
    [],
    "x",
    {},
    bundle(device="x"),
    bundle(sent="now"),
    bundle(sent=-1),
    bundle(event(0, "ticked")),
    bundle(event(1, "matched", number="1")),
    bundle(event(True, "ticked")),
    bundle(event(1, "walk_in", number="1" * 21)),
    bundle(event(1, "walk_in", number="1", standing="guest")),
    bundle(event(1, "answers", who="Maria")),
    bundle({"counter": 1}),
    bundle(*[event(1, "ticked")] * 501),
]


def test_what_has_not_the_shape_is_refused_as_a_whole(world: World, session: Session, consultant: Client) -> None:
    assert [bring(consultant, session, told).status_code for told in BROKEN] == [400] * len(BROKEN)
    with in_district(world.district.pk):
        assert not AttendanceMark.objects.exists()


def test_a_phone_s_kept_check_ins_are_answered_without_a_word_about_anyone(world: World, session: Session) -> None:
    kept = {"counter": 1, "number": "44", "noted": MILLISECONDS, "proof": "0" * 64}
    client = Client(SERVER_NAME="localhost")

    def send(told: Any) -> Any:
        fields = {"form_token": form_token("check-in"), "bundle": json.dumps(told)}
        return client.post("/en/check-in/bring/", fields, headers=HERE)

    good = {"device": "0" * 16, "sent": MILLISECONDS, "kept": [kept, {**kept, "number": "Maria"}]}
    assert send(good).json() == {"outcomes": ["wrong_code", "wrong_code"]}
    broken: tuple[object, ...] = ({**good, "kept": [kept] * 6}, {**good, "kept": [{**kept, "proof": "x"}]}, [], None)
    assert [send(told).status_code for told in broken] == [400] * 4
    assert dict(client.cookies) == {}


def test_closing_asks_for_the_head_count_and_keeps_what_was_typed(
    world: World, session: Session, consultant: Client
) -> None:
    bring(consultant, session, bundle(event(1, "ticked", person=world.staff[0].ref)))
    path = f"/en/training/mine/{session.ref}/close/"
    assert "I know of the difference" not in consultant.get(path).content.decode()
    typed = {"counted": "2", "card_count": "0", "initials": "cc"}
    answer = consultant.post(path, typed, headers=HERE)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "You counted 2, and 1 are noted" in page
    assert 'value="cc"' in page
    page = consultant.post(path, {**typed, "staff": "3"}, headers=HERE).content.decode()
    assert "part of the people in the room" in page
    assert '<details class="add" open>' in page
    assert consultant.post(path, {**typed, "volunteer": "1"}, headers=HERE).status_code == 302
    record = consultant.get(f"/en/training/mine/{session.ref}/").content.decode()
    assert "<dt>Volunteers without a number</dt><dd>1</dd>" in record
    assert "Contractors without a number" not in record
    assert consultant.get(f"/en/training/mine/{session.ref}/door/").status_code == 302
