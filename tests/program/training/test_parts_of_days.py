"""Days unlike the week: some hours away, or hours beside it; the matching and the year plan count them alike."""

import datetime as dt

import pytest

from tests.factories.plans import FIRST, draft_plan, make_year_world
from tests.factories.training import DAY, World, ask, make_world
from tests.moments import AT
from tests.program.training.test_sessions import first_start
from upstander.engines.matching import Away, Reason, Weekly, hours_on
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.program.training.models import AvailabilityException, PlanEntry
from upstander.program.training.planning.answers import stored_problem
from upstander.program.training.selectors.matching import candidates_for
from upstander.program.training.services.own_time import come_back, go_away, offer_hours
from upstander.program.training.services.windows import Stretch, add_window

EIGHT, NOON, TWO, THREE, FIVE, SIX, SEVEN = (dt.time(hour) for hour in (8, 12, 14, 15, 17, 18, 19))
ON = dt.date(2026, 11, 18)  # a Wednesday
WEEK = [Weekly(2, EIGHT, NOON), Weekly(2, NOON, FIVE), Weekly(3, EIGHT, NOON)]
NEXT = dt.timedelta(days=1)


def away(starts: dt.time | None = None, ends: dt.time | None = None, *, is_extra: bool = False) -> Away:
    return Away(ON, ON + NEXT, starts, ends, is_extra)


@pytest.mark.parametrize(
    ("unlike", "hours"),
    [
        ([], [(EIGHT, FIVE)]),
        ([away()], []),
        ([away(), away(TWO, THREE, is_extra=True)], []),
        ([away(EIGHT, NOON)], [(NOON, FIVE)]),
        ([away(NOON, TWO)], [(EIGHT, NOON), (TWO, FIVE)]),
        ([away(dt.time(7), SIX)], []),
        ([away(FIVE, SEVEN, is_extra=True)], [(EIGHT, SEVEN)]),
        ([away(SIX, SEVEN, is_extra=True)], [(EIGHT, FIVE), (SIX, SEVEN)]),
        (
            [away(FIVE, SEVEN, is_extra=True), away(THREE, SIX)],
            [(EIGHT, THREE), (SIX, SEVEN)],
        ),
    ],
)
def test_the_hours_of_a_day(unlike: list[Away], hours: list[tuple[dt.time, dt.time]]) -> None:
    assert hours_on(ON, WEEK, unlike) == hours
    assert hours_on(ON + NEXT, WEEK, unlike) == [(EIGHT, NOON)]


def reason(world: World) -> Reason:
    request = ask(world)
    with in_district(world.district.pk):
        found = candidates_for(actor=world.coordinator, request=request, start=first_start(world, request))
    return next(weighed.reason for member, weighed in found if member == world.near)


def test_a_member_is_asked_for_what_is_left_of_the_day_and_for_what_they_offer(db: None) -> None:
    world = make_world()
    mine = {"actor": world.consultant, "member_ref": world.near.ref, "at": AT}
    with in_district(world.district.pk):
        go_away(starts_on=DAY, last_on=DAY, starts=EIGHT, ends=TWO, **mine)  # type: ignore[arg-type]
    assert reason(world) is Reason.FREE, "from two o'clock on"
    with in_district(world.district.pk):
        go_away(starts_on=DAY, last_on=DAY, starts=THREE, ends=FIVE, **mine)  # type: ignore[arg-type]
        world.near.weekly.all().delete()
    assert reason(world) is Reason.OUTSIDE_HOURS
    with in_district(world.district.pk):
        offer_hours(on=DAY, starts=TWO, ends=THREE, **mine)  # type: ignore[arg-type]
    assert reason(world) is Reason.FREE
    with in_district(world.district.pk):
        offered = AvailabilityException.objects.get(is_extra=True)
        assert (offered.starts_on, offered.ends_on, offered.starts, offered.ends) == (DAY, DAY + NEXT, TWO, THREE)
        assert AuditEvent.objects.filter(event="training.hours_offered").count() == 1
        come_back(away_ref=offered.ref, **mine)  # type: ignore[arg-type]
    assert reason(world) is Reason.OUTSIDE_HOURS


def test_the_year_plan_keeps_to_the_same_hours(db: None) -> None:
    world = make_year_world(schools=0)
    saturday = FIRST + dt.timedelta(days=(5 - FIRST.weekday()) % 7)
    mine = {"actor": world.consultant, "member_ref": world.near.ref, "at": AT}
    with in_district(world.district.pk):
        world.far.weekly.all().delete()
        own = Stretch("all_staff", 5, TWO, FIVE, world.site.ref, starts_on=saturday, until=saturday)
        add_window(actor=world.coordinator, stretch=own, at=AT)
        assert PlanEntry.objects.filter(plan=draft_plan(world), on=saturday).count() == 0
        offer_hours(on=saturday, starts=TWO, ends=FIVE, **mine)  # type: ignore[arg-type]
        go_away(starts_on=saturday, last_on=saturday, starts=TWO, ends=THREE, **mine)  # type: ignore[arg-type]
        plan = draft_plan(world)
        entry = PlanEntry.objects.get(plan=plan)
        assert (entry.on, entry.starts) == (saturday, THREE)
        near = next(each for each in stored_problem(plan).members if each.ref == world.near.ref)
        assert [(w.starts, w.ends) for w in near.free if w.day == saturday] == [(15 * 60, 17 * 60)]


def test_hours_that_cannot_be_are_refused_at_their_field(db: None) -> None:
    world = make_world()
    mine = {"actor": world.consultant, "member_ref": world.near.ref, "at": AT}
    days = {"starts_on": DAY, "last_on": DAY}
    with in_district(world.district.pk):
        for hours in ({"starts": TWO}, {"ends": TWO}, {"starts": TWO, "ends": TWO}, {"starts": THREE, "ends": TWO}):
            with pytest.raises(Invalid) as refused:
                go_away(**days, **hours, **mine)  # type: ignore[arg-type]
            assert refused.value.field == "ends"
        for on, starts, field in (
            (AT.date() - NEXT - NEXT, TWO, "on"),
            (DAY.replace(year=2028), TWO, "on"),
            (DAY, FIVE, "ends"),
        ):
            with pytest.raises(Invalid) as refused:
                offer_hours(on=on, starts=starts, ends=THREE, **mine)  # type: ignore[arg-type]
            assert refused.value.field == field
        with pytest.raises(NotFound):
            offer_hours(on=DAY, starts=TWO, ends=THREE, **{**mine, "member_ref": world.far.ref})  # type: ignore[arg-type]
        assert not AvailabilityException.objects.exists()
