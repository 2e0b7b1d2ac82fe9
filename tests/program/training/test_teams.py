"""Pairs and shadows: more than one comes to a session, each with the skill of their part, and everyone knows."""

import datetime as dt
from typing import Any

import pytest

from tests.factories.plans import draft_plan, make_year_world, year_of
from tests.factories.training import HOME, World, ask, make_consultant
from tests.moments import AT
from tests.program.training.test_sessions import BEGINS, assign, confirmed
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.training.models import Assignment, PlanEntry, PlanSeat, Session, Skill
from upstander.program.training.planning.problems import Settings
from upstander.program.training.selectors.matching import companions_for, starts_for
from upstander.program.training.selectors.misfits import coming_misfits
from upstander.program.training.selectors.own_work import asked_of_me, coming_work, own_session
from upstander.program.training.selectors.requests import request_coordinated
from upstander.program.training.selectors.sessions import own_sessions
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.plans import make_plan
from upstander.program.training.services.sessions import Slot, assign_member, open_session, release_session
from upstander.program.training.services.swaps import ask_swap, take_swap
from upstander.program.training.services.teams import join_session, leave_session, replace_lead


def give_part(world: World, part: str) -> None:
    """What the one who lives far away may do in staff sessions: from now on only this."""
    Skill.objects.filter(member=world.far).update(part=part)


def join(world: World, session: Session, role: str = "co_lead") -> Assignment:
    told = {"session_ref": session.ref, "member_ref": world.far.ref, "role": role}
    return join_session(actor=world.coordinator, at=AT, **told)


def test_a_co_lead_joins_a_confirmed_session_and_every_calendar_hears_of_it(world: World) -> None:
    request, session = confirmed(world)
    with in_district(world.district.pk):
        made = join(world, session)
        session.refresh_from_db()
        news = Notice.objects.filter(kind="training_confirmed", key__contains=f":{session.sequence}:")
        assert {mail.facts["role"] for mail in news} == {"requester", "consultant"}
        assert {mail.facts["consultant"] for mail in news} == {"Alex Near, Alex Far"}
        assert (news.count(), session.sequence) == (3, 2)
        with pytest.raises(Invalid, match="not free"):
            join(world, session, "shadow")  # there already
        leave_session(actor=world.coordinator, assignment_ref=made.ref, at=AT)
        gone = Notice.objects.get(kind="training_left")
        assert (gone.recipient, "METHOD:CANCEL" in gone.calendar) == (world.far.person.email, True)
        with pytest.raises(WrongState):
            leave_session(actor=world.coordinator, assignment_ref=made.ref, at=AT)
        join(world, session)
        release_session(actor=world.coordinator, request_ref=request.ref, at=AT)
        assert Notice.objects.filter(kind="training_cancelled").count() == 3
        assert not Assignment.objects.filter(released_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("part", "as_lead", "as_co_lead", "as_shadow"),
    [("lead", True, True, True), ("co_lead", False, True, True), ("shadow", False, False, True)],
)
def test_each_part_asks_for_its_skill(
    world: World, part: str, as_lead: bool, as_co_lead: bool, as_shadow: bool
) -> None:
    _, session = confirmed(world)
    with in_district(world.district.pk):
        give_part(world, part)
        session = Session.objects.select_related("request", "site").get(pk=session.pk)
        for role, is_fit in (("lead", as_lead), ("co_lead", as_co_lead), ("shadow", as_shadow)):
            (found,) = companions_for(actor=world.coordinator, session=session, part=role)
            assert (found[0], found[1].is_free) == (world.far, is_fit)
        if not as_co_lead:
            with pytest.raises(Invalid):
                join(world, session)


def test_the_lead_is_one_and_is_not_added_or_taken_off(world: World) -> None:
    _, session = confirmed(world)
    with in_district(world.district.pk):
        with pytest.raises(NotFound):
            join(world, session, "lead")
        lead = Assignment.objects.get(session=session)
        with pytest.raises(WrongState):
            leave_session(actor=world.coordinator, assignment_ref=lead.ref, at=AT)


def test_a_co_lead_opens_the_session_a_shadow_only_comes(world: World) -> None:
    _, session = confirmed(world)
    _, shadow = make_consultant(world.district, world.coordinator, "Shade", HOME)
    with in_district(world.district.pk):
        other = make_consultant(world.district, world.coordinator, "Second", HOME)[1]
        for actor, role in ((shadow, "shadow"), (other, "co_lead")):
            member = Skill.objects.get(member__person=actor.person_id or 0).member
            join_session(actor=world.coordinator, session_ref=session.ref, member_ref=member.ref, role=role, at=AT)
            assert [each.own.role for each in own_sessions(actor=actor).coming] == [role]  # type: ignore[attr-defined]
            assert [each.assignment.role for each in coming_work(actor=actor, member=member, at=AT)] == [role]
            assert own_session(actor=actor, ref=session.ref) == session
        with pytest.raises(NotFound):
            open_session(actor=shadow, ref=session.ref, at=BEGINS)
        open_session(actor=other, ref=session.ref, at=BEGINS)
        with pytest.raises(WrongState, match="has begun"):
            join(world, session)


def test_a_co_lead_swaps_their_part_and_the_lead_keeps_theirs(world: World) -> None:
    request = ask(world)
    member, other = make_consultant(world.district, world.coordinator, "Other", HOME)
    second, co_lead = make_consultant(world.district, world.coordinator, "Second", HOME)
    with in_district(world.district.pk):
        session = assign(world, request)
        told = {"session_ref": session.ref, "role": "co_lead"}
        join_session(actor=world.coordinator, member_ref=second.ref, at=AT, **told)
        ask_swap(actor=co_lead, session_ref=session.ref, colleague_ref=member.ref, at=AT)
        take_swap(actor=other, ref=asked_of_me(actor=other, at=AT)[0].swap.ref, at=AT)
        held = Assignment.objects.filter(released_at__isnull=True).values_list("member", "role")
        assert set(held) == {(world.near.pk, "lead"), (member.pk, "co_lead")}


def test_a_part_whose_skill_lapses_before_the_day_is_told(world: World) -> None:
    _, session = confirmed(world)
    with in_district(world.district.pk):
        join(world, session)
        give_part(world, "shadow")
        assert [each.assignment.role for each in coming_misfits(actor=world.coordinator, at=AT)] == ["co_lead"]


def test_a_plan_with_pairs_releases_both_and_the_next_plan_knows_them(db: None) -> None:
    world = make_year_world()
    with in_district(world.district.pk):
        Skill.objects.filter(member=world.far).update(part="co_lead")
        settings = Settings(dt.date(2026, 11, 23), pair_from=2)
        plan = make_plan(actor=world.coordinator, year=year_of(world), settings=settings, at=AT)
        seats = PlanSeat.objects.filter(entry__plan=plan, entry__site=world.site).values_list("member", "role")
        assert set(seats) == {(world.near.pk, "lead"), (world.far.pk, "co_lead")}
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        session = Session.objects.get(site=world.site)
        held = Assignment.objects.filter(session=session, released_at__isnull=True).values_list("member", "role")
        assert set(held) == set(seats)
        asked = Notice.objects.get(kind="plan_asked")
        assert asked.facts["lines"][0]["consultant"] == "Alex Near, Alex Far"
        again = draft_plan(world)
        assert release_plan(actor=world.coordinator, ref=again.ref, at=AT).proposed == []


def test_somebody_else_is_sent_in_the_leads_place_and_everyone_hears_of_it(world: World) -> None:
    _, session = confirmed(world)
    told: dict[str, Any] = {"session_ref": session.ref, "at": BEGINS - dt.timedelta(hours=7)}  # sick in the morning
    with in_district(world.district.pk):
        made = replace_lead(actor=world.coordinator, member_ref=world.far.ref, **told)
        held = Assignment.objects.get(session=session, released_at__isnull=True)
        assert (held, held.role, held.member) == (made, "lead", world.far)
        session.refresh_from_db()
        news = Notice.objects.filter(kind="training_confirmed", key__contains=f":{session.sequence}:")
        assert {mail.facts["consultant"] for mail in news} == {"Alex Far"}
        gone = Notice.objects.get(kind="training_taken_over")
        assert (gone.recipient, "METHOD:CANCEL" in gone.calendar) == (world.near.person.email, True)
        with pytest.raises(Invalid, match="holds it already"):
            replace_lead(actor=world.coordinator, member_ref=world.far.ref, **told)
        with pytest.raises(WrongState, match="has begun"):
            replace_lead(actor=world.coordinator, session_ref=session.ref, member_ref=world.near.ref, at=BEGINS)
        with pytest.raises(NotFound):
            replace_lead(actor=world.consultant, member_ref=world.near.ref, **told)


def test_before_a_site_has_answered_both_consultants_hear_it_and_the_plan_says_who_comes(db: None) -> None:
    world = make_year_world()
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        seat = PlanSeat.objects.select_related("member").filter(entry__plan=plan)[0]
        before, session = seat.member, seat.entry.session
        other = world.far if before == world.near else world.near
        assert session
        Notice.objects.filter(kind="plan_with_you").delete()
        replace_lead(actor=world.coordinator, session_ref=session.ref, member_ref=other.ref, at=AT)
        told = {
            mail.recipient: (len(mail.facts["new"]), len(mail.facts["lost"]))
            for mail in Notice.objects.filter(kind="plan_with_you")
        }
        assert told == {other.person.email: (1, 0), before.person.email: (0, 1)}
        assert PlanSeat.objects.get(pk=seat.pk).member == other


def test_the_plan_says_who_comes_beside_the_lead_and_how_far(db: None) -> None:
    world = make_year_world(0)
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        session = Session.objects.get(site=world.site)

        def planned() -> tuple[dict[int, str], int]:
            entry = PlanEntry.objects.get(plan=plan)
            return dict(entry.seats.values_list("member_id", "role")), entry.travel_km

        alone = planned()
        assert alone[0] == {world.near.pk: "lead"}
        made = join(world, session)
        assert planned()[0] == {world.near.pk: "lead", world.far.pk: "co_lead"}
        assert planned()[1] > alone[1] + 50
        leave_session(actor=world.coordinator, assignment_ref=made.ref, at=AT)
        assert planned() == alone


@pytest.mark.parametrize("is_sent_as_lead", [False, True])
def test_a_seat_that_an_older_release_left_behind_is_no_obstacle(db: None, is_sent_as_lead: bool) -> None:
    world = make_year_world(0)
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        session, entry = Session.objects.get(site=world.site), PlanEntry.objects.get(plan=plan)
        PlanSeat.objects.create(district_id=world.district.pk, entry=entry, member=world.far, role="shadow")
        if is_sent_as_lead:
            replace_lead(actor=world.coordinator, session_ref=session.ref, member_ref=world.far.ref, at=AT)
        else:
            join(world, session)
        seats = dict(entry.seats.values_list("member_id", "role"))
        beside = {world.near.pk: "lead", world.far.pk: "co_lead"}
        assert seats == ({world.far.pk: "lead"} if is_sent_as_lead else beside)


def test_a_plans_session_that_is_taken_back_keeps_its_day_as_the_wished_one(db: None) -> None:
    world = make_year_world()
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        session = Session.objects.select_related("request").order_by("id")[0]
        release_session(actor=world.coordinator, request_ref=session.request.ref, at=AT)
        request = request_coordinated(actor=world.coordinator, ref=session.request.ref, at=AT)
        starts = starts_for(actor=world.coordinator, request=request, at=AT)
        assert [(start.on, start.starts, start.ends) for start in starts] == [
            (session.on, session.starts, session.ends)
        ]
        assert (
            assign_member(
                actor=world.coordinator,
                request_ref=request.ref,
                member_ref=world.near.ref,
                slot=Slot(starts[0].window_ref, starts[0].starts),
                at=AT,
            ).on
            == session.on
        )
