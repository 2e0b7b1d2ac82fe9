"""What sites put right after a draft was made, or in the plan that holds: no release and no answer undoes it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from tests.factories.plans import TWO, draft_plan, make_year_world
from tests.factories.training import World, ask
from tests.moments import AT
from tests.program.training.test_plans import entries
from tests.races import DONE, Wait, at_once
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid
from upstander.program.training.models import Plan, PlanEntry, Request, Session
from upstander.program.training.services.answers import put_answers
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.plans import Room, mark_entry, set_room
from upstander.program.training.services.requests import Window

LATER = AT + dt.timedelta(hours=1)
TUESDAY = dt.date(2026, 12, 8)


@pytest.fixture
def world(db: None) -> World:
    return make_year_world(schools=1)


def asked(world: World, **more: Any) -> Request:
    return ask(world, windows=(Window(TUESDAY, TWO, dt.time(16)),), **{"head_count": 120, "seat_count": 200, **more})


def put(world: World, request: Request, **answers: Any) -> None:
    put_answers(actor=world.administrator, ref=request.ref, answers=answers, at=LATER)


def release(world: World, plan: Plan) -> None:
    release_plan(actor=world.coordinator, ref=plan.ref, at=LATER)


def entry_in(plan: Plan, world: World) -> PlanEntry:
    return next(entry for entry in entries(plan) if entry.site == world.site)


def test_seats_corrected_to_too_few_stop_the_release_until_the_site_is_left_out(world: World) -> None:
    made = asked(world)
    with in_district(world.district.pk):
        plan = draft_plan(world)
        put(world, made, seat_count=40)
        with pytest.raises(Invalid, match="leave the sites named here out of it. Cedar High: The room has too few"):
            release(world, plan)
        mark_entry(actor=world.coordinator, ref=entry_in(plan, world).ref, step="left_out", at=LATER)
        release(world, plan)
        assert [session.site.name for session in Session.objects.all()] == ["Oak 0"]
        made.refresh_from_db()
        assert (made.state, made.seat_count) == ("waiting", 40)


def test_a_room_and_seats_corrected_since_are_released_as_corrected(world: World) -> None:
    made = asked(world)
    with in_district(world.district.pk):
        plan = draft_plan(world)
        put(world, made, room="Gym", seat_count=150)
        release(world, plan)
        made.refresh_from_db()
        entry = entry_in(plan, world)
        assert (made.room, made.seat_count, entry.room, entry.seat_count) == ("Gym", 150, "Gym", 150)
        assert Session.objects.get(request=made).room == "Gym"


def test_the_room_of_a_request_made_only_since_the_draft_is_released_with_it(db: None) -> None:
    world = make_year_world(schools=0)
    with in_district(world.district.pk):
        plan = draft_plan(world)
    made = asked(world)
    with in_district(world.district.pk):
        release(world, plan)
        made.refresh_from_db()
        assert (made.room, made.seat_count, entry_in(plan, world).seat_count) == ("Library", 200, 200)


def test_a_room_named_in_the_draft_stays_where_the_site_corrects_its_own(world: World) -> None:
    made = asked(world)
    with in_district(world.district.pk):
        plan = draft_plan(world)
        set_room(actor=world.coordinator, ref=entry_in(plan, world).ref, room=Room("Hall", 300), at=AT)
        put(world, made, room="Gym", seat_count=150)
        release(world, plan)
        made.refresh_from_db()
        assert (made.room, made.seat_count) == ("Hall", 300)


@pytest.mark.parametrize("answers", [{"minutes": 90}, {"mode": "hybrid"}, {"languages": ("es",)}])
def test_another_session_asked_for_since_stops_the_release_and_none_once_it_is_taken_back(
    world: World, answers: dict[str, Any]
) -> None:
    made = asked(world)
    before = {question: getattr(made, question) for question in answers}
    with in_district(world.district.pk):
        plan = draft_plan(world)
        put(world, made, **answers)
        with pytest.raises(Invalid, match="Cedar High: What the site asks for is not what this plan holds"):
            release(world, plan)
        put(world, made, **before)
        release(world, plan)
        assert Session.objects.get(request=made).on == TUESDAY


def test_seats_corrected_of_a_planned_request_stand_in_the_plan_that_holds_and_in_the_next_draft(world: World) -> None:
    made = asked(world)
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release(world, plan)
        draft = draft_plan(world)
        put_answers(actor=world.coordinator, ref=made.ref, answers={"seat_count": 140}, at=LATER)
        assert Room.of(entry_in(plan, world)) == Room("Library", 140)
        release(world, draft)
        assert Room.of(entry_in(draft, world)) == Room("Library", 140)


def test_a_correction_while_a_release_goes_on_is_never_lost(cloned_database: str) -> None:
    """The release has read the request and waits for it; the correction is written only then."""
    world = make_year_world(schools=0)
    made = asked(world)
    with in_district(world.district.pk):
        plan = draft_plan(world)

    def correct(wait: Wait) -> None:
        with in_district(world.district.pk):
            put(world, made, room="Gym", seat_count=150)
            wait()
            await_a_waiter()

    def go(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            release(world, plan)

    outcomes = at_once(correct, go)
    assert outcomes == [DONE, "The request of Cedar High was corrected a moment ago. Please look again."]
    with in_district(world.district.pk):
        made.refresh_from_db()
        assert (made.state, made.room, made.seat_count) == ("waiting", "Gym", 150)
        release(world, plan)
        assert Session.objects.get(request=made).room == "Gym"


def await_a_waiter() -> None:
    """Go on once somebody waits for a lock of this transaction."""
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute("SELECT pg_sleep(0.05)")
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waited")
