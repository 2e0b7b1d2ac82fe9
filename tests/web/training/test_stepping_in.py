"""Whoever coordinates a region steps in for a sick consultant: every button that the room shows works for them."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import make_actor, make_region
from tests.factories.training import World
from tests.factories.visits import client_of, read_page
from tests.program.training.test_sessions import BEGINS, confirmed
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import AttendanceMark, HeadCount, Responder, Session

pytestmark = pytest.mark.django_db
PICTURE = "image/svg+xml"


def test_a_regions_lead_opens_ticks_codes_enters_a_sheet_and_closes(world: World, set_clock: Any) -> None:
    _request, session = confirmed(world)
    lead = client_of(make_actor(world.district, "region_lead", region=world.region))
    room, person = f"/en/training/mine/{session.ref}/", world.staff[0].ref
    set_clock(BEGINS)
    assert f'href="{room}"' in read_page(lead, f"/en/training/queue/{session.request.ref}/")
    page = read_page(lead, room)
    assert "Open the session" in page and "/en/training/sessions/" in page and "My sessions" not in page
    for step, given in (
        ("open", {}),
        ("put-back", {}),
        ("open", {}),
        ("responder", {"who": "lead"}),
        ("tick", {"person": person, "present": "yes"}),
        ("tick", {"person": world.staff[1].ref, "present": "yes"}),
        ("left", {"person": person}),
        ("walk-in", {"staff_number": "N-7"}),
        ("match", {"staff_number": "N-7", "aside": "yes"}),
    ):
        assert lead.post(f"{room}{step}/", given).status_code == 302, step
    assert "people are in the room" in read_page(lead, room)
    assert lead.get(f"{room}code.svg")["Content-Type"] == PICTURE
    for path in ("code", "door", "paper", "close", "make-ups"):
        read_page(lead, f"{room}{path}/")
    set_clock(BEGINS + dt.timedelta(hours=1))
    given = {"offering": session.offering, "counted": "2", "card_count": "0", "initials": "RL"}
    closed = lead.post(f"{room}close/", given, follow=True)
    assert closed.status_code == 200 and "Closed. 1 person has a completion" in closed.content.decode()
    with in_district(world.district.pk):
        assert Session.objects.get().state == "closed" and HeadCount.objects.get().initials == "RL"
        assert Responder.objects.get().who == "lead"
        assert set(AttendanceMark.objects.values_list("how", flat=True)) == {"ticked", "left", "walk_in", "set_aside"}


def test_another_regions_lead_finds_no_such_room(world: World, set_clock: Any) -> None:
    _request, session = confirmed(world)
    stranger = client_of(make_actor(world.district, "region_lead", region=make_region(world.district, "East")))
    set_clock(BEGINS)
    room = f"/en/training/mine/{session.ref}/"
    assert [stranger.get(f"{room}{path}").status_code for path in ("", "close/", "door/", "paper/")] == [404] * 4
    assert [stranger.post(f"{room}{step}/").status_code for step in ("bring", "close")] == [404, 404]
    stranger.post(f"{room}open/")
    stranger.post(f"{room}tick/", {"person": world.staff[0].ref, "present": "yes"})
    with in_district(world.district.pk):
        assert Session.objects.get().state == "confirmed" and not AttendanceMark.objects.exists()
