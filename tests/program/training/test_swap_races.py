"""Swaps at the same moment as others: each session keeps one holder, and whoever comes second is told kindly."""

import datetime as dt
from functools import partial

from tests.factories import make_site
from tests.factories.plans import draft_plan, make_year_world
from tests.factories.training import DAY, HOME, World, ask, make_consultant, make_world
from tests.moments import AT, TODAY
from tests.program.training.test_plans import entries
from tests.program.training.test_sessions import assign, confirmed
from tests.races import DONE, Wait, at_once
from upstander.district.access.selectors import actor_for
from upstander.district.places.models import ClosedDay
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.notices.models import Notice
from upstander.program.training.models import Assignment, Plan, Session, Swap
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.requests import Window
from upstander.program.training.services.sessions import release_session
from upstander.program.training.services.swaps import ask_swap, take_swap, withdraw_swap
from upstander.program.training.services.teams import replace_lead


def taking(world: World, actor: Actor, swap: Swap, wait: Wait) -> None:
    with in_district(world.district.pk):
        wait()
        take_swap(actor=actor, ref=swap.ref, at=AT)


def holders() -> list[tuple[str, str]]:
    """Who holds which live session now."""
    rows = Assignment.objects.filter(released_at=None).exclude(session__state="cancelled")
    return sorted(rows.values_list("session__ref", "member__ref"))


def test_a_colleague_takes_one_of_two_sessions_of_the_same_hour(cloned_database: str) -> None:
    world = make_world()
    member, colleague = make_consultant(world.district, world.coordinator, "Colleague", HOME)
    other, second = make_consultant(world.district, world.coordinator, "Second", HOME)
    _, first_session = confirmed(world)
    request = ask(world, make_site(world.district, latitude=37.51, longitude=-122.31))
    with in_district(world.district.pk):
        second_session = assign(world, request, member=other.ref)
        swaps = [
            ask_swap(actor=actor, session_ref=session.ref, colleague_ref=member.ref, at=AT)
            for actor, session in ((world.consultant, first_session), (second, second_session))
        ]
    done, told = at_once(*(partial(taking, world, colleague, swap) for swap in swaps))
    assert done == DONE
    assert "no longer free" in told or "is not free" in told
    with in_district(world.district.pk):
        assert len({session for session, _ in holders()}) == len(holders()) == 2
        assert sorted(Swap.objects.values_list("state", flat=True)) == ["asked", "taken"]


def test_two_colleagues_take_each_others_sessions_without_waiting_for_ever(cloned_database: str) -> None:
    world = make_world()
    member, colleague = make_consultant(world.district, world.coordinator, "Colleague", HOME)
    _, mine = confirmed(world)
    later = DAY + dt.timedelta(days=7)
    request = ask(world, windows=(Window(later, dt.time(14), dt.time(16)),))
    with in_district(world.district.pk):
        theirs = assign(world, request, member=member.ref)
        swaps = [
            (colleague, ask_swap(actor=world.consultant, session_ref=mine.ref, colleague_ref=member.ref, at=AT)),
            (world.consultant, ask_swap(actor=colleague, session_ref=theirs.ref, colleague_ref=world.near.ref, at=AT)),
        ]
    assert at_once(*(partial(taking, world, *swap) for swap in swaps)) == [DONE, DONE]
    with in_district(world.district.pk):
        assert holders() == sorted([(mine.ref, member.ref), (theirs.ref, world.near.ref)])


def test_of_taking_and_withdrawing_one_counts(cloned_database: str) -> None:
    world = make_world()
    member, colleague = make_consultant(world.district, world.coordinator, "Colleague", HOME)
    _, session = confirmed(world)
    with in_district(world.district.pk):
        swap = ask_swap(actor=world.consultant, session_ref=session.ref, colleague_ref=member.ref, at=AT)

    def withdraw(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            withdraw_swap(actor=world.consultant, ref=swap.ref, at=AT)

    done, told = at_once(partial(taking, world, colleague, swap), withdraw)
    assert (done, "answered already" in told) == (DONE, True)
    with in_district(world.district.pk):
        swap.refresh_from_db()
        assert holders() == [(session.ref, member.ref if swap.state == "taken" else world.near.ref)]


def test_of_a_swap_and_a_session_called_off_nobody_is_left_with_it(cloned_database: str) -> None:
    world = make_world()
    member, colleague = make_consultant(world.district, world.coordinator, "Colleague", HOME)
    request, session = confirmed(world)
    with in_district(world.district.pk):
        swap = ask_swap(actor=world.consultant, session_ref=session.ref, colleague_ref=member.ref, at=AT)

    def call_off(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            release_session(actor=world.coordinator, request_ref=request.ref, at=AT)

    outcomes = at_once(partial(taking, world, colleague, swap), call_off)
    with in_district(world.district.pk):
        assert holders() == []
        told = set(Notice.objects.filter(kind="training_cancelled").values_list("recipient", flat=True))
    taken = outcomes == [DONE, DONE]
    assert taken or "no longer takes place" in outcomes[1]
    assert ((member if taken else world.near).person.email) in told


def test_of_a_swap_and_a_plan_that_moves_the_session_whoever_held_it_last_is_told(cloned_database: str) -> None:
    world = make_year_world()
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        mine = next(each for each in entries(plan) if each.seats.get().member == world.near)
        session = Session.objects.get(plan_entries=mine)
        swap = ask_swap(actor=world.consultant, session_ref=session.ref, colleague_ref=world.far.ref, at=AT)
        ClosedDay.objects.create(district_id=world.district.pk, site=mine.site, on=session.on)
        again = draft_plan(world)
        assert again.moved == [mine.site.ref]
        Notice.objects.all().delete()
    far = world.far.person.account

    def release(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            release_plan(actor=world.coordinator, ref=again.ref, at=AT)

    with in_district(world.district.pk):
        colleague = actor_for(far, world.district.pk, TODAY)
    outcomes = at_once(partial(taking, world, colleague, swap), release)
    with in_district(world.district.pk):
        swap.refresh_from_db()
        session.refresh_from_db()
        assert session.state == "cancelled"
        assert (swap.state == "taken") == (outcomes == [DONE, DONE])
        holder = world.far if swap.state == "taken" else world.near
        lost = [mail.recipient for mail in Notice.objects.filter(kind="plan_with_you") if mail.facts["lost"]]
        assert lost == [holder.person.email]
        live = [ref for ref, _ in holders()]
        assert len(live) == len(set(live)) == Plan.objects.get(state="released").entries.count()


def test_of_two_who_send_somebody_else_one_lead_comes_of_it(cloned_database: str) -> None:
    world = make_world()
    member, _ = make_consultant(world.district, world.coordinator, "Colleague", HOME)
    other, _ = make_consultant(world.district, world.coordinator, "Second", HOME)
    _, session = confirmed(world)

    def sending(chosen: str, wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            replace_lead(actor=world.coordinator, session_ref=session.ref, member_ref=chosen, at=AT)

    assert at_once(*(partial(sending, each.ref) for each in (member, other))) == [DONE, DONE]
    with in_district(world.district.pk):
        assert [held for held, _ in holders()] == [session.ref]
        assert Assignment.objects.filter(session=session).count() == 3
        assert Notice.objects.filter(kind="training_taken_over").count() == 2


def test_one_consultant_is_not_sent_to_two_sessions_of_the_same_hour(cloned_database: str) -> None:
    world = make_world()
    member, _ = make_consultant(world.district, world.coordinator, "Colleague", HOME)
    other, _ = make_consultant(world.district, world.coordinator, "Second", HOME)
    _, first = confirmed(world)
    request = ask(world, make_site(world.district, latitude=37.51, longitude=-122.31))
    with in_district(world.district.pk):
        second = assign(world, request, member=other.ref)

    def sending(session: Session, wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            replace_lead(actor=world.coordinator, session_ref=session.ref, member_ref=member.ref, at=AT)

    done, told = at_once(*(partial(sending, each) for each in (first, second)))
    assert done == DONE
    assert "is not free" in told
    with in_district(world.district.pk):
        assert [held for _, held in holders()].count(member.ref) == 1
