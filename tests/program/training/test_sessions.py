"""Assigning, confirming, taking back, holding: one consultant, one place, one moment."""

import datetime as dt
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_actor, make_site
from tests.factories.training import DAY, HOME, KNOWN, World, ask, make_consultant, make_world
from tests.moments import AT
from tests.races import DONE, Wait, at_once
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.compliance.models import Certificate, Completion
from upstander.program.training.models import Assignment, Request, Session
from upstander.program.training.selectors.matching import Start, candidates_for, starts_for
from upstander.program.training.selectors.queue import queue_for, to_escalate
from upstander.program.training.selectors.sessions import own_sessions, sessions_for
from upstander.program.training.services.attendance import tick
from upstander.program.training.services.requests import Window, withdraw_request
from upstander.program.training.services.sessions import (
    Slot,
    assign_member,
    close_session,
    confirm_session,
    open_session,
    release_session,
)

TWO = dt.time(14)
BEGINS = dt.datetime(2026, 11, 18, 22, 0, tzinfo=dt.UTC)  # 14:00 in California in November


def slot(request: Request, starts: dt.time = TWO) -> Slot:
    return Slot(request.windows.get().ref, starts)


def assign(world: World, request: Request, *, member: str = "", starts: dt.time = TWO, at: dt.datetime = AT) -> Session:
    return assign_member(
        actor=world.coordinator,
        request_ref=request.ref,
        member_ref=member or world.near.ref,
        slot=slot(request, starts),
        at=at,
    )


def confirmed(world: World) -> tuple[Request, Session]:
    request = ask(world)
    with in_district(world.district.pk):
        assign(world, request)
        return request, confirm_session(actor=world.coordinator, request_ref=request.ref, at=AT)


def test_a_session_whose_day_went_by_waits_in_the_queue_until_it_is_closed(world: World) -> None:
    actor = job("training.look_after", world.district.pk, frozenset({"training.coordinate"}))
    request, session = confirmed(world)
    on_its_day, a_day_later, two_days_later = (BEGINS + dt.timedelta(days=days) for days in (0, 1, 2))

    def waiting(at: dt.datetime) -> list[tuple[str, int]]:
        return [(line.request.ref, line.late_days) for line in queue_for(actor=world.coordinator, at=at)]

    with in_district(world.district.pk):
        assert [waiting(AT), waiting(on_its_day), waiting(a_day_later)] == [[], [], [(request.ref, 1)]]
        assert to_escalate(actor=actor, at=a_day_later) == [(request.ref, 1)]
        open_session(actor=world.consultant, ref=session.ref, at=a_day_later)
        assert waiting(two_days_later) == [(request.ref, 2)], "open, and nobody has said who was there"
        close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=two_days_later)
        assert waiting(two_days_later) == []


def first_start(world: World, request: Request, actor: Actor | None = None) -> Start:
    return starts_for(actor=actor or world.coordinator, request=request, at=AT)[0]


def test_starts_are_the_half_hours_that_fit(world: World) -> None:
    request = ask(world)
    with in_district(world.district.pk):
        starts = starts_for(actor=world.coordinator, request=request, at=AT)
    assert [start.starts for start in starts] == [dt.time(14), dt.time(14, 30), dt.time(15)]


def test_candidates_are_nearest_first_with_reasons_in_the_same_number_of_queries(
    world: World, django_assert_num_queries: object
) -> None:
    request = ask(world)
    with in_district(world.district.pk):
        start = first_start(world, request)
        with django_assert_num_queries(14):  # type: ignore[operator]
            found = candidates_for(actor=world.coordinator, request=request, start=start)
    assert [(member.person.family_name, weighed.reason) for member, weighed in found] == [
        ("Near", "free"),
        ("Far", "free"),
    ]
    for number in range(3):
        make_consultant(world.district, world.coordinator, f"Spanish{number}", HOME, languages=("es",))
    with in_district(world.district.pk), django_assert_num_queries(14):  # type: ignore[operator]
        found = candidates_for(actor=world.coordinator, request=request, start=start)
    assert [weighed.reason for _, weighed in found] == ["free", "free", "language", "language", "language"]


def test_assigned_and_confirmed_both_get_a_mail_with_a_calendar_file(world: World) -> None:
    _, session = confirmed(world)
    with in_district(world.district.pk):
        assert (session.starts_at, session.starts, session.zone) == (BEGINS, TWO, "America/Los_Angeles")
        mails = Notice.objects.filter(kind="training_confirmed").order_by("id")
        assert [mail.facts["role"] for mail in mails] == ["requester", "consultant"]
        assert all("METHOD:REQUEST" in mail.calendar and f"UID:{session.ref}@" in mail.calendar for mail in mails)
        assert [each.pk for each in own_sessions(actor=world.consultant).coming] == [session.pk]
        assert [each.pk for each in sessions_for(actor=world.coordinator, at=AT)] == [session.pk]


def test_a_taken_consultant_is_refused_kindly_and_named_with_the_reason(world: World) -> None:
    first, second = ask(world), ask(world, site=make_site(world.district, latitude=37.6, longitude=-122.4))
    with in_district(world.district.pk):
        assign(world, first)
        found = candidates_for(actor=world.coordinator, request=second, start=first_start(world, second))
        assert [(m.person.family_name, w.reason) for m, w in found] == [("Far", "free"), ("Near", "session")]
        with pytest.raises(Invalid, match=r"Alex Near is no longer free"):
            assign(world, second)
        second.refresh_from_db()
        assert second.state == "waiting"


def test_back_to_back_at_one_site_is_fine_and_elsewhere_needs_the_way(world: World) -> None:
    windows = (Window(DAY, dt.time(10), dt.time(12)),)
    first, second = ask(world, windows=windows), ask(world, windows=windows)
    third = ask(world, site=make_site(world.district, latitude=37.6, longitude=-122.4), windows=windows)
    with in_district(world.district.pk):
        assign(world, first, starts=dt.time(10))
        found = candidates_for(actor=world.coordinator, request=third, start=first_start(world, third))
        assert dict((m.person.family_name, w.reason) for m, w in found)["Near"] == "session"
        late = starts_for(actor=world.coordinator, request=third, at=AT)[2]
        found = candidates_for(actor=world.coordinator, request=third, start=late)
        assert dict((m.person.family_name, w.reason) for m, w in found)["Near"] == "travel"
        assign(world, second, starts=dt.time(11))


def test_the_database_itself_refuses_a_double_booking(world: World) -> None:
    _, session = confirmed(world)
    elsewhere = make_site(world.district)
    with in_district(world.district.pk):
        held = Assignment.objects.get(session=session)
        hour = dt.timedelta(hours=1)
        copy = {"district_id": held.district_id, "member": held.member, "travel_minutes": held.travel_minutes}
        late = {"starts_at": held.ends_at, "ends_at": held.ends_at + hour}
        for site, times in ((held.site, {"starts_at": held.starts_at, "ends_at": held.ends_at}), (elsewhere, late)):
            with pytest.raises(IntegrityError, match="member_"), transaction.atomic():
                Assignment.objects.create(
                    session=session,
                    site=site,
                    leaves_at=times["starts_at"] - hour,
                    returns_at=times["ends_at"] + hour,
                    **times,
                    **copy,
                )


def test_taking_back_frees_the_consultant_and_cancels_the_calendar(world: World) -> None:
    request, session = confirmed(world)
    with in_district(world.district.pk):
        release_session(actor=world.coordinator, request_ref=request.ref, at=AT)
        cancelled = list(Notice.objects.filter(kind="training_cancelled"))
        assert [("METHOD:CANCEL" in mail.calendar, "SEQUENCE:2" in mail.calendar) for mail in cancelled] == [
            (True, True)
        ] * 2
        assert f"UID:{session.ref}@" in cancelled[0].calendar
        assign(world, request)
        with pytest.raises(WrongState):
            assign(world, request)


def test_withdrawing_a_planned_request_tells_nobody_of_a_session_nobody_heard_of(world: World) -> None:
    request = ask(world)
    with in_district(world.district.pk):
        session = assign(world, request)
        withdraw_request(actor=world.administrator, ref=request.ref, at=AT)
        session.refresh_from_db()
        assert session.state == "cancelled"
        assert not Notice.objects.filter(kind="training_cancelled").exists()
        assert not Assignment.objects.filter(released_at__isnull=True).exists()


def test_a_start_outside_the_wish_or_in_the_past_is_refused(world: World) -> None:
    request = ask(world)
    with in_district(world.district.pk):
        with pytest.raises(Invalid, match="outside the wished time"):
            assign(world, request, starts=dt.time(15, 30))
        with pytest.raises(Invalid, match="already over"):
            assign(world, request, at=BEGINS)
        assign(world, request)
        with pytest.raises(WrongState, match="already over"):
            confirm_session(actor=world.coordinator, request_ref=request.ref, at=BEGINS)


def test_only_the_consultant_or_the_coordinator_opens_and_only_near_its_time(world: World) -> None:
    _, session = confirmed(world)
    _, other = make_consultant(world.district, world.coordinator, "Other", HOME)
    with in_district(world.district.pk):
        with pytest.raises(NotFound):
            open_session(actor=other, ref=session.ref, at=BEGINS)
        with pytest.raises(NotFound):
            open_session(actor=world.administrator, ref=session.ref, at=BEGINS)
        with pytest.raises(WrongState, match="too early"):
            open_session(actor=world.consultant, ref=session.ref, at=BEGINS - dt.timedelta(hours=2, seconds=1))
        with pytest.raises(WrongState, match="more than a week"):
            open_session(actor=world.consultant, ref=session.ref, at=BEGINS + dt.timedelta(days=8))
        assert open_session(actor=world.consultant, ref=session.ref, at=BEGINS).state == "open"


def test_closing_writes_completions_and_certificates_for_those_present(world: World) -> None:
    request, session = confirmed(world)
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
        here, gone, _absent = world.staff
        for person in (here, gone):
            tick(actor=world.consultant, session_ref=session.ref, person_ref=person.ref, present=True, at=BEGINS)
        tick(actor=world.consultant, session_ref=session.ref, person_ref=gone.ref, present=False, at=BEGINS)
        assert close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=BEGINS) == 1
        completion = Completion.objects.get()
        assert (completion.person_id, completion.completed_on, completion.evidence_ref) == (here.pk, DAY, session.ref)
        assert Certificate.objects.get().completion_id == completion.pk
        request.refresh_from_db()
        assert request.state == "delivered"
        with pytest.raises(WrongState):
            close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=BEGINS)


def test_an_evening_is_led_by_who_may_lead_evenings(world: World) -> None:
    request = ask(world, kind="evening", audience="caregivers", answers={"invitation": "both"})
    with in_district(world.district.pk):
        found = candidates_for(actor=world.coordinator, request=request, start=first_start(world, request))
    assert [(m.person.family_name, w.reason) for m, w in found] == [("Near", "free"), ("Far", "skill")]


def test_two_coordinators_at_the_same_minute_one_wins_the_other_is_told(cloned_database: str) -> None:
    world = make_world()
    sites = [make_site(world.district, latitude=37.5, longitude=-122.3) for _ in range(2)]
    requests = [ask(world, site=site) for site in sites]
    actors = [world.coordinator, make_actor(world.district, "coordinator")]

    def plan(actor: Actor, request: Request, wait: Wait) -> None:
        with in_district(world.district.pk):
            chosen = slot(request)
            wait()
            assign_member(actor=actor, request_ref=request.ref, member_ref=world.near.ref, slot=chosen, at=AT)

    planned, told = at_once(*(partial(plan, *pair) for pair in zip(actors, requests, strict=True)))
    assert planned == DONE and "is no longer free at this time" in told
    with in_district(world.district.pk):
        assert Assignment.objects.count() == 1
