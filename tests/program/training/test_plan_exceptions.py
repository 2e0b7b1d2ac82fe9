"""A site without a day gets the nearest one by an exception that a person makes: on record, for that session only."""

import datetime as dt

import pytest

from tests.factories.plans import FIRST, FOUR, draft_plan, make_year_world
from tests.factories.training import World
from tests.moments import AT
from tests.program.training.test_plans import entries
from upstander.district.places.models import Site
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.program.training.models import Allowance, CadreMember, Plan, PlanEntry, Session
from upstander.program.training.planning import answers
from upstander.program.training.services.plan_exceptions import Grounds, allow_exception
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.plan_undo import way_back
from upstander.program.training.services.plans import mark_entry
from upstander.program.training.services.windows import Stretch, add_window

AGREED = Grounds("site")


@pytest.fixture
def world(db: None) -> World:
    """Cedar High has one window only, and it is too short for an hour."""
    world = make_year_world()
    with in_district(world.district.pk):
        own = Stretch("all_staff", 5, dt.time(6), dt.time(6, 30), site_ref=world.site.ref)
        add_window(actor=world.coordinator, stretch=own, at=AT)
    return world


def allow(world: World, plan: Plan, grounds: Grounds = AGREED) -> PlanEntry:
    return allow_exception(actor=world.coordinator, ref=entries(plan)[0].ref, grounds=grounds, at=AT)


def test_one_press_gives_the_day_that_was_shown_and_says_who_why_and_until_when(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        shown = entries(plan)[0].lacking["relaxation"]["placement"]
        entry = allow(world, plan)
        assert (entry.on and entry.on.isoformat(), entry.is_pinned, entry.lacking) == (shown["day"], True, {})
        made = Allowance.objects.get()
        assert (made.reason, made.until, made.actor_name) == ("site", entry.on, world.coordinator.name)
        assert [step["rule"] for step in made.steps] == ["window"]
        assert AuditEvent.objects.filter(event="training.plan_allowed").count() == 1
        with pytest.raises(WrongState):
            allow(world, plan)


def test_the_search_and_the_next_draft_keep_it_and_the_release_lets_it_pass(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        entry = allow(world, plan)
        problem = answers.problem_as_changed(answers.stored_problem(plan), answers.entries_of(plan))
        assert [fixed.sites for fixed in problem.fixed if fixed.is_pinned] == [(world.site.ref,)]
        again = entries(draft_plan(world))[0]
        assert (again.on, again.starts) == (entry.on, entry.starts)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        assert Session.objects.get(site=world.site).on == entry.on


def test_a_change_of_what_stands_by_an_exception_is_not_offered_to_be_taken_back(world: World) -> None:
    with in_district(world.district.pk):
        entry = allow(world, draft_plan(world))
        assert entry.on is not None
        assert way_back(entry) is None  # the exception ends with the change, so there is no way back to it
        Allowance.objects.update(ended_at=AT)
        assert way_back(entry) is not None


def test_it_ends_when_the_session_is_given_free_and_the_release_asks_again(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        entry = allow(world, plan)
        mark_entry(actor=world.coordinator, ref=entry.ref, step="unpinned", at=AT)
        assert Allowance.objects.get().ended_at == AT
        with pytest.raises(Invalid, match="outside the windows"):
            release_plan(actor=world.coordinator, ref=plan.ref, at=AT)


def test_a_full_day_is_relaxed_for_this_consultant_and_the_release_lets_it_pass(db: None) -> None:
    world = make_year_world(schools=1)
    with in_district(world.district.pk):
        CadreMember.objects.update(most_per_day=1)
        world.far.weekly.all().delete()
        for site in Site.objects.all():
            hours = Stretch("all_staff", 0, dt.time(10), FOUR, site.ref, starts_on=FIRST, until=FIRST)
            add_window(actor=world.coordinator, stretch=hours, at=AT)
        plan = draft_plan(world)
        lacking = [entry for entry in entries(plan) if entry.on is None]
        assert [each["rule"] for each in lacking[0].lacking["relaxation"]["steps"]] == ["day_full"]
        allow_exception(actor=world.coordinator, ref=lacking[0].ref, grounds=Grounds("consultant"), at=AT)
        assert len(release_plan(actor=world.coordinator, ref=plan.ref, at=AT).proposed) == 2


@pytest.mark.parametrize(
    ("grounds", "field"),
    [(Grounds("because"), "reason"), (Grounds("site", FIRST - dt.timedelta(days=30)), "until")],
)
def test_an_exception_needs_a_reason_and_a_day_that_can_be(world: World, grounds: Grounds, field: str) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        with pytest.raises(Invalid) as refused:
            allow(world, plan, grounds)
        assert refused.value.field == field
