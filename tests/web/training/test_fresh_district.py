"""A district's first year: what the coordinator types in the form is what a plan is for and what sessions count for."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from tests.factories.plans import draft_plan, make_year_world
from tests.factories.training import DAY, World
from tests.factories.visits import client_of, read_page, seal_in
from tests.moments import AT
from tests.program.training.test_sessions import BEGINS, confirmed
from tests.web.coverage.test_requirements import PAGE, TYPED
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid
from upstander.program.compliance.models import Completion, Requirement
from upstander.program.training.models import PlanEntry
from upstander.program.training.services.attendance import tick
from upstander.program.training.services.sessions import open_session

pytestmark = pytest.mark.django_db
AWARE = TYPED | {
    "title_en": "Human trafficking awareness",
    "title_es": "Conciencia sobre la trata",
    "audience": "secondary_staff",
    "roles": [],
    "cadence": "rolling",
    "starts_on": "2024-07-01",
    "threshold_percent": "75",
    "by_sessions": "on",
    "save": "1",
}


@pytest.fixture
def world(set_clock: Any) -> World:
    set_clock(AT)
    return make_year_world(asks=False)


@pytest.fixture
def coordinator(world: World) -> Client:
    return client_of(world.coordinator)


def asked(world: World) -> list[tuple[str, list[str]]]:
    with in_district(world.district.pk):
        rows = Requirement.objects.filter(superseded_at__isnull=True).order_by("pk")
        return list(rows.values_list("subject", "also_counts"))


def held(world: World, coordinator: Client, set_clock: Any) -> str:
    """A session at which everyone of the first site was ticked off, closed on its page; what the page then says."""
    _request, session = confirmed(world)
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
        for person in world.staff:
            tick(actor=world.consultant, session_ref=session.ref, person_ref=person.ref, present=True, at=BEGINS)
    set_clock(BEGINS + dt.timedelta(hours=1))
    page = f"/en/training/mine/{session.ref}/close/"
    consultant = client_of(world.consultant)
    before = read_page(consultant, page)
    typed = {"offering": "staff.2026-07-01", "counted": "3", "card_count": "0", "initials": "CC"}
    done = consultant.post(page, typed, follow=True)
    assert "3 people have a completion and a certificate." in done.text
    return before + re.sub(r"\s+", " ", done.text)


def test_what_the_coordinator_asks_for_is_planned_held_closed_and_counted(
    world: World, coordinator: Client, set_clock: Any
) -> None:
    with in_district(world.district.pk), pytest.raises(Invalid, match="there is no plan to make"):
        draft_plan(world)
    assert 'name="by_sessions" ' in read_page(coordinator, f"{PAGE}new/")
    assert coordinator.post(f"{PAGE}new/", AWARE)["Location"] == PAGE
    assert asked(world) == [("csec-awareness", [])]
    assert "Sessions of the Cadre with the staff" in read_page(coordinator, PAGE)
    with in_district(world.district.pk):
        plan = draft_plan(world, at=AT + dt.timedelta(minutes=1))
        assert PlanEntry.objects.filter(plan=plan, on__isnull=False).count() == 4
    said = held(world, coordinator, set_clock)
    assert said.count("It counts for: Human trafficking awareness.") == 2
    with in_district(world.district.pk):
        assert set(Completion.objects.values_list("subject", "completed_on")) == {("csec-awareness", DAY)}
    board = read_page(coordinator, "/en/coverage/?on=2026-11-18")
    assert board.count('<span class="status good">Trained</span>') == 1


def test_a_session_that_nothing_asks_for_is_closed_and_kept(world: World, coordinator: Client, set_clock: Any) -> None:
    said = held(world, coordinator, set_clock)
    assert said.count("No requirement asks for it on this day.") == 2
    with in_district(world.district.pk):
        assert Completion.objects.count() == 3


def test_a_requirement_entered_without_the_tick_gets_it_and_its_people_are_counted(
    world: World, coordinator: Client, set_clock: Any
) -> None:
    unticked = {name: value for name, value in AWARE.items() if name != "by_sessions"}
    assert coordinator.post(f"{PAGE}new/", unticked)["Location"] == PAGE
    assert asked(world) == [("human-trafficking-awareness", [])]
    assert "Sessions of the Cadre fulfill none of these." in read_page(coordinator, PAGE)
    with in_district(world.district.pk):
        (row,) = Requirement.objects.all()
    page = f"{PAGE}{row.ref}/change/"
    ticked = AWARE | {"reason": "mistaken"} | seal_in(coordinator.get(page).text)
    assert coordinator.post(page, ticked)["Location"] == PAGE
    assert asked(world) == [("human-trafficking-awareness", ["csec-awareness"])]
    assert "It counts for: Human trafficking awareness." in held(world, coordinator, set_clock)


def test_a_second_training_that_sessions_fulfill_keeps_a_name_of_its_own(world: World, coordinator: Client) -> None:
    assert coordinator.post(f"{PAGE}new/", AWARE)["Location"] == PAGE
    assert "checked" not in _tick(read_page(coordinator, f"{PAGE}new/"))
    assert coordinator.post(f"{PAGE}new/", TYPED | {"by_sessions": "on", "save": "1"})["Location"] == PAGE
    assert asked(world) == [("csec-awareness", []), ("duty-to-report", ["csec-awareness"])]
    with in_district(world.district.pk):
        refs = list(Requirement.objects.order_by("pk").values_list("ref", flat=True))
    ticks = [_tick(read_page(coordinator, f"{PAGE}{ref}/change/")) for ref in refs]
    assert ["checked" in each for each in ticks] == [True, True]
    assert ["disabled" in each for each in ticks] == [True, False]


def test_sessions_that_fulfill_it_have_to_count_as_proof(world: World, coordinator: Client) -> None:
    refused = coordinator.post(f"{PAGE}new/", AWARE | {"proofs": ["import"]})
    assert refused.status_code == 422 and "attendance at one has to count as proof" in refused.text
    assert "Human trafficking awareness" in refused.text and asked(world) == []


def _tick(page: str) -> str:
    found = re.search(r'<input[^>]*name="by_sessions"[^>]*>', page)
    assert found
    return found[0]
