"""A co-lead is found, added and taken off again on the request's page."""

from typing import Any

from tests.factories.training import make_world
from tests.factories.visits import client_of
from tests.moments import AT
from tests.program.training.test_sessions import confirmed
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import Assignment


def test_a_coordinator_adds_a_co_lead_and_takes_them_off(db: None, set_clock: Any) -> None:
    set_clock(AT)
    world = make_world()
    made, session = confirmed(world)
    client, page = client_of(world.coordinator), f"/en/training/queue/{made.ref}/"
    assert "Add Alex Far" not in client.get(page).content.decode()
    assert "Add Alex Far" in client.get(page, {"part": "co_lead"}).content.decode()
    told = {"member": world.far.ref, "part": "co_lead"}
    after = client.post(f"{page}join/", told, follow=True).content.decode()
    assert "Alex Near, Alex Far (co-leads)" in after
    assert "Alex Near, Alex Far (co-leads)" in client.get("/en/training/sessions/").content.decode()
    with in_district(world.district.pk):
        there = Assignment.objects.get(session=session, role="co_lead")
    after = client.post(f"{page}leave/{there.ref}/", follow=True).content.decode()
    assert "Taken off" in after and "Alex Far (co-leads)" not in after
    assert "not free" in client.post(f"{page}join/", {**told, "member": world.near.ref}, follow=True).content.decode()
