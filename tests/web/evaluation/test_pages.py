"""The questions on a phone, without an account or a cookie, and the pages that tell what came of them."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.factories.training import World
from tests.factories.visits import HERE, client_of
from tests.program.evaluation.test_answers import CLOSED, HIGH, LOW, close, make_year, say
from tests.program.training.test_sessions import BEGINS, confirmed
from upstander.foundation.kernel.db import in_district
from upstander.program.evaluation.models import AnswerSheet
from upstander.program.training.services.sessions import open_session

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
ADDRESS = re.compile(r'href="http://localhost(/en/questions/[^"]+)"')


def test_from_the_picture_to_the_year(world: World, set_clock: Any) -> None:
    session = confirmed(world)[1]
    set_clock(BEGINS)
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
    lead = client_of(world.consultant)
    page = f"/en/training/mine/{session.ref}/questions/"
    found = ADDRESS.search(lead.get(page).content.decode())
    assert found
    phone = Client(SERVER_NAME="localhost")
    token = TOKEN.search(phone.get(found[1]).content.decode())
    assert token
    typed = {**LOW, "code": "TREE42", "form_token": token[1]}
    assert phone.post(found[1], {**typed, "role": ""}, headers=HERE).status_code == 422
    assert phone.post(found[1], {**typed, "code": "x"}, headers=HERE).status_code == 422
    assert phone.post(found[1], typed, headers=HERE)["Location"] == "/en/questions/thanks/"
    assert dict(phone.cookies) == {}
    assert "not open now" in phone.get(found[1].replace("before", "after")).content.decode()
    assert phone.get(found[1].replace("before", "between")).status_code == 404
    for _ in range(11):
        say(world, session, "after", chosen=HIGH)
    close(world, session)
    with in_district(world.district.pk):
        assert AnswerSheet.objects.count() == 12
    make_year(world)
    set_clock(CLOSED)
    lead, coordinator = client_of(world.consultant), client_of(world.coordinator)
    for client, address, all_of_them, times in (
        (lead, page, "100%", 1),
        (coordinator, "/es/training/evaluation/", "100 %", 2),
    ):  # as a whole, by region
        text = client.get(address).content.decode()
        assert text.count(all_of_them) == 3 * times
        assert text.count("<rect") == (7 + 4) * times
    assert coordinator.get("/en/training/evaluation/?on=nonsense").status_code == 200
    assert coordinator.get("/en/training/evaluation/?on=2019-01-01").status_code == 200
    assert coordinator.get("/en/training/evaluation/?on=0001-01-01").status_code == 200


def test_closing_leads_to_the_look_back(world: World, set_clock: Any) -> None:
    session = confirmed(world)[1]
    set_clock(BEGINS)
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
    lead = client_of(world.consultant)
    room = f"/en/training/mine/{session.ref}/"
    answer = lead.post(f"{room}close/", {"counted": "0", "initials": "cc", "card_count": "0"})
    assert answer["Location"] == f"{room}look-back/"
    assert lead.post(answer["Location"], {"time": "yes"}).status_code == 422
    chosen = {"time": "yes", "room": "partly", "content": "yes", "asked": "report", "responder": "not_needed"}
    assert lead.post(answer["Location"], chosen)["Location"] == room
