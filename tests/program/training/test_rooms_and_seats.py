"""The seats of a room against the people who come: the planner never does it, people may, on record."""

import pytest

from tests.factories.plans import TWO, draft_plan, make_year_world
from tests.factories.training import World, ask
from tests.moments import AT
from tests.program.training.test_plans import entries
from tests.program.training.test_sessions import assign
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid
from upstander.program.training.models import Allowance, PlanEntry, Request, Session
from upstander.program.training.selectors.proposals import answer_token
from upstander.program.training.services.plan_answers import answer_by_link
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.plans import Change, Room, change_entry, set_room
from upstander.program.training.services.sessions import Slot, assign_member


@pytest.fixture
def world(db: None) -> World:
    return make_year_world(schools=1)


def small(world: World) -> PlanEntry:
    """Forty people, thirty seats."""
    return entries(draft_plan(world, first_on=ask(world, seat_count=30).windows.get().on))[0]


def test_the_planner_plans_no_session_into_a_room_with_too_few_seats_and_says_so(world: World) -> None:
    with in_district(world.district.pk):
        lacking = small(world)
        assert (lacking.on, lacking.lacking["reasons"][0]["rule"]) == (None, "room")
        set_room(actor=world.coordinator, ref=lacking.ref, room=Room("Gym", 60), at=AT)
        placed = entries(draft_plan(world, first_on=lacking.plan.made_at.date()))[0]
        assert placed.on is None  # what the site asked for itself stands in a new draft


@pytest.mark.parametrize("mode", ["online", "hybrid"])
def test_online_and_hybrid_sessions_need_no_seat_for_each(world: World, mode: str) -> None:
    with in_district(world.district.pk):
        asked = ask(world, seat_count=30, mode=mode)
        assert entries(draft_plan(world, first_on=asked.windows.get().on))[0].on


def test_by_hand_it_is_asked_and_then_on_record_through_the_release(world: World) -> None:
    with in_district(world.district.pk):
        entry = small(world)
        day = Request.objects.get().windows.get().on
        change = Change(day, TWO, (world.near.ref,))
        with pytest.raises(Invalid, match="30 seats, and 40 people") as refused:
            change_entry(actor=world.coordinator, ref=entry.ref, change=change, at=AT)
        assert refused.value.field == "is_known"
        known = Change(day, TWO, (world.near.ref,), is_known=True)
        changed = change_entry(actor=world.coordinator, ref=entry.ref, change=known, at=AT)
        assert (changed.on, changed.is_pinned) == (day, True)
        allowance = Allowance.objects.get(ended_at__isnull=True)
        assert [step["rule"] for step in allowance.steps] == ["room"]
        release_plan(actor=world.coordinator, ref=entry.plan.ref, at=AT)
        assert Session.objects.get(site=world.site).on == day


def test_a_room_is_named_in_the_plan_kept_by_the_next_one_and_named_again_by_the_site(world: World) -> None:
    with in_district(world.district.pk):
        entry = entries(draft_plan(world))[0]
        with pytest.raises(Invalid) as refused:
            set_room(actor=world.coordinator, ref=entry.ref, room=Room("Cafetería 2", 1), at=AT)
        assert refused.value.field == "is_known"
        set_room(actor=world.coordinator, ref=entry.ref, room=Room("Cafetería 2", 50), at=AT)
        plan = draft_plan(world)
        again = entries(plan)[0]
        assert (again.room, again.seat_count) == ("Cafetería 2", 50)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        session = Session.objects.get(site=world.site)
        token, tiny = answer_token(session.ref), Room("Office", 2)
        for room, field in ((tiny, "is_known"), (Room("<b>"), "room"), (Room("Gym", -1), "seat_count")):
            with pytest.raises(Invalid) as refused:
                answer_by_link(actor=world.coordinator, token=token, is_accepted=True, at=AT, room=room)
            assert refused.value.field == field
        answer_by_link(actor=world.coordinator, token=token, is_accepted=True, at=AT, room=Room("Gym", 80))
        session.refresh_from_db()
        assert (session.room, session.state, session.request.seat_count) == ("Gym", "confirmed", 80)


def test_the_queue_asks_too_before_a_session_is_planned(world: World) -> None:
    with in_district(world.district.pk):
        asked = ask(world, seat_count=30)
        slot = Slot(asked.windows.get().ref, TWO)
        with pytest.raises(Invalid, match="30 seats"):
            assign(world, asked)
        session = assign_member(
            actor=world.coordinator,
            request_ref=asked.ref,
            member_ref=world.near.ref,
            slot=slot,
            at=AT,
            room_is_known=True,
        )
        assert session.state == "planned"
