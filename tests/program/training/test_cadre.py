"""The Cadre by date: what holds when, what ends, what no longer fits, and who may change it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_person, make_region
from tests.factories.training import DAY, HOME, World, ask, make_consultant
from tests.moments import AT, TODAY
from tests.program.training.test_sessions import assign, confirmed
from upstander.engines.matching import Reason
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.foundation.notices.models import Notice
from upstander.program.training.models import CadreMember, MemberRegion, Skill
from upstander.program.training.selectors.cadre import Line, cadre_for, facts_of, gone_for
from upstander.program.training.selectors.matching import candidates_for, starts_for
from upstander.program.training.selectors.misfits import coming_misfits
from upstander.program.training.services.cadre import Joining, join_cadre
from upstander.program.training.services.members import (
    Credentialed,
    HomeRegion,
    Limits,
    Released,
    Skilled,
    What,
    hold_fact,
    set_limits,
)
from upstander.program.training.services.own_time import come_back, go_away, set_week
from upstander.program.training.services.warnings import warn_of_misfits

ONE = dt.timedelta(days=1)


def hold(world: World, what: What, starts_on: dt.date = TODAY, ends_on: dt.date | None = None) -> None:
    hold_fact(
        actor=world.coordinator, member_ref=world.near.ref, what=what, starts_on=starts_on, ends_on=ends_on, at=AT
    )


def limits(**more: Any) -> Limits:
    return Limits(**{"most_per_day": 2, "most_per_week": 5, "travel_limit_km": None, "languages": ("en",), **more})


def line(world: World) -> Line:
    return next(each for each in cadre_for(actor=world.coordinator, at=AT) if each.member == world.near)


def reason(world: World) -> Reason:
    """How the nearer consultant stands against the request of the day."""
    request = ask(world)
    with in_district(world.district.pk):
        start = starts_for(actor=world.coordinator, request=request, at=AT)[0]
        found = dict(candidates_for(actor=world.coordinator, request=request, start=start))
        return found[world.near].reason


@pytest.mark.parametrize(
    ("what", "days", "expected"),
    [
        (Skilled("staff", "shadow"), (DAY, None), Reason.SKILL_ENDS),
        (Skilled("staff", "lead"), (TODAY, DAY), Reason.SKILL_ENDS),
        (Skilled("staff", "lead"), (TODAY, DAY + ONE), Reason.FREE),
        (Skilled("consultation", "shadow"), (TODAY, None), Reason.FREE),
        ("release", (TODAY, DAY), Reason.RELEASE),
        ("release", (DAY, DAY + ONE), Reason.FREE),
        (Credentialed("State office", True), (TODAY, None), Reason.FREE),
        (Credentialed("State office", True), (TODAY, DAY), Reason.CREDENTIAL),
        (Credentialed("State office", False), (TODAY, DAY + ONE), Reason.FREE),
    ],
)
def test_the_day_of_the_session_decides_whether_a_fact_holds(
    world: World, what: Any, days: tuple[dt.date, dt.date | None], expected: Reason
) -> None:
    what = Released(world.staff[0].staff_number) if what == "release" else what
    with in_district(world.district.pk):
        hold(world, what, *days)
    assert reason(world) is expected


@pytest.mark.parametrize(("km", "expected"), [(1, Reason.TOO_FAR), (2, Reason.FREE), (None, Reason.FREE)])
def test_nobody_is_sent_further_than_agreed(world: World, km: int | None, expected: Reason) -> None:
    with in_district(world.district.pk):
        set_limits(actor=world.coordinator, member_ref=world.near.ref, limits=limits(travel_limit_km=km), at=AT)
    assert reason(world) is expected


def test_a_later_fact_takes_the_place_of_an_earlier_one_and_what_was_known_can_still_be_told(world: World) -> None:
    with in_district(world.district.pk):
        hold(world, Skilled("staff", "co_lead"), DAY)
        held = Skill.objects.filter(member=world.near, offering="staff", superseded_at__isnull=True)
        rows = held.order_by("starts_on")
        assert [(row.part, row.starts_on, row.ends_on) for row in rows] == [
            ("lead", TODAY, DAY),
            ("co_lead", DAY, None),
        ]
        assert Skill.objects.filter(member=world.near, superseded_at=AT).count() == 1
        assert AuditEvent.objects.filter(event="training.fact_held").count() == 1


def test_a_session_that_no_longer_fits_is_told_with_its_reason(world: World) -> None:
    confirmed(world)
    with in_district(world.district.pk):
        assert line(world).misfits == []
        hold(world, Skilled("staff", "lead"), TODAY, DAY)
        found = line(world)
        assert [misfit.found.reason for misfit in found.misfits] == [Reason.SKILL_ENDS]
        assert [(ending.kind, ending.ends_on) for ending in found.endings] == [("skill", DAY)]
        assert [misfit.assignment.member for misfit in coming_misfits(actor=world.coordinator, at=AT)] == [world.near]
        go_away(actor=world.consultant, member_ref=world.near.ref, starts_on=DAY, last_on=DAY, at=AT)
        hold(world, Skilled("staff", "lead"))
        (misfit,) = line(world).misfits
        assert misfit.found.reason is Reason.AWAY
        away = facts_of(actor=world.consultant, member=world.near, at=AT).away[0]
        come_back(actor=world.consultant, member_ref=world.near.ref, away_ref=away.ref, at=AT)
        assert line(world).misfits == []


def test_who_has_left_the_cadre_is_asked_no_more(world: World) -> None:
    with in_district(world.district.pk):
        world.near.person.posts.update(ends_on=DAY)
        assert [each.member for each in cadre_for(actor=world.coordinator, at=AT)] == [world.far, world.near]
    request = ask(world)
    with in_district(world.district.pk):
        start = starts_for(actor=world.coordinator, request=request, at=AT)[0]
        found = candidates_for(actor=world.coordinator, request=request, start=start)
        assert [member for member, _ in found] == [world.far]
        with pytest.raises(NotFound):
            assign(world, request)


@pytest.mark.parametrize(
    ("posts", "found"),
    [
        ([(TODAY, DAY + ONE)], []),  # the session is on the last day
        ([(TODAY, DAY)], [Reason.LEFT]),  # and the day after it
        ([(TODAY - ONE, TODAY)], [Reason.LEFT]),  # who has left is in no list of the Cadre
        ([(DAY, None)], []),
        ([(DAY + ONE, None)], [Reason.NOT_YET]),
    ],
)
def test_sessions_of_who_leaves_or_left_are_told_of(
    world: World, posts: list[tuple[dt.date, dt.date | None]], found: list[Reason]
) -> None:
    confirmed(world)
    with in_district(world.district.pk):
        ((starts_on, ends_on),) = posts
        world.near.person.posts.update(starts_on=starts_on, ends_on=ends_on)
        assert [each.found.reason for each in coming_misfits(actor=world.coordinator, at=AT)] == found
        is_here = starts_on <= TODAY and (ends_on is None or ends_on > TODAY)
        told = gone_for(actor=world.coordinator, at=AT)
        gone = [(line.member, len(line.misfits)) for line in told]
        assert gone == ([] if is_here or not found else [(world.near, 1)])


def test_of_sessions_of_who_has_left_only_who_coordinates_hears(world: World) -> None:
    confirmed(world)
    with in_district(world.district.pk):
        assert warn_of_misfits(actor=world.coordinator, at=AT) == 0
        world.near.person.posts.update(ends_on=TODAY)
        before = Notice.objects.count()
        assert warn_of_misfits(actor=world.coordinator, at=AT) == 1
        assert warn_of_misfits(actor=world.coordinator, at=AT) == 1
        new = Notice.objects.filter(kind="training_misfit")
        assert [each.facts["role"] for each in new] == ["coordinator"]
        assert Notice.objects.count() == before + 1


def test_whose_sessions_are_given_over_is_told_by_the_sites_in_reach(world: World) -> None:
    confirmed(world)
    elsewhere = make_region(world.district, "South")
    with in_district(world.district.pk):
        world.near.person.posts.update(ends_on=TODAY)
    for region, count in ((world.region, 1), (elsewhere, 0)):
        lead = make_actor(world.district, "region_lead", region=region)
        with in_district(world.district.pk):
            assert len(gone_for(actor=lead, at=AT)) == count


def test_the_list_takes_the_same_number_of_queries_for_many(world: World) -> None:
    def queries() -> int:
        with in_district(world.district.pk), CaptureQueriesContext(connection) as asked:
            assert [each.misfits for each in cadre_for(actor=world.coordinator, at=AT)]
        return len(asked)

    request = ask(world)
    with in_district(world.district.pk):
        assign(world, request)
    few = queries()
    for number in range(4):
        make_consultant(world.district, world.coordinator, f"More{number}", HOME)
    assert queries() == few


def test_a_regional_lead_keeps_only_members_of_the_region(world: World) -> None:
    lead = make_actor(world.district, "region_lead", region=world.region)
    with in_district(world.district.pk):
        hold(world, HomeRegion(world.region.ref))
        assert [each.member for each in cadre_for(actor=lead, at=AT)] == [world.near]
        set_limits(actor=lead, member_ref=world.near.ref, limits=limits(), at=AT)
        with pytest.raises(NotFound):
            set_limits(actor=lead, member_ref=world.far.ref, limits=limits(), at=AT)
    other = make_region(world.district, "East")
    with in_district(world.district.pk):
        hold(world, HomeRegion(other.ref), DAY)
        assert [row.region for row in MemberRegion.objects.filter(superseded_at=None).order_by("starts_on")] == [
            world.region,
            other,
        ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"most_per_day": 0}, "most_per_day"),
        ({"most_per_week": 1000}, "most_per_week"),
        ({"travel_limit_km": -1}, "travel_limit_km"),
        ({"languages": ()}, "languages"),
        ({"deputy_ref": "0123456789AB"}, "deputy"),
    ],
)
def test_limits_nobody_can_mean_are_refused_at_their_field(world: World, changed: dict[str, Any], field: str) -> None:
    with in_district(world.district.pk), pytest.raises(Invalid) as refused:
        set_limits(actor=world.coordinator, member_ref=world.near.ref, limits=limits(**changed), at=AT)
    assert refused.value.field == field


def test_a_member_keeps_their_own_week_and_nobody_elses(world: World) -> None:
    mornings = ((0, dt.time(8), dt.time(10)), (0, dt.time(10), dt.time(12)))
    with in_district(world.district.pk):
        set_week(actor=world.consultant, member_ref=world.near.ref, weekly=mornings, at=AT)
        with pytest.raises(NotFound):
            set_week(actor=world.consultant, member_ref=world.far.ref, weekly=(), at=AT)
        crossing = ((2, dt.time(8), dt.time(10)), (2, dt.time(9), dt.time(12)))
        with pytest.raises(Invalid) as refused:
            set_week(actor=world.consultant, member_ref=world.near.ref, weekly=crossing, at=AT)
        assert refused.value.field == "day_2"
        with pytest.raises(Invalid):
            go_away(actor=world.consultant, member_ref=world.near.ref, starts_on=DAY, last_on=TODAY, at=AT)
    assert reason(world) is Reason.OUTSIDE_HOURS


def test_nobody_joins_twice_or_without_the_post(world: World) -> None:
    stranger = make_person(world.district)
    joining = Joining(*HOME, languages=("en",), weekly=())
    with in_district(world.district.pk):
        for person in (world.near.person, stranger):
            with pytest.raises(Invalid) as refused:
                join_cadre(actor=world.coordinator, person=person, joining=joining, at=AT)
            assert refused.value.field == "staff_number"
        assert CadreMember.objects.count() == 2
