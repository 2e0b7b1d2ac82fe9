"""Whoever leaves or joins the Cadre within the year is planned on the days on which they belong to it only."""

import datetime as dt

import pytest

from tests.factories import make_post
from tests.factories.plans import FIRST, draft_plan, make_year_world
from tests.factories.training import World
from tests.moments import AT, TODAY
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid
from upstander.program.training.models import Assignment, PlanEntry, Session
from upstander.program.training.planning import answers
from upstander.program.training.selectors.plans import entries_for, figures_of, loads_of, plan_by_ref
from upstander.program.training.services.plan_release import release_plan

pytestmark = pytest.mark.django_db
ONE, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
TUESDAY = FIRST + (1 - FIRST.weekday()) % 7 * ONE  # the first one that a plan can use
LONG_AGO = dt.date(2020, 1, 1)
Terms = list[tuple[dt.date, dt.date | None]]


@pytest.fixture
def world(db: None) -> World:
    """With one school and, of the two consultants, only the near one."""
    world = make_year_world(0)
    with in_district(world.district.pk):
        world.far.person.posts.update(ends_on=TODAY)
    return world


def serve(world: World, *terms: tuple[dt.date, dt.date | None]) -> None:
    """Let the near consultant belong to the Cadre on these days only."""
    with in_district(world.district.pk):
        (starts_on, ends_on), *later = terms
        world.near.person.posts.update(starts_on=starts_on, ends_on=ends_on)
    for starts_on, ends_on in later:
        make_post(world.near.person, "cadre_member", starts_on=starts_on, ends_on=ends_on)


@pytest.mark.parametrize(
    ("terms", "on"),
    [
        ([(LONG_AGO, None)], TUESDAY),
        ([(LONG_AGO, TUESDAY + ONE)], TUESDAY),  # their last day
        ([(LONG_AGO, TUESDAY)], None),
        ([(TUESDAY, None)], TUESDAY),  # their first day
        ([(TUESDAY + ONE, None)], TUESDAY + WEEK),
        ([(TUESDAY + ONE, TUESDAY + WEEK)], None),  # between two Tuesdays
        ([(LONG_AGO, TUESDAY), (TUESDAY + 2 * WEEK, None)], TUESDAY + 2 * WEEK),  # not in the gap between two posts
    ],
)
def test_the_last_and_the_first_day_in_the_cadre_are_the_borders(
    world: World, terms: Terms, on: dt.date | None
) -> None:
    serve(world, *terms)
    with in_district(world.district.pk):
        entry = PlanEntry.objects.get(plan=draft_plan(world))
        assert entry.on == on
        if on is None:
            rules = {reason["rule"] for reason in entry.lacking["reasons"]}
            assert rules == {"in_post"}
            assert entry.lacking["relaxation"] is None, "nobody can relax that"


def test_a_session_of_who_has_left_goes_to_somebody_else_and_is_named(world: World) -> None:
    with in_district(world.district.pk):
        release_plan(actor=world.coordinator, ref=draft_plan(world).ref, at=AT)
        held = Session.objects.get()
        world.near.person.posts.update(ends_on=TODAY)
        world.far.person.posts.update(ends_on=None)
        following = draft_plan(world)
        assert following.moved == [world.site.ref]
        problem, entries = answers.stored_problem(following), answers.entries_of(following)
        assert answers.violations(problem, entries) == []
        release_plan(actor=world.coordinator, ref=following.ref, at=AT)
        held.refresh_from_db()
        assert held.state == "cancelled"
        assert [each.member for each in Assignment.objects.filter(released_at__isnull=True)] == [world.far]


def test_a_draft_with_somebody_who_leaves_meanwhile_is_not_released(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        world.near.person.posts.update(ends_on=TUESDAY)
        with pytest.raises(Invalid, match="does not belong to the Cadre on that day"):
            release_plan(actor=world.coordinator, ref=plan.ref, at=AT)


def told(world: World, ref: str) -> tuple[dict[str, int], int, int]:
    """The sessions of each member in the plan, those of the least busy one and those of the busiest."""
    with in_district(world.district.pk):
        plan = plan_by_ref(actor=world.coordinator, ref=ref)
        entries = entries_for(actor=world.coordinator, plan=plan)
        figures = figures_of(actor=world.coordinator, plan=plan, entries=entries)
        loads = loads_of(actor=world.coordinator, plan=plan, entries=entries)
    return {load.name: load.sessions for load in loads}, figures.least_busy, figures.busiest


def test_who_had_left_before_a_plan_begins_is_not_its_least_busy_member(world: World) -> None:
    with in_district(world.district.pk):
        ref = draft_plan(world).ref
        assert told(world, ref) == ({"Alex Near": 1}, 1, 1)
        world.far.person.posts.update(ends_on=FIRST + ONE)
        assert told(world, ref) == ({"Alex Near": 1, "Alex Far": 0}, 0, 1)


def test_who_has_a_session_of_the_plan_is_counted_wherever_they_are_by_now(world: World) -> None:
    with in_district(world.district.pk):
        ref = draft_plan(world).ref
        world.near.person.posts.update(ends_on=TODAY)
        assert told(world, ref) == ({"Alex Near": 1}, 1, 1)
