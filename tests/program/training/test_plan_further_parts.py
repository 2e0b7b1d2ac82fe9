"""What a site that trains several audiences apart asks for beside them: planned, or named with a next step."""

import datetime as dt
from typing import Any

import pytest

from tests.factories.plans import FIRST, FOUR, TWO, add_parted_school, draft_plan, make_year_world, year_of
from tests.factories.training import World, ask
from tests.moments import AT
from tests.program.training.test_plan_parts import EIGHT, FRIDAY, STAFF, TUESDAY, entries_at, keys, open_hours
from tests.program.training.test_sessions import assign
from upstander.district.places.models import ClosedDay, Site
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import PlanEntry, Request, Session, SiteWindow
from upstander.program.training.planning import answers
from upstander.program.training.planning.problems import Settings, source_for
from upstander.program.training.selectors.plans import figures_of, wishes_of
from upstander.program.training.services.plan_answers import answer_for_site
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.requests import Window

pytestmark = pytest.mark.django_db
WISHED = FIRST + dt.timedelta(days=2)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def world(db: None) -> World:
    return make_year_world(0)


def ask_for(world: World, site: Site, audience: str, **more: Any) -> Request:
    windows = (Window(WISHED, TWO, FOUR),)
    return ask(world, site, **{"audience": audience, "head_count": 2, "windows": windows, **more})


def hours_of(world: World, site: Site, first_on: dt.date = FIRST) -> dict[str, set[tuple[dt.date, str]]]:
    """When each of the site's sessions can be held, and whose hours they are."""
    with in_district(world.district.pk):
        source = source_for(actor=world.coordinator, year=year_of(world), settings=Settings(first_on), at=AT)
        assert source
        by_ref = {each.ref: each for each in source.problem.sites}
        mine = {each.part: by_ref[each.ref] for each in source.sites.values() if each.site == site}
        return {part: {(window.day, window.audience) for window in each.hours} for part, each in mine.items()}


def test_it_is_planned_as_a_part_of_its_own_and_stays_one(world: World) -> None:
    site = add_parted_school(world, STAFF)
    asked = ask_for(world, site, "leaders")
    assert keys(world, site) == {"teachers": 4, "classified": 3, "leaders": 2}
    with in_district(world.district.pk):
        plan = draft_plan(world)
        problem, entries = answers.stored_problem(plan), answers.entries_of(plan)
        assert answers.violations(problem, entries) == []
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        leaders = entries_at(plan, site)["leaders"]
        assert (leaders.on, leaders.audience, leaders.request_id) == (WISHED, "leaders", asked.pk)
        following = draft_plan(world)
        release_plan(actor=world.coordinator, ref=following.ref, at=AT)
        kept = entries_at(following, site)["leaders"]
        assert (kept.session_id, kept.on) == (leaders.session_id, WISHED)
        answer_for_site(actor=world.coordinator, ref=kept.ref, is_accepted=False, at=AT)
        anew = entries_at(draft_plan(world), site)["leaders"]
        assert (anew.on, anew.lacking["reasons"]) == (None, [{"rule": "closed", "members": 0}])


def test_hours_of_its_own_count_beside_the_wished_days(world: World) -> None:
    site = add_parted_school(world, STAFF)
    ask_for(world, site, "leaders")
    assert hours_of(world, site)["leaders"] == {(WISHED, "leaders")}
    open_hours(world, site, "leaders", FRIDAY)
    days = {day.weekday() for day, _ in hours_of(world, site)["leaders"]}
    assert days == {WISHED.weekday(), FRIDAY}
    with in_district(world.district.pk):
        ClosedDay.objects.create(district_id=world.district.pk, site=site, on=WISHED)
        found = entries_at(draft_plan(world), site)["leaders"]
        assert (found.on and found.on.weekday(), found.starts) == (FRIDAY, EIGHT)


def test_without_hours_and_wished_days_it_is_named_with_a_reason_and_its_request(world: World) -> None:
    site = add_parted_school(world, STAFF)
    later = {"windows": (Window(WISHED + WEEK, TWO, FOUR),)}
    asked, others = ask_for(world, site, "leaders"), ask_for(world, world.site, "all_staff", **later)
    with in_district(world.district.pk):
        plan = draft_plan(world, first_on=WISHED + dt.timedelta(days=1))
        found = entries_at(plan, site)
        assert (found["leaders"].on, found["leaders"].head_count) == (None, 2)
        assert found["leaders"].lacking["reasons"] == [{"rule": "window", "members": 0}]
        assert found["leaders"].lacking["relaxation"]["steps"][0]["rule"] == "window"
        whole = PlanEntry.objects.get(plan=plan, site=world.site)
        entries = [*found.values(), whole]
        assert wishes_of(actor=world.coordinator, entries=entries) == {found["leaders"].pk: asked, whole.pk: others}
        told = figures_of(actor=world.coordinator, plan=plan, entries=answers.entries_of(plan))
        assert (told.sites, told.planned, told.unplaced) == (2, 1, 1)


def test_a_session_for_all_is_held_on_the_days_asked_for_where_hours_part_the_staff(world: World) -> None:
    site = add_parted_school(world, STAFF)
    ask_for(world, site, "all_staff", head_count=7)
    assert hours_of(world, site) == {"": {(WISHED, "")}}, "the hours of its level for all staff do not count"
    assert hours_of(world, site, WISHED + WEEK) == {"": set()}
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        assert entries_at(plan, site)[""].on == WISHED
        following = draft_plan(world)
        assert entries_at(following, site)[""].on == WISHED
        assert following.moved == []


def test_each_request_is_the_wish_of_one_session(world: World) -> None:
    site = add_parted_school(world, {**STAFF, "driver": 2})
    open_hours(world, site, "drivers", FRIDAY)
    asked = ask_for(world, site, "drivers")
    assert keys(world, site) == {"teachers": 4, "classified": 3, "drivers": 2}
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        found = entries_at(plan, site)
        assert [part for part, entry in found.items() if entry.request_id == asked.pk] == ["drivers"]
        assert (found["classified"].starts, found["classified"].ends) == (EIGHT, dt.time(9))
        assert Session.objects.filter(site=site).count() == 3


def test_where_two_audiences_have_their_sessions_the_others_come_in_the_hours_for_all(world: World) -> None:
    """The site has hours for all of its staff; two groups of them have agreed on sessions of their own."""
    site = add_parted_school(world, {**STAFF, "support": 3})
    for audience, day in (("teachers", WISHED), ("support", WISHED + dt.timedelta(days=1))):
        request = ask_for(world, site, audience, windows=(Window(day, TWO, FOUR),))
        with in_district(world.district.pk):
            assign(world, request)
    with in_district(world.district.pk):
        SiteWindow.objects.filter(site=site).delete()
    hours = hours_of(world, site)
    assert hours.keys() == {"teachers", "support", "classified"}
    assert {day.weekday() for day, _ in hours["classified"]} == {TUESDAY}
    with in_district(world.district.pk):
        assert entries_at(draft_plan(world), site)["classified"].on is not None
