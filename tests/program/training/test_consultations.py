"""Consultations in the hands of the Cadre: to whom they are offered, how they are taken, handed back and made."""

import datetime as dt
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_actor, make_region, make_site
from tests.factories.training import HOME, World, ask, consult, make_consultant, make_world
from tests.moments import AT, TODAY
from tests.program.training.test_sessions import assign
from tests.races import DONE, Wait, at_once
from upstander.district.people.models import Post
from upstander.engines.matching import Reason
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.training.models import CadreMember, CallBack, Request, RequestMove
from upstander.program.training.selectors.call_backs import (
    call_backs_in_hand,
    consultations_offered,
    own_call_back,
    takers_of_cadre,
)
from upstander.program.training.selectors.matching import candidates_for, starts_for
from upstander.program.training.selectors.misfits import coming_misfits
from upstander.program.training.selectors.own_work import hours_of
from upstander.program.training.selectors.owners import to_pass_on
from upstander.program.training.services import queue
from upstander.program.training.services.call_backs import (
    Call,
    give_call_back,
    hand_back_call,
    note_call,
    take_call_back,
)
from upstander.program.training.services.members import (
    Apart,
    Credentialed,
    HomeRegion,
    Limits,
    Released,
    Skilled,
    hold_fact,
    set_limits,
)
from upstander.program.training.services.own_time import go_away
from upstander.program.training.services.requests import decline_request, withdraw_request

DAYS = dt.timedelta(days=1)
LATER = AT + DAYS
JOB = frozenset({"training.coordinate"})


def ready(world: World, name: str = "Ready", **more: Any) -> tuple[CadreMember, Actor]:
    """A member of the Cadre who may take consultations."""
    return make_consultant(world.district, world.coordinator, name, HOME, leads=("consultation",), **more)


def offered(actor: Actor, at: dt.datetime = AT) -> tuple[list[str], list[Reason]]:
    found = consultations_offered(actor=actor, at=at)
    return [request.ref for request in found.free], found.reasons


def hold(world: World, member: CadreMember, what: Any, **more: Any) -> None:
    told: dict[str, Any] = {"starts_on": TODAY, "at": AT, **more}
    hold_fact(actor=world.coordinator, member_ref=member.ref, what=what, **told)


def made(world: World, actor: Actor, ref: str, **more: Any) -> None:
    values: dict[str, Any] = {"end": "answered", "on": TODAY, "minutes": 20, **more}
    note_call(actor=actor, ref=ref, call=Call(**values), at=AT)


def test_a_consultation_is_taken_made_and_counted_and_whoever_asked_is_told(world: World) -> None:
    asked = consult(world)
    member, actor = ready(world)
    with in_district(world.district.pk):
        assert offered(actor) == ([asked.ref], [])
        take_call_back(actor=actor, ref=asked.ref, at=AT)
        assert offered(actor) == ([], [])
        assert [each.request for each in call_backs_in_hand(actor=actor)] == [asked]
        standing = Request.objects.get()
        assert (standing.state, standing.owner_id) == ("underway", actor.account_id)
        made(world, actor, asked.ref, end="session_next")
        assert list(call_backs_in_hand(actor=actor)) == []
        row = CallBack.objects.get()
        assert (row.end, row.on, row.minutes, row.ended_at) == ("session_next", TODAY, 20, AT)
        (month,) = hours_of(actor=actor, member=member, at=AT)
        assert (month.minutes, month.call_minutes, month.travel_minutes) == (0, 20, 0)
        assert [(each.on, each.site_name, each.role_word) for each in month.held] == [
            (TODAY, "Cedar High", "Consultation")
        ]
        moves = RequestMove.objects.order_by("id").values_list("to_state", "account_id")
        assert list(moves)[1:] == [("underway", actor.account_id), ("delivered", actor.account_id)]
        assert Notice.objects.filter(kind="training_finished").count() == 1
        kept = AuditEvent.objects.get(event="training.call_made")
        assert kept.data == {"end": "session_next", "minutes": 20}
        with pytest.raises(WrongState, match="not in your hands any more"):
            made(world, actor, asked.ref)


def test_the_rules_of_a_session_decide_to_whom_it_is_offered(world: World) -> None:
    asked = consult(world)
    hers: dict[str, tuple[Any, Reason]] = {
        "Listens": (Skilled("consultation", "shadow"), Reason.SKILL),
        "Unreleased": (Released(world.staff[0].staff_number), Reason.RELEASE),
        "Uncertified": (Credentialed("State office", True), Reason.CREDENTIAL),
    }
    with in_district(world.district.pk):
        assert offered(world.consultant) == ([], [Reason.SKILL])
    for name, (what, reason) in hers.items():
        member, actor = ready(world, name)
        with in_district(world.district.pk):
            begins = TODAY + DAYS if reason is not Reason.SKILL else TODAY
            hold(world, member, what, starts_on=begins)
            assert (name, offered(actor)) == (name, ([], [reason]))
    member, actor = ready(world, "Apart")
    away, her = ready(world, "Away")
    with in_district(world.district.pk):
        hold(world, member, Apart(world.site.ref, "tie"))
        assert offered(actor) == ([], []), "that somebody is kept from a site is not said to them"
        with pytest.raises(WrongState, match="not offered to you any more"):
            take_call_back(actor=actor, ref=asked.ref, at=AT)
        go_away(actor=her, member_ref=away.ref, starts_on=TODAY, last_on=TODAY, at=AT)
        assert offered(her) == ([], [Reason.AWAY])
        assert offered(her, LATER) == ([asked.ref], [])


def test_one_in_a_language_goes_to_who_speaks_it(world: World) -> None:
    asked = consult(world, languages=("en", "es"))
    _, english = ready(world, "English")
    _, both = ready(world, "Both", languages=("en", "es"))
    with in_district(world.district.pk):
        assert (offered(english), offered(both)) == (([], [Reason.LANGUAGE]), ([asked.ref], []))


def test_calls_and_sessions_together_are_never_more_than_a_week_was_agreed_to_have(world: World) -> None:
    first, second, third = (consult(world) for _ in range(3))
    member, actor = make_consultant(
        world.district, world.coordinator, "Ready", HOME, leads=("consultation", "staff"), most_per_week=3
    )
    session = ask(world)
    with in_district(world.district.pk):
        assign(world, session, member=member.ref)
        take_call_back(actor=actor, ref=first.ref, at=AT)
        assert offered(actor) == ([second.ref, third.ref], [])
        take_call_back(actor=actor, ref=second.ref, at=AT)
        made(world, actor, second.ref)
        assert offered(actor) == ([], [Reason.WEEK_FULL])
        with pytest.raises(WrongState):
            take_call_back(actor=actor, ref=third.ref, at=AT)
        next_week = AT + 7 * DAYS
        assert offered(actor, next_week) == ([third.ref], [])
        limits = Limits(most_per_day=2, most_per_week=1, travel_limit_km=None, languages=("en",))
        set_limits(actor=world.coordinator, member_ref=member.ref, limits=limits, at=AT)
        assert offered(actor, next_week) == ([], [Reason.WEEK_FULL]), "what is in hand goes along into the next week"


def test_a_call_in_hand_takes_a_place_of_its_weeks_from_sessions_and_none_from_agreed_ones(world: World) -> None:
    asked, session = consult(world), ask(world)
    member, actor = make_consultant(
        world.district, world.coordinator, "Ready", HOME, leads=("consultation", "staff"), most_per_week=1
    )
    with in_district(world.district.pk):
        take_call_back(actor=actor, ref=asked.ref, at=AT)

        def said() -> Reason:
            start = starts_for(actor=world.coordinator, request=session, at=AT)[0]
            found = candidates_for(actor=world.coordinator, request=session, start=start)
            return next(weighed.reason for who, weighed in found if who == member)

        assert said() is Reason.WEEK_FULL
        CallBack.objects.update(taken_at=AT - 7 * DAYS)
        Request.objects.filter(pk=asked.pk).update(due_on=TODAY)
        assert said() is Reason.WEEK_FULL, "it is due this week"
        Request.objects.filter(pk=asked.pk).update(due_on=TODAY - 7 * DAYS)
        assert said() is Reason.FREE
        assign(world, session, member=member.ref)
        CallBack.objects.update(taken_at=AT)
        assert coming_misfits(actor=world.coordinator, at=AT) == []


def test_it_is_offered_in_its_own_region_and_everywhere_once_it_is_overdue(world: World) -> None:
    far_region = make_region(world.district, "Far")
    elsewhere = make_site(world.district, "Elsewhere", region=far_region)
    here, there = consult(world), consult(world, elsewhere)
    member, actor = ready(world)
    with in_district(world.district.pk):
        assert offered(actor) == ([here.ref, there.ref], []), "who belongs to no region is asked for all"
        hold(world, member, HomeRegion(world.region.ref))
        assert offered(actor) == ([here.ref], [])
        with pytest.raises(NotFound):
            take_call_back(actor=actor, ref=there.ref, at=AT)
        due_on = Request.objects.get(pk=there.pk).due_on
        assert due_on
        overdue = AT + (due_on - TODAY + DAYS)
        assert offered(actor, overdue)[0] == [here.ref, there.ref]
        take_call_back(actor=actor, ref=there.ref, at=overdue)


def test_what_was_handed_back_waits_for_somebody_else_with_its_reason(world: World) -> None:
    asked = consult(world)
    member, actor = ready(world)
    _, other = ready(world, "Other")
    with in_district(world.district.pk):
        take_call_back(actor=actor, ref=asked.ref, at=AT)
        with pytest.raises(NotFound):
            hand_back_call(actor=other, ref=asked.ref, reason="tie", at=AT)
        with pytest.raises(Invalid):
            hand_back_call(actor=actor, ref=asked.ref, reason="answered", at=AT)
        hand_back_call(actor=actor, ref=asked.ref, reason="not_reached", at=AT)
        standing = Request.objects.get()
        assert (standing.state, standing.owner_id) == ("waiting", world.coordinator.account_id)
        assert Notice.objects.filter(kind="training_yours").count() == 1
        assert (offered(actor), offered(other)) == (([], []), ([asked.ref], []))
        with pytest.raises(NotFound):
            take_call_back(actor=actor, ref=asked.ref, at=AT)
        take_call_back(actor=other, ref=asked.ref, at=AT)
        ends = CallBack.objects.order_by("id").values_list("member__person__family_name", "end")
        assert list(ends) == [("Ready", "not_reached"), ("Other", "")]


@pytest.mark.parametrize("what", ["withdrawn", "declined", "put back", "finished", "handed over"])
def test_whoever_has_it_in_hand_is_told_when_somebody_else_ends_it(world: World, what: str) -> None:
    asked = consult(world)
    member, actor = ready(world)
    lead = make_actor(world.district, "region_lead", region=world.region)
    steps: dict[str, Any] = {
        "withdrawn": partial(withdraw_request, actor=world.administrator),
        "declined": partial(decline_request, actor=world.coordinator, reason="twice"),
        "put back": partial(queue.put_back, actor=world.coordinator),
        "finished": partial(queue.finish_request, actor=world.coordinator),
        "handed over": partial(queue.hand_over, actor=world.coordinator, owner_ref=lead.name),
    }
    with in_district(world.district.pk):
        take_call_back(actor=actor, ref=asked.ref, at=AT)
        steps[what](ref=asked.ref, at=LATER)
        row = CallBack.objects.get()
        assert (row.ended_at, row.end) == (LATER, "ended" if what in {"withdrawn", "declined"} else "taken_over")
        assert Notice.objects.get(kind="training_call_gone").recipient == member.person.email
        with pytest.raises(NotFound):
            own_call_back(actor=actor, ref=asked.ref)
        with pytest.raises(WrongState, match="not in your hands any more"):
            hand_back_call(actor=actor, ref=asked.ref, reason="no_time", at=LATER)


def test_what_waits_too_long_in_a_consultants_hands_goes_to_the_lead_and_to_their_own_page(world: World) -> None:
    asked = consult(world)
    _, actor = ready(world)
    lead = make_actor(world.district, "region_lead", region=world.region)
    clerk = job("training.look_after", world.district.pk, JOB)
    with in_district(world.district.pk):
        take_call_back(actor=actor, ref=asked.ref, at=AT)
        due_on = Request.objects.get().due_on
        assert due_on
        assert queue.escalate_late(actor=clerk, at=AT + (due_on - TODAY + DAYS)) == 1
        told = {notice.facts["lines"][0]["page"] for notice in Notice.objects.filter(kind="training_overdue")}
        assert told == {f"/training/queue/{asked.ref}/", f"/cadre/consultations/{asked.ref}/"}
        assert lead.account_id != actor.account_id


def test_who_leaves_the_cadre_leaves_it_to_the_lead(world: World) -> None:
    asked = consult(world)
    member, actor = ready(world)
    clerk = job("training.look_after", world.district.pk, JOB)
    with in_district(world.district.pk):
        take_call_back(actor=actor, ref=asked.ref, at=AT)
        assert to_pass_on(actor=clerk, at=AT) == []
        assert not queue.pass_on_request(actor=clerk, ref=asked.ref, at=AT)
        Post.objects.filter(person=member.person).update(ends_on=TODAY)
        assert to_pass_on(actor=clerk, at=AT) == [asked.ref]
        assert queue.pass_on_request(actor=clerk, ref=asked.ref, at=AT)
        assert Request.objects.get().owner_id == world.coordinator.account_id
        assert CallBack.objects.get().end == "taken_over"
        queue.finish_request(actor=world.coordinator, ref=asked.ref, at=AT)


def test_a_coordinator_hands_it_to_who_could_take_it(world: World) -> None:
    asked = consult(world)
    member, actor = ready(world)
    kept, _ = ready(world, "Kept")
    with in_district(world.district.pk):
        hold(world, kept, Apart(world.site.ref, "tie"))
        given: dict[str, Any] = {"ref": asked.ref, "at": AT}
        with pytest.raises(NotFound):
            give_call_back(actor=actor, member_ref=member.ref, **given)
        with pytest.raises(Invalid):
            give_call_back(actor=world.coordinator, member_ref=kept.ref, **given)
        standing = Request.objects.get()
        assert takers_of_cadre(actor=world.coordinator, request=standing, at=AT) == [member]
        give_call_back(actor=world.coordinator, member_ref=member.ref, **given)
        notice = Notice.objects.get(kind="training_yours")
        assert (notice.recipient, notice.facts["page"]) == (
            actor_address(actor),
            f"/cadre/consultations/{asked.ref}/",
        )
        with pytest.raises(WrongState):
            give_call_back(actor=world.coordinator, member_ref=member.ref, **given)


def actor_address(actor: Actor) -> str:
    owner = Request.objects.get().owner
    assert owner and owner.pk == actor.account_id
    return owner.email


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("end", {"end": "tie"}),
        ("on", {"on": TODAY + DAYS}),
        ("on", {"on": TODAY - DAYS}),
        ("minutes", {"minutes": 4}),
        ("minutes", {"minutes": 241}),
    ],
)
def test_a_call_is_noted_as_it_can_have_been(world: World, field: str, more: dict[str, Any]) -> None:
    asked = consult(world)
    _, actor = ready(world)
    with in_district(world.district.pk):
        take_call_back(actor=actor, ref=asked.ref, at=AT)
        with pytest.raises(Invalid) as refused:
            made(world, actor, asked.ref, **more)
        assert refused.value.field == field
        made(world, actor, asked.ref, minutes=5)


def test_the_table_itself_keeps_one_hand_and_no_minutes_without_a_call(world: World) -> None:
    asked = consult(world)
    member, actor = ready(world)
    with in_district(world.district.pk):
        row = take_call_back(actor=actor, ref=asked.ref, at=AT)
        told = {"district_id": world.district.pk, "request": asked, "member": member, "taken_at": AT}
        for wrong in ({}, {"ended_at": AT}, {"ended_at": AT, "end": "tie", "minutes": 20}, {"end": "tie"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                CallBack.objects.create(**told, **wrong)
        assert list(CallBack.objects.all()) == [row]


def test_a_session_is_nobodys_to_take(world: World) -> None:
    asked = ask(world)
    _, actor = ready(world)
    with in_district(world.district.pk):
        assert offered(actor) == ([], [])
        with pytest.raises(NotFound):
            take_call_back(actor=actor, ref=asked.ref, at=AT)


def test_of_two_who_take_it_at_once_one_has_it_and_the_other_is_told(cloned_database: str) -> None:
    world = make_world()
    asked = consult(world)
    actors = [ready(world, name)[1] for name in ("First", "Second")]

    def taking(actor: Actor, wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            take_call_back(actor=actor, ref=asked.ref, at=AT)

    done, told = at_once(*(partial(taking, actor) for actor in actors))
    assert (done, "taken this consultation already" in told) == (DONE, True)
    with in_district(world.district.pk):
        owner = Request.objects.get().owner_id
        assert CallBack.objects.get().member.person.account_id == owner


def test_one_who_takes_two_at_once_keeps_to_what_was_agreed(cloned_database: str) -> None:
    world = make_world()
    asked = [consult(world), consult(world)]
    _, actor = ready(world, most_per_week=1)

    def taking(ref: str, wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            take_call_back(actor=actor, ref=ref, at=AT)

    done, told = at_once(*(partial(taking, each.ref) for each in asked))
    assert (done, "not offered to you any more" in told) == (DONE, True)
    with in_district(world.district.pk):
        assert CallBack.objects.count() == 1


def test_a_list_of_many_takes_as_many_queries_as_a_list_of_one(
    world: World, django_assert_max_num_queries: Any
) -> None:
    consult(world)
    _, actor = ready(world)
    with in_district(world.district.pk), django_assert_max_num_queries(40) as one:
        assert len(consultations_offered(actor=actor, at=AT).free) == 1
    for _ in range(5):
        consult(world)
    with in_district(world.district.pk), django_assert_max_num_queries(len(one)):
        found = consultations_offered(actor=actor, at=AT).free
        assert len({each.site.name for each in found}) == 1
        assert len(found) == 6
