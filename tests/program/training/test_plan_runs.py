"""The search for a better plan: followed while it runs, stopped, limited, run again after it was killed."""

import datetime as dt

import pytest

from tests.factories.plans import draft_plan, make_year_world
from tests.factories.training import World
from tests.moments import AT
from upstander.engines.planning import Progress, Stage, draft, plan
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.jobs.plan_search import search_plan
from upstander.program.training.models import Plan, PlanEntry, PlanMove, PlanRun
from upstander.program.training.planning.answers import stored_problem
from upstander.program.training.services.plan_runs import (
    SILENT_SECONDS,
    ask_for_search,
    begin_search,
    end_search,
    stop_search,
    tell_progress,
)
from upstander.program.training.services.plans import mark_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_year_world()


def worker(world: World) -> Actor:
    return job("test", world.district.pk, frozenset({"training.plan"}))


def asked(world: World) -> tuple[Plan, PlanRun]:
    made = draft_plan(world)
    return made, ask_for_search(actor=world.coordinator, plan_ref=made.ref, limit_seconds=20, at=AT)


def times(made: Plan) -> list[object]:
    return list(PlanEntry.objects.filter(plan=made).order_by("id").values_list("on", "starts", "seats__member"))


def test_the_job_keeps_a_proven_plan_and_run_again_changes_nothing(world: World) -> None:
    with in_district(world.district.pk):
        made, run = asked(world)
        search_plan(district_id=world.district.pk, ref=run.ref)
        run.refresh_from_db()
        made.refresh_from_db()
        assert run.state == "ended"
        assert run.ended_how in {"better", "same"}
        assert made.proof["gap"] is not None
        assert made.proof["gap"] <= 0.01
        before, moves = times(made), PlanMove.objects.count()
        search_plan(district_id=world.district.pk, ref=run.ref)
        assert (times(made), PlanMove.objects.count()) == (before, moves)


def test_a_killed_job_begins_again_and_writes_once(world: World) -> None:
    with in_district(world.district.pk):
        made, run = asked(world)
        assert begin_search(actor=worker(world), ref=run.ref, at=AT)  # and then the power fails
        work = begin_search(actor=worker(world), ref=run.ref, at=AT)
        assert work
        answer = plan(work.problem, limit_seconds=10)
        for _ in range(2):
            end_search(actor=worker(world), ref=run.ref, answer=answer, at=AT + dt.timedelta(seconds=7))
        run.refresh_from_db()
        assert (run.best, run.bound, run.seconds) == (answer.proof.cost, answer.proof.bound, 7.0)
        assert answer.proof.bound is not None
        assert PlanMove.objects.filter(plan=made, step="improved").count() <= 1


def test_what_is_pinned_stays_and_what_is_left_out_gets_nothing(world: World) -> None:
    with in_district(world.district.pk):
        made = draft_plan(world)
        first, second, *_ = PlanEntry.objects.filter(plan=made).order_by("id")
        mark_entry(actor=world.coordinator, ref=first.ref, step="pinned", at=AT)
        mark_entry(actor=world.coordinator, ref=second.ref, step="left_out", at=AT)
        run = ask_for_search(actor=world.coordinator, plan_ref=made.ref, limit_seconds=20, at=AT)
        before = times(made)[:2]
        search_plan(district_id=world.district.pk, ref=run.ref)
        assert times(made)[:2] == before


def test_progress_is_seen_and_a_wish_to_stop_is_heard(world: World) -> None:
    with in_district(world.district.pk):
        made, run = asked(world)
        begin_search(actor=worker(world), ref=run.ref, at=AT)
        progress = Progress(Stage.WHO, 120, 100, 1.5)
        assert tell_progress(actor=worker(world), ref=run.ref, progress=progress, at=AT)
        stop_search(actor=world.coordinator, plan_ref=made.ref, at=AT)
        assert not tell_progress(actor=worker(world), ref=run.ref, progress=None, at=AT)
        run.refresh_from_db()
        assert (run.state, run.stage, run.best, run.bound, run.seconds) == ("running", "who", 120, 100, 1.5)
        end_search(actor=worker(world), ref=run.ref, answer=draft(stored_problem(made)), at=AT)
        run.refresh_from_db()
        assert (run.state, run.ended_how, run.bound) == ("ended", "stopped", 100), "what was proven stays"


def test_a_search_that_never_began_or_fell_silent_ends_at_once(world: World) -> None:
    with in_district(world.district.pk):
        made, run = asked(world)
        stop_search(actor=world.coordinator, plan_ref=made.ref, at=AT)
        run.refresh_from_db()
        assert (run.state, run.ended_how) == ("ended", "stopped")
        assert begin_search(actor=worker(world), ref=run.ref, at=AT) is None
        again = ask_for_search(actor=world.coordinator, plan_ref=made.ref, limit_seconds=20, at=AT)
        begin_search(actor=worker(world), ref=again.ref, at=AT)
        stop_search(actor=world.coordinator, plan_ref=made.ref, at=AT + dt.timedelta(seconds=SILENT_SECONDS + 1))
        again.refresh_from_db()
        assert (again.state, again.ended_how) == ("ended", "failed")


def test_nobody_changes_or_searches_what_is_being_searched(world: World) -> None:
    with in_district(world.district.pk):
        made, _run = asked(world)
        entry = PlanEntry.objects.filter(plan=made)[0]
        with pytest.raises(WrongState, match="working on this plan"):
            mark_entry(actor=world.coordinator, ref=entry.ref, step="pinned", at=AT)
        with pytest.raises(WrongState, match="working on this plan"):
            ask_for_search(actor=world.coordinator, plan_ref=made.ref, limit_seconds=20, at=AT)
        with pytest.raises(Invalid):
            ask_for_search(actor=world.coordinator, plan_ref=draft_plan(world).ref, limit_seconds=0, at=AT)
