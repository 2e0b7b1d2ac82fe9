"""Home bases by date: the way to agreed sessions follows them, and both sides hear of what no longer fits."""

import datetime as dt
import importlib
from typing import Any

import pytest
from django.apps import apps

from tests.factories import make_site
from tests.factories.training import DAY, HOME, World, ask, make_consultant, make_world
from tests.moments import AT, TODAY
from tests.program.training.test_sessions import assign, confirmed
from tests.races import DONE, Wait, at_once
from upstander.district.places.models import Site
from upstander.engines.matching import Reason
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid
from upstander.foundation.notices.models import Notice
from upstander.program.training.models import Assignment, CadreMember, HomeBase, Session, TravelWay
from upstander.program.training.selectors.cadre import facts_of
from upstander.program.training.selectors.misfits import coming_misfits
from upstander.program.training.selectors.own_work import asked_of_me, coming_work
from upstander.program.training.services.members import BasedAt, Limits, hold_fact, set_limits
from upstander.program.training.services.requests import Window
from upstander.program.training.services.swaps import ask_swap, take_swap

FAR = {"latitude": 37.80, "longitude": -122.31}  # some thirty kilometers from the site
WEEK = dt.timedelta(days=7)


def move(world: World, site: Site, since: dt.date, member: CadreMember | None = None) -> None:
    told: dict[str, Any] = {"what": BasedAt(site.ref), "starts_on": since, "at": AT}
    hold_fact(actor=world.coordinator, member_ref=(member or world.near).ref, **told)


def ways() -> list[tuple[dt.date, int, dt.timedelta, dt.timedelta]]:
    """Day, minutes, and how long before and after its session each assignment has its member on the way."""
    rows = Assignment.objects.filter(released_at=None).select_related("session").order_by("starts_at")
    return [
        (each.session.on, each.travel_minutes, each.starts_at - each.leaves_at, each.returns_at - each.ends_at)
        for each in rows
    ]


def minutes(count: int) -> dt.timedelta:
    return dt.timedelta(minutes=count)


def test_the_way_to_agreed_sessions_after_the_day_follows_the_new_base(world: World) -> None:
    far = make_site(world.district, "Far yard", region=world.region, **FAR)
    _, first = confirmed(world)
    later = ask(world, windows=(Window(DAY + WEEK, dt.time(14), dt.time(16)),))
    with in_district(world.district.pk):
        assign(world, later)
        before = ways()
        move(world, far, DAY + WEEK)
        assert ways() == [before[0], (DAY + WEEK, 80, minutes(80), minutes(80))]
        coming = coming_work(actor=world.consultant, member=world.near, at=AT)
        assert [each.assignment.travel_minutes for each in coming] == [before[0][1], 80]
        assert AuditEvent.objects.get(event="training.ways_recounted").data == {"count": 1}
        assert Notice.objects.filter(kind="training_misfit").count() == 0, "it still fits"
        TravelWay.objects.create(district_id=world.district.pk, minutes=41, **_pair(far, world.site))
        move(world, far, DAY)
        assert [each[1] for each in ways()] == [60, 60], "the district's own table stands before the estimate"


def _pair(one: Site, other: Site) -> dict[str, Site]:
    low, high = sorted([one, other], key=lambda site: site.pk)
    return {"one": low, "other": high}


def test_both_sides_are_told_at_once_of_what_no_longer_fits(world: World) -> None:
    far = make_site(world.district, "Far yard", region=world.region, **FAR)
    confirmed(world)
    with in_district(world.district.pk):
        limits = Limits(most_per_day=2, most_per_week=5, travel_limit_km=20, languages=("en",))
        set_limits(actor=world.coordinator, member_ref=world.near.ref, limits=limits, at=AT)
        move(world, far, DAY)
        assert [each.found.reason for each in coming_misfits(actor=world.coordinator, at=AT)] == [Reason.TOO_FAR]
        told = Notice.objects.filter(kind="training_misfit").values_list("recipient", flat=True)
        assert len(told) == len(set(told)) == 2 and world.near.person.email in told


def test_two_sessions_of_a_day_stay_and_are_told_of_when_the_ways_overlap(world: World) -> None:
    far = make_site(world.district, "Far yard", region=world.region, **FAR)
    other = make_site(world.district, "Oak", region=world.region, latitude=37.52, longitude=-122.31)
    requests = [
        ask(world, site, windows=(Window(DAY, dt.time(hour), dt.time(hour + 1)),))
        for site, hour in ((world.site, 10), (other, 12))
    ]
    with in_district(world.district.pk):
        for request, starts in zip(requests, (dt.time(10), dt.time(12)), strict=True):
            assign(world, request, starts=starts)
        move(world, far, TODAY)
        assert coming_misfits(actor=world.coordinator, at=AT) == [], "from one site to the next it is a short way"
        TravelWay.objects.create(district_id=world.district.pk, minutes=46, **_pair(world.site, other))
        assert [(minutes_, before, after) for _on, minutes_, before, after in ways()] == [
            (80, minutes(80), minutes(30)),
            (80, minutes(30), minutes(80)),
        ]
        assert {each.found.reason for each in coming_misfits(actor=world.coordinator, at=AT)} == {Reason.TRAVEL}
        assert Session.objects.exclude(state="cancelled").count() == 2


def test_a_question_between_colleagues_says_on_both_pages_that_it_no_longer_fits(world: World) -> None:
    far = make_site(world.district, "Far yard", region=world.region, **FAR)
    _, session = confirmed(world)
    member, other = make_consultant(world.district, world.coordinator, "Colleague", HOME)
    with in_district(world.district.pk):
        limits = Limits(most_per_day=2, most_per_week=5, travel_limit_km=20, languages=("en",))
        set_limits(actor=world.coordinator, member_ref=member.ref, limits=limits, at=AT)
        swap = ask_swap(actor=world.consultant, session_ref=session.ref, colleague_ref=member.ref, at=AT)
        move(world, far, DAY, member)
        (mine,) = coming_work(actor=world.consultant, member=world.near, at=AT)
        (theirs,) = asked_of_me(actor=other, at=AT)
        assert mine.against and theirs.against
        assert (mine.against.reason, theirs.against.reason) == (Reason.TOO_FAR, Reason.TOO_FAR)
        with pytest.raises(Invalid):
            take_swap(actor=other, ref=swap.ref, at=AT)


def test_a_base_known_before_bases_had_days_has_held_from_the_beginning(world: World) -> None:
    with in_district(world.district.pk):
        HomeBase.objects.filter(member=world.near).update(starts_on=dt.date(2000, 1, 1))
        again = importlib.import_module("upstander.program.training.migrations.0026_based_from_the_beginning")
        again.hold_from_the_beginning(apps, None)
        assert HomeBase.objects.get(member=world.near).starts_on is None
        assert HomeBase.objects.get(member=world.far).starts_on == TODAY
        move(world, world.site, DAY)
        rows = facts_of(actor=world.coordinator, member=world.near, at=AT).bases
        assert [(row.starts_on, row.ends_on) for row in rows] == [(DAY, None), (None, DAY)]


def test_a_base_that_moves_and_a_session_planned_at_once_end_with_the_same_way(cloned_database: str) -> None:
    world = make_world()
    far = make_site(world.district, "Far yard", region=world.region, **FAR)
    _, session = confirmed(world)
    request = ask(world, windows=(Window(DAY + WEEK, dt.time(14), dt.time(16)),))

    def moving(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            move(world, far, TODAY)

    def planning(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            assign(world, request)

    assert at_once(moving, planning) == [DONE, DONE]
    with in_district(world.district.pk):
        assert [each[1] for each in ways()] == [80, 80]
