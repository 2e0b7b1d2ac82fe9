"""Consultants swap: the plan's rules hold, everyone who knew is told, and two at once cannot both win."""

import datetime as dt

import icalendar
import pytest

from tests.factories.training import DAY, HOME, KNOWN, World, ask, make_consultant, make_world
from tests.moments import AT
from tests.program.training.test_sessions import BEGINS, assign, confirmed
from tests.races import DONE, Wait, at_once
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.training.models import Assignment, CadreMember, Session, Swap
from upstander.program.training.selectors.own_work import asked_of_me, coming_work, hours_of, recent_swaps
from upstander.program.training.services.own_time import go_away
from upstander.program.training.services.sessions import close_session, open_session
from upstander.program.training.services.swaps import ask_swap, decline_swap, take_swap, withdraw_swap


def colleague(world: World) -> tuple[CadreMember, Actor]:
    return make_consultant(world.district, world.coordinator, "Colleague", HOME)


def asked(world: World, session: Session, member: CadreMember, at: dt.datetime = AT) -> Swap:
    return ask_swap(actor=world.consultant, session_ref=session.ref, colleague_ref=member.ref, at=at)


def test_a_colleague_takes_a_confirmed_session_and_every_calendar_hears_of_it(world: World) -> None:
    _, session = confirmed(world)
    member, other = colleague(world)
    with in_district(world.district.pk):
        swap = asked(world, session, member)
        assert [each.asked for each in coming_work(actor=world.consultant, member=world.near, at=AT)] == [swap]
        assert [(each.swap, each.against) for each in asked_of_me(actor=other, at=AT)] == [(swap, None)]
        take_swap(actor=other, ref=swap.ref, at=AT)
        assert [row.member for row in Assignment.objects.filter(released_at=None)] == [member]
        assert coming_work(actor=world.consultant, member=world.near, at=AT) == []
        assert recent_swaps(actor=world.coordinator, members=[world.near], at=AT) == [swap]
        last = {notice.kind: notice for notice in Notice.objects.order_by("id")}
        files = [
            icalendar.Calendar.from_ical(notice.calendar)
            for notice in Notice.objects.filter(key__regex=r":2(:[a-z]+)?$")
        ]
        assert {str(file["METHOD"]) for file in files} == {"REQUEST", "CANCEL"}
        assert {int(str(file.walk("VEVENT")[0]["SEQUENCE"])) for file in files} == {2}
        assert {str(file.walk("VEVENT")[0]["UID"]) for file in files} == {f"{session.ref}@localhost"}
        assert last["training_swap_asked"].recipient == member.person.email
        assert last["training_taken_over"].recipient == world.near.person.email
        assert AuditEvent.objects.filter(event="training.swap_taken").count() == 1
        with pytest.raises(WrongState):
            take_swap(actor=other, ref=swap.ref, at=AT)


def test_only_a_free_colleague_is_asked_and_only_one_at_a_time(world: World) -> None:
    _, session = confirmed(world)
    member, other = colleague(world)
    with in_district(world.district.pk):
        go_away(actor=other, member_ref=member.ref, starts_on=DAY, last_on=DAY, at=AT)
        with pytest.raises(Invalid) as refused:
            asked(world, session, member)
        assert refused.value.field == "colleague"
        swap = asked(world, session, world.far)
        with pytest.raises(WrongState):
            asked(world, session, world.far)
        with pytest.raises(NotFound):
            withdraw_swap(actor=other, ref=swap.ref, at=AT)
        withdraw_swap(actor=world.consultant, ref=swap.ref, at=AT)
        assert asked(world, session, world.far).state == "asked"
        with pytest.raises(WrongState):
            asked(world, session, world.far, at=BEGINS)


def test_who_is_no_longer_free_cannot_take_it_and_the_session_stays_whose_it_was(world: World) -> None:
    _, session = confirmed(world)
    member, other = colleague(world)
    with in_district(world.district.pk):
        swap = asked(world, session, member)
        go_away(actor=other, member_ref=member.ref, starts_on=DAY, last_on=DAY, at=AT)
        with pytest.raises(Invalid):
            take_swap(actor=other, ref=swap.ref, at=AT)
        decline_swap(actor=other, ref=swap.ref, at=AT)
        assert [row.member for row in Assignment.objects.filter(released_at=None)] == [world.near]
        assert Notice.objects.filter(kind="training_swap_declined").get().recipient == world.near.person.email


def test_of_a_swap_and_a_plan_at_the_same_moment_one_wins(cloned_database: str) -> None:
    world = make_world()
    _, session = confirmed(world)
    member, other = colleague(world)
    request = ask(world)
    with in_district(world.district.pk):
        swap = asked(world, session, member)

    def take(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            take_swap(actor=other, ref=swap.ref, at=AT)

    def plan(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            assign(world, request, member=member.ref)

    outcomes = at_once(take, plan)
    assert outcomes[0] == DONE
    assert "no longer free" in outcomes[1] or "is not free" in outcomes[1]


def test_hours_are_counted_by_month_with_the_way_there_and_back(world: World) -> None:
    _, session = confirmed(world)
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
        close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=BEGINS + dt.timedelta(hours=1))
        (month,) = hours_of(actor=world.consultant, member=world.near, at=AT)
        travel = session.assignments.get().travel_minutes
        assert (month.first, month.minutes, month.travel_minutes) == (DAY.replace(day=1), 60, 2 * travel)
        with pytest.raises(NotFound):
            hours_of(actor=world.consultant, member=world.far, at=AT)
