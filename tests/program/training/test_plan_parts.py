"""A site whose staff are never free together is trained in parts: one session for each audience, in its own hours."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_actor
from tests.factories.plans import FIRST, FOUR, TWO, add_parted_school, draft_plan, make_year_world, year_of
from tests.factories.training import World, ask
from tests.moments import AT, TODAY
from upstander.district.people.models import Post
from upstander.district.places.models import Site
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid
from upstander.foundation.notices.models import Notice
from upstander.program.compliance.selectors.requirements import AWARENESS
from upstander.program.compliance.selectors.short_sites import StaffGroup
from upstander.program.compliance.services import Entry, record_completions
from upstander.program.training.models import Allowance, Plan, PlanEntry, Request, Session, SiteWindow
from upstander.program.training.planning import answers
from upstander.program.training.planning._parts import audiences_of, parts_of
from upstander.program.training.planning.problems import Settings, source_for
from upstander.program.training.services.groups import join_sites
from upstander.program.training.services.plan_answers import answer_for_site
from upstander.program.training.services.plan_exceptions import Grounds, allow_exception
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.plans import Change, change_entry, mark_entry
from upstander.program.training.services.requests import Window
from upstander.program.training.services.windows import Stretch, add_window, end_window

pytestmark = pytest.mark.django_db
TUESDAY, FRIDAY = 1, 4
EIGHT, TEN = dt.time(8), dt.time(10)
STAFF = {"teacher": 4, "classified": 3}


@pytest.fixture
def world(db: None) -> World:
    return make_year_world(0)


def open_hours(world: World, site: Site, audience: str, weekday: int) -> SiteWindow:
    times = (TWO, FOUR) if weekday == TUESDAY else (EIGHT, TEN)
    with in_district(world.district.pk):
        return add_window(actor=world.coordinator, stretch=Stretch(audience, weekday, *times, site_ref=site.ref), at=AT)


def entries_at(plan: Plan, site: Site) -> dict[str, PlanEntry]:
    return {entry.part: entry for entry in PlanEntry.objects.filter(plan=plan, site=site).select_related("site")}


def keys(world: World, site: Site) -> dict[str, int]:
    """The site's sessions in the problem, with their head counts."""
    with in_district(world.district.pk):
        source = source_for(actor=world.coordinator, year=year_of(world), settings=Settings(FIRST), at=AT)
        assert source
        heads = {each.ref: each.head_count for each in source.problem.sites}
        return {each.part: heads[each.ref] for each in source.sites.values() if each.site == site}


def test_each_audience_gets_a_session_in_its_own_hours(world: World) -> None:
    site = add_parted_school(world, STAFF)
    with in_district(world.district.pk):
        plan = draft_plan(world)
        found = entries_at(plan, site)
        told = {part: (each.audience, each.head_count, each.on and each.on.weekday()) for part, each in found.items()}
        assert told == {"teachers": ("teachers", 4, TUESDAY), "classified": ("classified", 3, FRIDAY)}
        problem, entries = answers.stored_problem(plan), answers.entries_of(plan)
        assert answers.violations(problem, entries) == []
        aides = next(each for each in entries if each.part == "classified")
        teachers = next(each for each in entries if each.part == "teachers")
        assert teachers.on
        held = answers.placement_of(aides, answers.team_of(aides))
        on_tuesday = replace(held, day=teachers.on, starts=15 * 60, ends=16 * 60)
        judged = answers.without_left_out(problem, entries)
        broken = answers.check_with(judged, entries, on_tuesday)
        assert ("window", (aides.key,)) in {(each.rule, each.sites) for each in broken}


def test_one_session_is_enough_where_all_are_free_together(world: World) -> None:
    by_level = add_parted_school(world, STAFF)
    with in_district(world.district.pk):
        SiteWindow.objects.filter(site=by_level, audience="classified").delete()
    assert keys(world, by_level) == {"": 7}, "the hours of its level are for all staff"
    open_hours(world, by_level, "classified", FRIDAY)
    assert keys(world, by_level) == {"teachers": 4, "classified": 3}, "its own hours stand in for those of its level"
    own = open_hours(world, by_level, "all_staff", TUESDAY)
    assert keys(world, by_level) == {"": 7}
    with in_district(world.district.pk):
        end_window(actor=world.coordinator, ref=own.ref, at=AT)
    assert keys(world, by_level) == {"teachers": 4, "classified": 3}


def test_people_settle_it_otherwise_by_a_session_for_all_or_a_group(world: World) -> None:
    asks, hosts = add_parted_school(world, STAFF), add_parted_school(world, STAFF, "Pine High")
    ask(world, asks, windows=(Window(FIRST + dt.timedelta(days=1), TWO, FOUR),))
    assert keys(world, asks) == {"": 40}
    with in_district(world.district.pk):
        told: dict[str, Any] = {"host_ref": hosts.ref, "guest_refs": [world.site.ref]}
        join_sites(actor=world.coordinator, year=year_of(world), at=AT, **told)
    assert keys(world, hosts) == {"": 7}


def test_what_an_audience_asked_for_is_its_own_sessions_wish(world: World) -> None:
    site = add_parted_school(world, STAFF)
    wished = FIRST + dt.timedelta(days=2)
    asked = ask(world, site, audience="teachers", head_count=9, windows=(Window(wished, TWO, FOUR),))
    assert keys(world, site) == {"teachers": 9, "classified": 3}
    with in_district(world.district.pk):
        plan = draft_plan(world)
        found = entries_at(plan, site)
        assert (found["teachers"].on, found["classified"].on and found["classified"].on.weekday()) == (wished, FRIDAY)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        found = entries_at(plan, site)
        assert found["teachers"].request_id == asked.pk != found["classified"].request_id


TEACHERS, AIDES, DRIVERS = ("teacher",), ("classified",), ("driver",)
TWO_HAVE, DRIVERS_TOO = {"teachers", "classified"}, {"teachers", "drivers"}


@pytest.mark.parametrize(
    ("groups", "hours", "found"),
    [
        ([(TEACHERS, 10, 0), (AIDES, 5, 0)], TWO_HAVE, {"teachers": 10, "classified": 5}),
        ([(TEACHERS, 10, 8), (AIDES, 5, 0)], TWO_HAVE, {"classified": 5}),  # 80 percent are enough
        ([(TEACHERS, 10, 7), (AIDES, 5, 0)], TWO_HAVE, {"teachers": 3, "classified": 5}),
        ([(TEACHERS, 10, 0), (DRIVERS, 2, 0), (AIDES, 3, 0)], TWO_HAVE, {"teachers": 10, "classified": 5}),
        # Aides have no hours: without them 12 of 16 would be trained, which is not enough, and 12 of 15, which is.
        (
            [(TEACHERS, 10, 0), (DRIVERS, 2, 0), (AIDES, 4, 0)],
            DRIVERS_TOO,
            {"teachers": 10, "classified": 4, "drivers": 2},
        ),
        ([(TEACHERS, 10, 0), (DRIVERS, 2, 0), (AIDES, 3, 0)], DRIVERS_TOO, {"teachers": 10, "drivers": 2}),
        # Volunteers come to the largest session; who holds two posts is counted once, where there are hours.
        ([(TEACHERS, 10, 0), (("volunteer",), 2, 0), (AIDES, 3, 0)], TWO_HAVE, {"teachers": 12, "classified": 3}),
        (
            [(TEACHERS, 9, 0), (("site_designee", "teacher"), 1, 0), (AIDES, 3, 0)],
            TWO_HAVE,
            {"teachers": 10, "classified": 3},
        ),
        ([], TWO_HAVE, {}),
    ],
)
def test_who_is_expected_where(groups: list[Any], hours: set[str], found: dict[str, int]) -> None:
    counted = audiences_of([StaffGroup(*each) for each in groups], hours.__contains__)
    assert parts_of(counted, 80, hours.__contains__) == found


def test_an_audience_without_hours_is_told_of_where_the_site_would_fall_short(world: World) -> None:
    site = add_parted_school(world, {"teacher": 4, "classified": 3, "support": 3})
    with in_district(world.district.pk):
        support = entries_at(draft_plan(world), site)["support"]
        assert (support.on, support.head_count) == (None, 3)
        assert support.lacking["reasons"] == [{"rule": "window", "members": 0}]


def test_the_yearly_budget_is_each_audiences_own(world: World) -> None:
    site = add_parted_school(world, STAFF)
    with in_district(world.district.pk):
        SiteWindow.objects.filter(site=site).update(most_per_year=1)
        release_plan(actor=world.coordinator, ref=draft_plan(world).ref, at=AT)
        held = Session.objects.get(site=site, request__audience="teachers")
        Session.objects.filter(pk=held.pk).update(state="closed")
        found = entries_at(draft_plan(world), site)
        assert {part: each.on is None for part, each in found.items()} == {"teachers": True, "classified": False}


def test_a_release_asks_of_each_session_and_the_next_plan_keeps_both(world: World) -> None:
    site = add_parted_school(world, STAFF)
    make_actor(world.district, "site_administrator", site=site)
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        sessions = {each.request.audience: each for each in Session.objects.filter(site=site).select_related("request")}
        assert sessions.keys() == {"teachers", "classified"}
        told = Notice.objects.get(kind="plan_asked", facts__lines__0__site=site.name).facts
        assert told["is_in_parts"]
        assert {line["whose"] for line in told["lines"]} == {"Teachers", "Office, aides, bus, kitchen, custodians"}
        accepted, declined = (entries_at(plan, site)[part] for part in ("teachers", "classified"))
        answer_for_site(actor=world.coordinator, ref=accepted.ref, is_accepted=True, at=AT)
        answer_for_site(actor=world.coordinator, ref=declined.ref, is_accepted=False, at=AT)
        following = draft_plan(world)
        found = entries_at(following, site)
        assert (found["teachers"].on, found["teachers"].session_id) == (accepted.on, accepted.session_id)
        assert found["classified"].on not in (None, declined.on), "the declined day is out for them alone"
        assert following.moved == []
        release_plan(actor=world.coordinator, ref=following.ref, at=AT)
        assert Session.objects.filter(site=site).exclude(state="cancelled").count() == 2
        on_their_way = Request.objects.filter(site=site, state__in=("planned", "confirmed"))
        assert set(on_their_way.values_list("audience", "state")) == {
            ("teachers", "confirmed"),
            ("classified", "planned"),
        }


def test_a_moved_session_of_one_audience_is_named_and_told(world: World) -> None:
    site = add_parted_school(world, STAFF)
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        before = entries_at(plan, site)["classified"]
        assert before.on
        following = draft_plan(world)
        entry = entries_at(following, site)["classified"]
        change = Change(on=before.on + dt.timedelta(days=7))
        change_entry(actor=world.coordinator, ref=entry.ref, change=change, at=AT)
        outcome = release_plan(actor=world.coordinator, ref=following.ref, at=AT)
        assert [each.key for each in outcome.moved] == [entry.key]
        live = Session.objects.filter(site=site).exclude(state="cancelled")
        assert set(live.values_list("request__audience", "on")) == {
            ("teachers", entries_at(plan, site)["teachers"].on),
            ("classified", before.on + dt.timedelta(days=7)),
        }


def test_each_is_pinned_left_out_and_allowed_by_itself(world: World) -> None:
    site = add_parted_school(world, STAFF)
    with in_district(world.district.pk):
        SiteWindow.objects.filter(site=site, audience="classified").update(ends_on=FIRST + dt.timedelta(days=1))
        plan = draft_plan(world)
        found = entries_at(plan, site)
        mark_entry(actor=world.coordinator, ref=found["teachers"].ref, step="pinned", at=AT)
        assert found["classified"].on is None
        allow_exception(actor=world.coordinator, ref=found["classified"].ref, grounds=Grounds("site"), at=AT)
        assert Allowance.objects.get().key == found["classified"].key
        again = entries_at(draft_plan(world), site)
        assert again["classified"].on == PlanEntry.objects.get(pk=found["classified"].pk).on
        mark_entry(actor=world.coordinator, ref=found["teachers"].ref, step="left_out", at=AT)
        out = answers.problem_as_changed(answers.stored_problem(plan), answers.entries_of(plan))
        assert [each.ref for each in out.sites if each.ref.startswith(site.ref)] == [f"{site.ref}:classified"]


def test_a_draft_made_before_the_hours_changed_is_not_released(world: World) -> None:
    site = add_parted_school(world, STAFF)
    with in_district(world.district.pk):
        plan = draft_plan(world)
    open_hours(world, site, "all_staff", TUESDAY)
    with in_district(world.district.pk), pytest.raises(Invalid, match=f"{site.name}: The site’s hours have changed"):
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)


def test_the_database_knows_a_site_as_a_whole_or_in_parts(world: World) -> None:
    site = add_parted_school(world, STAFF)
    with in_district(world.district.pk):
        entry = entries_at(draft_plan(world), site)["teachers"]
        for change in ({"part": ""}, {"part": "classified", "audience": "classified"}, {"part": "drivers"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                PlanEntry.objects.filter(pk=entry.pk).update(**change)


def test_a_session_held_for_one_audience_leaves_the_other(world: World) -> None:
    site = add_parted_school(world, STAFF)
    with in_district(world.district.pk):
        teachers = Post.objects.filter(site=site, role="teacher").values_list("person_id", flat=True)
        entries = [Entry(person, AWARENESS, TODAY, "session", "S" * 12) for person in teachers]
        record_completions(actor=lend(world.coordinator, "completions.record"), entries=entries, at=AT)
    assert keys(world, site) == {"classified": 3}
