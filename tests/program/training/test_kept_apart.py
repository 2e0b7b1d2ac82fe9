"""A consultant who does not come to a site, or whose credential runs out: plan, queue, team and swap all obey it."""

import datetime as dt
from typing import Any

import pytest

from tests.factories.plans import draft_plan, make_year_world
from tests.factories.training import DAY, HOME, World, ask, make_consultant
from tests.moments import AT, TODAY
from tests.program.training.test_sessions import assign, confirmed
from tests.program.training.test_together import join, joint
from upstander.district.places.models import Site
from upstander.engines.matching import Reason
from upstander.engines.planning import why
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.training.models import CadreMember, KeptApart, PlanEntry, Session
from upstander.program.training.planning import answers
from upstander.program.training.selectors.misfits import coming_misfits
from upstander.program.training.selectors.own_work import colleagues_for
from upstander.program.training.services.members import Apart, Credentialed, What, hold_fact, let_come_again
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.swaps import ask_swap
from upstander.program.training.services.teams import join_session

WEEK = dt.timedelta(weeks=1)


@pytest.fixture
def world(db: None) -> World:
    return make_year_world()


def hold(world: World, what: What, until: dt.date | None = None, member: CadreMember | None = None) -> None:
    ref = (member or world.near).ref
    hold_fact(actor=world.coordinator, member_ref=ref, what=what, starts_on=TODAY, ends_on=until, at=AT)


def keep(world: World, site: Site, until: dt.date | None = None, member: CadreMember | None = None) -> None:
    """Without a beginning or end but today: the near one, unless told otherwise. Call it within the district."""
    hold(world, Apart(site.ref, KeptApart.Reason.OFFICE.value), until, member)


def come_again(world: World, member: CadreMember | None = None) -> None:
    member = member or world.near
    row = KeptApart.objects.get(member=member, superseded_at__isnull=True)
    let_come_again(actor=world.coordinator, member_ref=member.ref, apart_ref=row.ref, at=AT)


def those_who_come(world: World) -> dict[str, tuple[dt.date | None, CadreMember]]:
    rows = PlanEntry.objects.filter(plan=draft_plan(world), host__isnull=True).select_related("site").order_by("id")
    return {entry.site.name: (entry.on, entry.seats.get().member) for entry in rows}


def test_the_planner_sends_another_or_waits_until_it_ends_and_says_so(world: World) -> None:
    with in_district(world.district.pk):
        before = those_who_come(world)["Cedar High"]
        assert before[1] == world.near and before[0]
        keep(world, world.site)
        assert those_who_come(world)["Cedar High"][1] == world.far
        come_again(world)
        keep(world, world.site, before[0] + WEEK)
        keep(world, world.site, before[0] + WEEK, world.far)
        on, _member = those_who_come(world)["Cedar High"]
        assert on and on >= before[0] + WEEK
        plan = draft_plan(world)
        problem, rows = answers.stored_problem(plan), answers.entries_of(plan)
        assert answers.violations(problem, rows) == []
        told = why(problem, answers.answer_of(problem, rows), world.site.ref).alternatives
        assert {step.rule for each in told if each.day < on for step in each.against} >= {"excluded"}
        assert KeptApart.objects.filter(member=world.near, superseded_at__isnull=True).count() == 1


def test_a_draft_made_before_is_not_released_against_it(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        keep(world, world.site)
        with pytest.raises(Invalid, match="not to come to this site"):
            release_plan(actor=world.coordinator, ref=plan.ref, at=AT)


def test_who_does_not_come_to_a_guest_does_not_come_to_its_host(world: World) -> None:
    with in_district(world.district.pk):
        guest = Site.objects.get(name="Oak 1")
        join(world)
        keep(world, guest)
        assert those_who_come(world)["Oak 0"][1] == world.far
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        session = Session.objects.get(plan_entries=joint(plan)[0])
        with pytest.raises(Invalid):
            join_session(
                actor=world.coordinator, session_ref=session.ref, member_ref=world.near.ref, role="shadow", at=AT
            )
        keep(world, guest, member=world.far)
        assert [misfit.found.reason for misfit in coming_misfits(actor=world.coordinator, at=AT)] == [Reason.APART]


def test_nobody_is_assigned_or_swapped_into_it_by_hand(world: World) -> None:
    _, session = confirmed(world)
    colleague, _ = make_consultant(world.district, world.coordinator, "Colleague", HOME)
    request = ask(world)
    with in_district(world.district.pk):
        keep(world, world.site, member=colleague)
        with pytest.raises(Invalid):
            assign(world, request, member=colleague.ref)
        with pytest.raises(Invalid):
            ask_swap(actor=world.consultant, session_ref=session.ref, colleague_ref=colleague.ref, at=AT)
        found = {member: weighed.reason for member, weighed in colleagues_for(actor=world.consultant, session=session)}
        assert found[colleague] is Reason.APART
        come_again(world, colleague)
        keep(world, world.site, DAY, colleague)  # the session is on the first day after
        assert ask_swap(actor=world.consultant, session_ref=session.ref, colleague_ref=colleague.ref, at=AT)


def test_a_shorter_one_over_an_endless_one_does_not_end_the_protection(world: World) -> None:
    first, last = TODAY + WEEK, TODAY + 3 * WEEK
    with in_district(world.district.pk):
        keep(world, world.site)
        tie = Apart(world.site.ref, KeptApart.Reason.TIE.value)
        asked: dict[str, Any] = {"actor": world.coordinator, "member_ref": world.near.ref, "what": tie}
        hold_fact(**asked, starts_on=first, ends_on=last, at=AT)
        rows = KeptApart.objects.filter(superseded_at__isnull=True).order_by("starts_on")
        told = list(rows.values_list("starts_on", "ends_on", "reason"))
        assert told == [(TODAY, first, "office"), (first, last, "tie"), (last, None, "office")]
        hold_fact(**asked, starts_on=TODAY, ends_on=first, at=AT)
        told = list(rows.values_list("starts_on", "ends_on", "reason"))
        assert told == [(TODAY, first, "tie"), (first, last, "tie"), (last, None, "office")]


def test_it_is_ended_once_and_what_was_known_stays(world: World) -> None:
    with in_district(world.district.pk):
        keep(world, world.site)
        asked: dict[str, Any] = {
            "actor": world.coordinator,
            "member_ref": world.near.ref,
            "apart_ref": KeptApart.objects.get().ref,
        }
        with pytest.raises(WrongState):
            let_come_again(**{**asked, "member_ref": world.far.ref}, at=AT)
        with pytest.raises(NotFound):
            let_come_again(**{**asked, "actor": world.administrator}, at=AT)
        let_come_again(**asked, at=AT + WEEK)
        rows = KeptApart.objects.order_by("id").values_list("starts_on", "ends_on", "superseded_at", "reason")
        assert list(rows) == [(TODAY, None, AT + WEEK, "office"), (TODAY, TODAY + WEEK, None, "office")]
        with pytest.raises(WrongState):
            let_come_again(**asked, at=AT + WEEK)
        told = AuditEvent.objects.get(event="training.apart_ended")
        assert told.data == {"site": world.site.ref}


def test_a_credential_that_runs_out_in_the_middle_of_the_plan_frees_nobody_after(world: World) -> None:
    with in_district(world.district.pk):
        days = sorted(on for on, member in those_who_come(world).values() if on and member == world.near)
        hold(world, Credentialed("State office", True), days[0] + dt.timedelta(days=1))
        found = those_who_come(world)
        assert {on for on, member in found.values() if member == world.near} == {days[0]}
        assert {member for on, member in found.values() if on != days[0]} == {world.far}
        hold_fact(
            actor=world.coordinator,
            member_ref=world.near.ref,
            what=Credentialed("State office", True),
            starts_on=days[-1],
            at=AT,
        )
        days_of_near = {on for on, member in those_who_come(world).values() if member == world.near}
        assert not {on for on in days_of_near if on and days[0] < on < days[-1]}
