"""What the plan sends a consultant to, the warnings, swaps and assignments take for possible too, and nothing more."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import make_site
from tests.factories.plans import FIRST, draft_plan, make_year_world
from tests.factories.training import World, ask, make_consultant
from tests.moments import AT
from upstander.district.places.models import Site
from upstander.engines.matching import Reason
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import Assignment, HomeBase, PlanEntry, PlanSeat, Session, TravelWay
from upstander.program.training.selectors.matching import candidates_for, starts_for
from upstander.program.training.selectors.misfits import coming_misfits
from upstander.program.training.services.plan_exceptions import Grounds, allow_exception
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.requests import Window
from upstander.program.training.services.sessions import Slot, assign_member
from upstander.program.training.services.swaps import ask_swap, take_swap
from upstander.program.training.services.windows import Stretch, add_window

pytestmark = pytest.mark.django_db
ONE, THREE = dt.time(13), dt.time(15)
FAR = {"latitude": 37.15, "longitude": -122.31}  # 39 km south of the schools


def far_world() -> World:
    """One consultant, whose base lies far from all schools, and these near one another; both are trained on one day."""
    world = make_year_world(schools=1)
    with in_district(world.district.pk):
        world.far.weekly.all().delete()
        HomeBase.objects.filter(member=world.near).update(**FAR)
        for site, starts in zip(Site.objects.order_by("name"), (ONE, THREE), strict=True):
            ends = starts.replace(hour=starts.hour + 1)
            week: dict[str, Any] = {"starts_on": FIRST, "until": FIRST + dt.timedelta(days=6)}
            add_window(actor=world.coordinator, stretch=Stretch("all_staff", 2, starts, ends, site.ref, **week), at=AT)
    return world


def released(world: World) -> list[Assignment]:
    release_plan(actor=world.coordinator, ref=draft_plan(world).ref, at=AT)
    return list(Assignment.objects.filter(released_at=None).select_related("session").order_by("starts_at"))


def keep_way(world: World, minutes: int) -> None:
    one, other = Site.objects.order_by("pk")[:2]
    TravelWay.objects.create(district_id=world.district.pk, one=one, other=other, minutes=minutes)


def reasons(world: World) -> list[Reason]:
    return [each.found.reason for each in coming_misfits(actor=world.coordinator, at=AT)]


def test_two_schools_beside_each_other_are_planned_on_one_day_and_nobody_is_warned() -> None:
    world = far_world()
    with in_district(world.district.pk):
        first, second = released(world)
        assert (first.session.on, first.member) == (second.session.on, second.member)
        assert first.returns_at == second.leaves_at == first.ends_at + dt.timedelta(minutes=30)
        assert reasons(world) == []
        keep_way(world, 45)
        assert reasons(world) == [], "an hour, and an hour is there"
        TravelWay.objects.update(minutes=46)
        assert reasons(world) == [Reason.TRAVEL, Reason.TRAVEL]


def test_a_swap_of_such_a_day_goes_through_and_the_plan_says_who_comes() -> None:
    world = far_world()
    member, other = make_consultant(world.district, world.coordinator, "Colleague", (37.15, -122.31))
    with in_district(world.district.pk):
        member.weekly.all().delete()
        first, second = released(world)
        assert second.member == world.near
        member.weekly.create(district_id=world.district.pk, weekday=2, starts=dt.time(8), ends=dt.time(17))
        way = PlanEntry.objects.get(session=second.session).travel_km
        for each in (first, second):
            told: dict[str, Any] = {"session_ref": each.session.ref, "colleague_ref": member.ref, "at": AT}
            swap = ask_swap(actor=world.consultant, **told)
            take_swap(actor=other, ref=swap.ref, at=AT)
        assert set(PlanSeat.objects.values_list("member__person__family_name", flat=True)) == {"Colleague"}
        assert PlanEntry.objects.get(session=second.session).travel_km == way > 0
        now = Assignment.objects.filter(released_at=None).order_by("starts_at")
        assert [each.member for each in now] == [member, member]
        assert now[0].returns_at == now[1].leaves_at
        assert reasons(world) == []


def test_an_assignment_by_hand_goes_by_the_same_ways() -> None:
    world = make_year_world(schools=0)
    near = make_site(world.district, "Next door", region=world.region, latitude=37.52, longitude=-122.31)
    requests = [
        ask(world, site, windows=(Window(FIRST, starts, starts.replace(hour=starts.hour + 1)),))
        for site, starts in ((world.site, ONE), (near, THREE))
    ]
    with in_district(world.district.pk):
        HomeBase.objects.filter(member=world.near).update(**FAR)
        keep_way(world, 46)
        for request, starts in zip(requests, (ONE, THREE), strict=True):
            if starts == THREE:
                (start,) = starts_for(actor=world.coordinator, request=request, at=AT)
                found = dict(candidates_for(actor=world.coordinator, request=request, start=start))
                assert found[world.near].reason is Reason.TRAVEL
                TravelWay.objects.update(minutes=45)
            slot = Slot(request.windows.get().ref, starts)
            told: dict[str, Any] = {"request_ref": request.ref, "member_ref": world.near.ref, "slot": slot, "at": AT}
            assign_member(actor=world.coordinator, **told)
        one, other = Assignment.objects.filter(released_at=None).order_by("starts_at")
        assert one.returns_at == other.leaves_at == one.ends_at + dt.timedelta(minutes=30)
        assert (one.starts_at - one.leaves_at).seconds == one.travel_minutes * 60
        assert Session.objects.exclude(state="cancelled").count() == 2


def test_the_step_of_an_exception_is_no_misfit_until_it_ends() -> None:
    world = far_world()
    with in_district(world.district.pk):
        world.near.most_per_day = 1
        world.near.save()
        plan = draft_plan(world)
        (lacking,) = PlanEntry.objects.filter(plan=plan, on__isnull=True)
        assert [each["rule"] for each in lacking.lacking["relaxation"]["steps"]] == ["day_full"]
        allow_exception(actor=world.coordinator, ref=lacking.ref, grounds=Grounds("consultant"), at=AT)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        assert reasons(world) == []
        world.near.weekly.filter(weekday=2).delete()
        assert reasons(world) == [Reason.OUTSIDE_HOURS, Reason.OUTSIDE_HOURS], "only what was allowed"
        plan.allowances.update(ended_at=AT)
        world.near.weekly.create(district_id=world.district.pk, weekday=2, starts=dt.time(8), ends=dt.time(17))
        assert reasons(world) == [Reason.DAY_FULL, Reason.DAY_FULL]


def test_homes_at_one_place_have_the_ways_of_the_site_there() -> None:
    world = far_world()
    yard = make_site(world.district, "Bus yard", region=world.region, **FAR)
    with in_district(world.district.pk):
        cedar = Site.objects.get(pk=world.site.pk)
        told: dict[str, Any] = {"district_id": world.district.pk, "one": cedar, "other": yard}
        TravelWay.objects.create(minutes=80, **told)
        assert {each.travel_minutes for each in released(world) if each.site == cedar} == {95}
