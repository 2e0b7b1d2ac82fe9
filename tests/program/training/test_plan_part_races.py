"""The sessions of one site's audiences at the same moment: whoever comes second works on what the first has done."""

import datetime as dt
import time
from functools import partial

from tests.factories.plans import FIRST, FOUR, TWO, add_parted_school, draft_plan, make_year_world
from tests.factories.training import World
from tests.moments import AT
from tests.program.training.test_plan_parts import STAFF, TUESDAY, entries_at, open_hours
from tests.races import DONE, Wait, at_once
from upstander.district.places.models import Site
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import Assignment, CadreMember, Plan, PlanEntry, Session
from upstander.program.training.services.plan_answers import answer_for_site
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.plans import Change, change_entry
from upstander.program.training.services.teams import replace_lead

WEEK = dt.timedelta(days=7)
A_MOMENT = 0.5  # longer than what is to be overtaken takes


def parted(world: World) -> Site:
    """A school whose two audiences are both free on Tuesdays at two, each for itself."""
    site = add_parted_school(world, STAFF)
    open_hours(world, site, "classified", TUESDAY)
    return site


def changing(world: World, ref: str, change: Change, wait: Wait) -> None:
    with in_district(world.district.pk):
        wait()
        change_entry(actor=world.coordinator, ref=ref, change=change, at=AT)


def releasing(world: World, ref: str, wait: Wait, *, then: bool = False) -> None:
    """Release; `then` it waits for the others, who so come after all of it is done and before anybody can see it."""
    with in_district(world.district.pk):
        if not then:
            wait()
        release_plan(actor=world.coordinator, ref=ref, at=AT)
        if then:
            wait()
            time.sleep(A_MOMENT)


def replacing(world: World, session: Session, member: CadreMember, wait: Wait) -> None:
    with in_district(world.district.pk):
        wait()
        replace_lead(actor=world.coordinator, session_ref=session.ref, member_ref=member.ref, at=AT)


def answering(world: World, ref: str, wait: Wait, *, is_accepted: bool = True) -> None:
    with in_district(world.district.pk):
        wait()
        answer_for_site(actor=world.coordinator, ref=ref, is_accepted=is_accepted, at=AT)


def released(world: World, site: Site) -> dict[str, PlanEntry]:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        return entries_at(plan, site)


def held(site: Site) -> dict[str, tuple[dt.date, set[int]]]:
    """The day and the team of each live session of the site, by its audience."""
    live = Session.objects.filter(site=site).exclude(state="cancelled").select_related("request")
    teams = Assignment.objects.filter(released_at=None)
    return {
        each.request.audience: (each.on, set(teams.filter(session=each).values_list("member_id", flat=True)))
        for each in live
    }


def planned(site: Site) -> dict[str, tuple[dt.date | None, set[int]]]:
    """The same as the plan that holds says it."""
    entries = PlanEntry.objects.filter(plan__state="released", site=site)
    return {each.part: (each.on, set(each.seats.values_list("member_id", flat=True))) for each in entries}


def test_of_two_who_move_both_audiences_to_one_hour_and_consultant_the_second_is_refused(cloned_database: str) -> None:
    world = make_year_world(0)
    site = parted(world)
    with in_district(world.district.pk):
        found = entries_at(draft_plan(world), site)
    # A Tuesday on which the plan has nothing yet.
    change = Change(FIRST + dt.timedelta(days=1) + 6 * WEEK, TWO, (world.near.ref,))
    outcomes = at_once(*(partial(changing, world, entry.ref, change) for entry in found.values()))
    assert outcomes[0] == DONE
    assert "another session then" in outcomes[1]
    with in_district(world.district.pk):
        there = PlanEntry.objects.filter(site=site, on=change.on, starts=TWO)
        assert there.count() == 1


def test_they_may_be_at_one_hour_with_two_consultants(cloned_database: str) -> None:
    world = make_year_world(0)
    site = parted(world)
    with in_district(world.district.pk):
        found = entries_at(draft_plan(world), site)
    day = FIRST + dt.timedelta(days=1) + 6 * WEEK
    changes = zip(found.values(), (world.near, world.far), strict=True)
    moves = (partial(changing, world, entry.ref, Change(day, TWO, (member.ref,))) for entry, member in changes)
    assert at_once(*moves) == [DONE, DONE]
    with in_district(world.district.pk):
        assert PlanEntry.objects.filter(site=site, on=day, starts=TWO, ends__lt=FOUR).count() == 2


def test_of_a_release_and_a_change_of_one_audience_the_sessions_are_those_of_the_plan(cloned_database: str) -> None:
    world = make_year_world(0)
    site = parted(world)
    with in_district(world.district.pk):
        plan = draft_plan(world)
        entry = entries_at(plan, site)["classified"]
        assert entry.on
    change = Change(on=entry.on + WEEK)
    outcomes = at_once(partial(releasing, world, plan.ref), partial(changing, world, entry.ref, change))
    assert outcomes[0] == DONE
    with in_district(world.district.pk):
        assert held(site) == planned(site)
        assert held(site)["classified"][0] == (change.on if outcomes[1] == DONE else entry.on)
        assert outcomes[1] == DONE or "no longer a draft" in outcomes[1]


def test_one_audience_answers_while_the_other_gets_another_consultant(cloned_database: str) -> None:
    world = make_year_world(0)
    site = parted(world)
    found = released(world, site)
    with in_district(world.district.pk):
        session = Session.objects.get(plan_entries=found["classified"])
        other = CadreMember.objects.exclude(assignments__session=session).get()
    outcomes = at_once(partial(answering, world, found["teachers"].ref), partial(replacing, world, session, other))
    assert outcomes == [DONE, DONE]
    with in_district(world.district.pk):
        assert held(site) == planned(site)
        assert held(site)["classified"][1] == {other.pk}
        states = Session.objects.filter(site=site).values_list("request__audience", "state")
        assert set(states) == {("teachers", "confirmed"), ("classified", "planned")}


def test_what_an_audience_answers_during_a_release_is_in_the_plan_that_holds(cloned_database: str) -> None:
    world = make_year_world(0)
    site = parted(world)
    before = released(world, site)
    with in_district(world.district.pk):
        following = draft_plan(world)
        moved = entries_at(following, site)["classified"]
        assert moved.on
        change_entry(actor=world.coordinator, ref=moved.ref, change=Change(on=moved.on + WEEK), at=AT)
    release = partial(releasing, world, following.ref, then=True)
    assert at_once(release, partial(answering, world, before["teachers"].ref, is_accepted=False)) == [DONE, DONE]
    with in_district(world.district.pk):
        now = entries_at(Plan.objects.get(state="released"), site)
        assert (now["teachers"].answer, now["classified"].answer) == ("declined", "")
        assert held(site).keys() == {"classified"}
        assert held(site)["classified"] == planned(site)["classified"]


def test_who_is_sent_during_a_release_sits_in_the_plan_that_holds(cloned_database: str) -> None:
    world = make_year_world(0)
    site = parted(world)
    found = released(world, site)
    with in_district(world.district.pk):
        following = draft_plan(world)
        session = Session.objects.get(plan_entries=found["classified"])
        other = CadreMember.objects.exclude(assignments__session=session).get()
    release = partial(releasing, world, following.ref, then=True)
    assert at_once(release, partial(replacing, world, session, other)) == [DONE, DONE]
    with in_district(world.district.pk):
        assert held(site) == planned(site)
        assert planned(site)["classified"][1] == {other.pk}
