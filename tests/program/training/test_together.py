"""Small sites trained together: one session at the host, an answer of each, everybody counted for their own site."""

import datetime as dt
from functools import partial

import pytest

from tests.factories.plans import TWO, draft_plan, make_year_world, year_of
from tests.factories.training import KNOWN, World, ask
from tests.moments import AT
from tests.program.training.test_plans import entries
from tests.races import DONE, Wait, at_once
from upstander.district.people.models import Person
from upstander.district.places.models import Site
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.compliance.models import Completion
from upstander.program.training.models import Hosting, Plan, PlanEntry, Request, Session, SessionGuest
from upstander.program.training.planning import answers
from upstander.program.training.planning.problems import Settings, source_for
from upstander.program.training.planning.together import suggested
from upstander.program.training.selectors.calendars import calendar_of
from upstander.program.training.selectors.groups import groups_for
from upstander.program.training.selectors.proposals import answer_token
from upstander.program.training.selectors.requests import live_session_of, requests_followed
from upstander.program.training.selectors.rooms import room_of
from upstander.program.training.services.attendance import tick
from upstander.program.training.services.calendars import make_site_feed
from upstander.program.training.services.groups import join_sites, separate_sites
from upstander.program.training.services.plan_answers import answer_by_link
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.plans import Change, change_entry, mark_entry
from upstander.program.training.services.requests import withdraw_request
from upstander.program.training.services.sessions import (
    close_session,
    confirm_session,
    open_session,
    release_session,
)


@pytest.fixture
def world(db: None) -> World:
    return make_year_world()


def site(name: str) -> Site:
    return Site.objects.get(name=name)


def join(world: World, host: str = "Oak 0", *guests: str) -> None:
    """Oak 1 and Oak 2 come to Oak 0, unless told otherwise. Call it within the district."""
    refs = [site(name).ref for name in guests or ("Oak 1", "Oak 2")]
    join_sites(actor=world.coordinator, year=year_of(world), host_ref=site(host).ref, guest_refs=refs, at=AT)


def joint(plan: Plan) -> list[PlanEntry]:
    """The entries of the group, the host first."""
    found = [entry for entry in entries(plan) if entry.site.name.startswith("Oak")]
    return sorted(found, key=lambda entry: entry.host_id is not None)


def released(world: World) -> Plan:
    plan = draft_plan(world)
    release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
    return Plan.objects.get(pk=plan.pk)


def answer(world: World, entry: PlanEntry, *, is_accepted: bool) -> PlanEntry:
    assert entry.session
    token = answer_token(entry.session.ref, entry.site.ref if entry.host_id else "")
    return answer_by_link(actor=world.coordinator, token=token, is_accepted=is_accepted, at=AT)


def state_of(entry: PlanEntry) -> str:
    """Where the site's own request stands by now."""
    return Request.objects.get(plan_entries=entry).state


def session_of(entry: PlanEntry) -> Session:
    """The entry's session as it stands by now."""
    return Session.objects.get(plan_entries=entry)


def test_a_group_is_one_session_in_the_draft_and_the_checker_agrees(world: World) -> None:
    with in_district(world.district.pk):
        join(world)
        assert [
            (g.host.name, [s.name for s in g.guests]) for g in groups_for(actor=world.coordinator, year=year_of(world))
        ] == [("Oak 0", ["Oak 1", "Oak 2"])]
        plan = draft_plan(world)
        host, *guests = joint(plan)
        assert [guest.host for guest in guests] == [host, host]
        assert len({(entry.on, entry.starts, entry.ends) for entry in (host, *guests)}) == 1
        assert [entry.seats.count() for entry in (host, *guests)] == [1, 0, 0]
        assert answers.violations(answers.stored_problem(plan), answers.entries_of(plan)) == []
        separate_sites(actor=world.coordinator, year=year_of(world), host_ref=site("Oak 0").ref, at=AT)
        with pytest.raises(Invalid, match="trained together"):  # a draft of before no longer holds
            release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        assert {entry.host for entry in entries(draft_plan(world))} == {None}
        with pytest.raises(WrongState):
            separate_sites(actor=world.coordinator, year=year_of(world), host_ref=site("Oak 0").ref, at=AT)


def test_who_can_be_joined(world: World) -> None:
    with in_district(world.district.pk):
        join(world, "Oak 0", "Oak 1")
        for host, guest, field in (
            ("Oak 2", "Oak 2", "guests"),
            ("Oak 1", "Oak 2", "host"),
            ("Oak 2", "Oak 0", "guests"),
            ("Oak 2", "Oak 1", "guests"),
        ):
            with pytest.raises(Invalid) as refused:
                join(world, host, guest)
            assert refused.value.field == field
        separate_sites(actor=world.coordinator, year=year_of(world), host_ref=site("Oak 0").ref, at=AT)
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        with pytest.raises(Invalid, match="has a session already"):
            join(world)


def test_suggestions_are_small_sites_close_by_with_a_window_in_common(world: World) -> None:
    with in_district(world.district.pk):
        on = draft_plan(world).made_at.date()
        source = source_for(actor=world.coordinator, year=year_of(world), settings=Settings(on), at=AT)
        assert source
        found = list(suggested(source.problem, source.free))
        names = [[source.sites[ref].site.name for ref in (each.host, *each.guests)] for each in found]
        assert sorted(names[0]) == ["Cedar High", "Oak 0", "Oak 1", "Oak 2"]
        assert found[0].host == world.site.ref  # three people, more than the others
        assert found[0].shared_days > 20
        assert list(suggested(source.problem, [])) == []


def test_people_move_the_whole_group_and_a_guest_follows_when_taken_in_again(world: World) -> None:
    with in_district(world.district.pk):
        join(world)
        plan = draft_plan(world)
        host, first, second = joint(plan)
        later = max(entry.on for entry in entries(plan) if entry.on) + dt.timedelta(days=7)
        with pytest.raises(WrongState, match="together with Oak 0"):
            change_entry(actor=world.coordinator, ref=first.ref, change=Change(later, TWO), at=AT)
        with pytest.raises(WrongState, match="Separate them first"):
            mark_entry(actor=world.coordinator, ref=host.ref, step="left_out", at=AT)
        mark_entry(actor=world.coordinator, ref=second.ref, step="left_out", at=AT)
        change_entry(actor=world.coordinator, ref=host.ref, change=Change(later, TWO), at=AT)
        mark_entry(actor=world.coordinator, ref=second.ref, step="taken_in", at=AT)
        assert {entry.on for entry in joint(plan)} == {later}
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        assert Session.objects.get(site__name="Oak 0").guests.count() == 2


def test_each_site_answers_for_itself_whoever_comes_first(world: World) -> None:
    with in_district(world.district.pk):
        join(world)
        waiting = ask(world, site("Oak 1"))
        plan = released(world)
        host, first, second = joint(plan)
        assert host.session == first.session == second.session
        waiting.refresh_from_db()
        assert (first.request, waiting.state) == (waiting, "planned")
        answer(world, first, is_accepted=True)
        waiting.refresh_from_db()
        assert waiting.state == "planned"  # the host has not answered yet
        answer(world, host, is_accepted=True)
        waiting.refresh_from_db()
        assert waiting.state == "confirmed"
        told = Notice.objects.filter(kind="training_confirmed").values_list("key", flat=True)
        assert any(key.endswith(waiting.ref) for key in told)
        answer(world, second, is_accepted=True)
        assert state_of(second) == "confirmed"
        with pytest.raises(WrongState):
            answer(world, second, is_accepted=False)
        again = draft_plan(world)
        assert (again.moved, [entry.session for entry in joint(again)]) == ([], [host.session] * 3)
        release_plan(actor=world.coordinator, ref=again.ref, at=AT)
        assert [entry.answer for entry in joint(again)] == ["accepted"] * 3


def test_a_guest_that_declines_leaves_the_group_and_the_session_stays(world: World) -> None:
    with in_district(world.district.pk):
        join(world)
        host, first, second = joint(released(world))
        answer(world, host, is_accepted=True)
        answer(world, first, is_accepted=False)
        session = session_of(host)
        assert session.state == "confirmed"
        assert [guest.site.name for guest in session.guests.filter(left_at=None)] == [second.site.name]
        assert Hosting.objects.get(guest=first.site).ended_how == "declined"
        assert state_of(first) == "withdrawn"  # it had wished no day itself
        again = {entry.site: entry for entry in entries(draft_plan(world))}
        assert again[first.site].host is None
        assert again[first.site].on not in {None, session.on}
        assert again[second.site].session == session


def test_a_host_that_declines_frees_all(world: World) -> None:
    with in_district(world.district.pk):
        join(world)
        waiting = ask(world, site("Oak 1"))
        host, first, second = joint(released(world))
        answer(world, first, is_accepted=True)
        answer(world, host, is_accepted=False)
        states = [state_of(entry) for entry in (host, first, second)]
        assert (states, first.request) == (["withdrawn", "waiting", "withdrawn"], waiting)
        assert not SessionGuest.objects.filter(left_at=None).exists()
        assert set(Hosting.objects.values_list("ended_how", flat=True)) == {"host"}
        with pytest.raises(WrongState):
            answer(world, second, is_accepted=True)


def test_a_guests_request_ends_without_the_session_and_the_session_without_the_guests_end(world: World) -> None:
    with in_district(world.district.pk):
        join(world)
        waiting = ask(world, site("Oak 1"))
        host, first, second = joint(released(world))
        with pytest.raises(WrongState, match="has to agree first"):
            confirm_session(actor=world.coordinator, request_ref=waiting.ref, at=AT)
        confirm_session(actor=world.coordinator, request_ref=host.request.ref, at=AT)
        confirm_session(actor=world.coordinator, request_ref=waiting.ref, at=AT)
        withdraw_request(actor=world.coordinator, ref=second.request.ref, at=AT)
        session = session_of(host)
        assert (session.state, session.guests.filter(left_at=None).get().site) == ("confirmed", first.site)
        release_session(actor=world.coordinator, request_ref=host.request.ref, at=AT)
        waiting.refresh_from_db()
        assert waiting.state == "waiting"
        assert Notice.objects.filter(kind="training_cancelled", key__endswith=waiting.ref).count() == 1


def test_everybody_is_on_the_list_and_counts_for_their_own_site(world: World) -> None:
    with in_district(world.district.pk):
        join(world)
        plan = released(world)
        host, first, second = joint(plan)
        for entry in (host, first):
            answer(world, entry, is_accepted=True)
        session = session_of(host)
        code = make_site_feed(actor=world.coordinator, site_ref=first.site.ref, at=AT)
        shown = calendar_of(actor=world.coordinator, code=code, at=AT).sessions
        assert [(each.ref, each.site_name) for each in shown] == [(session.ref, "Oak 0")]
        followed = requests_followed(actor=world.coordinator, at=AT).get(visits__site=first.site)
        assert live_session_of(followed) == session
        begins = session.starts_at
        open_session(actor=world.coordinator, ref=session.ref, at=begins)
        room = room_of(actor=world.coordinator, ref=session.ref, at=begins)
        assert sorted(seat.site_name for seat in room.expected) == ["", "Oak 1", "Oak 2"]
        for seat in room.expected:
            if seat.site_name != "Oak 2":
                tick(
                    actor=world.coordinator,
                    session_ref=session.ref,
                    person_ref=seat.person.ref,
                    present=True,
                    at=begins,
                )
        close_session(actor=world.coordinator, ref=session.ref, tally=KNOWN, at=session.ends_at)
        came = Person.objects.filter(pk__in=Completion.objects.values("person_id"))
        assert set(came.values_list("posts__site__name", flat=True)) == {"Oak 0", "Oak 1"}
        ends = [state_of(entry) for entry in (host, first, second)]
        assert ends == ["delivered", "delivered", "withdrawn"]  # nobody of the second came, and it never said it would
        left = {
            entry.site.name
            for entry in entries(draft_plan(world, at=session.ends_at, first_on=session.on + dt.timedelta(days=1)))
        }
        assert {"Oak 0", "Oak 1"} & left == set()


def test_the_host_may_be_trained_itself_while_its_guests_still_come(world: World) -> None:
    with in_district(world.district.pk):
        join(world, "Oak 0", "Oak 1")
        plan = draft_plan(world)
        found = [entry for entry in entries(plan) if entry.site.name in {"Oak 0", "Oak 1"}]
        assert found[0].on == found[1].on is not None


@pytest.mark.parametrize("is_hosted", [True, False])
def test_the_principals_of_a_group_answer_at_once(cloned_database: str, is_hosted: bool) -> None:
    world = make_year_world()
    with in_district(world.district.pk):
        join(world)
        host, first, second = joint(released(world))
    accepts = (is_hosted, True, is_hosted)

    def reply(entry: PlanEntry, is_accepted: bool, wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            answer(world, entry, is_accepted=is_accepted)

    outcomes = at_once(*(partial(reply, *each) for each in zip((host, first, second), accepts, strict=True)))
    with in_district(world.district.pk):
        states = [state_of(entry) for entry in (host, first, second)]
        session = session_of(host)
        live = session.guests.filter(left_at=None).count()
        if is_hosted:
            assert (outcomes, states, live) == ([DONE] * 3, ["confirmed"] * 3, 2)
        else:
            assert outcomes[0] == DONE
            assert (states, session.state, live) == (["withdrawn"] * 3, "cancelled", 0)
