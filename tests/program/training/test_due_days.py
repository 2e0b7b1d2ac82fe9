"""In how many school days a district acts: what ships, and its own number from a day on."""

import datetime as dt
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from tests.factories import make_actor
from tests.factories.training import World, ask, consult
from tests.moments import AT, TODAY
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound
from upstander.foundation.kernel.seen import Outdated, seal_of
from upstander.program.training.models import DueDays
from upstander.program.training.selectors.due_days import due_days, step_of, steps_of
from upstander.program.training.services.due_days import set_due_days, stand_of

pytestmark = pytest.mark.django_db
LATER = TODAY + dt.timedelta(days=14)


def say(world: World, days: int | None, starts_on: dt.date = TODAY, **more: Any) -> None:
    told = {"kind": "training", "state": "waiting", **more}
    with in_district(world.district.pk):
        set_due_days(actor=world.coordinator, days=days, starts_on=starts_on, at=AT, **told)


def days_on(world: World, on: dt.date, kind: str = "training") -> int | None:
    with in_district(world.district.pk):
        return due_days(actor=world.coordinator, kind=kind, state="waiting", on=on)


def test_the_last_row_that_has_begun_counts_and_no_number_is_what_ships(world: World) -> None:
    assert (days_on(world, TODAY), days_on(world, TODAY, "consultation")) == (5, 2)
    say(world, 8)
    say(world, 3, LATER)
    assert [days_on(world, day) for day in (TODAY, LATER)] == [8, 3]
    say(world, None, LATER)
    assert [days_on(world, day) for day in (TODAY, LATER)] == [8, 5]
    assert days_on(world, LATER, "consultation") == 2


def test_a_request_gets_its_day_by_it_and_keeps_the_day_it_has(world: World) -> None:
    before = ask(world)
    say(world, 1)
    after = ask(world)
    assert (before.due_on, after.due_on) == (dt.date(2026, 11, 23), dt.date(2026, 11, 17))
    assert consult(world).due_on == dt.date(2026, 11, 18)


@pytest.mark.parametrize(
    ("days", "starts_on", "field"),
    [(0, TODAY, "days"), (61, TODAY, "days"), (5, TODAY - dt.timedelta(days=1), "starts_on")],
)
def test_what_cannot_be_is_refused_at_its_field(world: World, days: int, starts_on: dt.date, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        say(world, days, starts_on)
    assert refused.value.field == field


def test_a_step_that_is_none_is_not_found_and_only_who_plans_may(world: World) -> None:
    wrong_ones: tuple[dict[str, Any], ...] = ({"state": "delivered"}, {"kind": "tea"}, {"state": "underway"})
    for wrong in wrong_ones:
        with pytest.raises(NotFound):
            say(world, 5, **wrong)
    lead = make_actor(world.district, "region_lead", region=world.region)
    with in_district(world.district.pk), pytest.raises(NotAllowed):
        set_due_days(actor=lead, kind="training", state="waiting", days=5, starts_on=TODAY, at=AT)


def test_every_step_is_told_with_both_numbers_and_what_is_to_come(world: World) -> None:
    say(world, 8)
    say(world, 3, LATER)
    with in_district(world.district.pk):
        steps = {(each.kind, each.state): each for each in steps_of(actor=world.coordinator, on=TODAY)}
        step = steps["training", "waiting"]
        assert (step.days, step.shipped, step.is_own, step.coming and step.coming.days) == (8, 5, True, 3)
        assert {state for kind, state in steps if kind == "training"} == {"waiting", "planned", "moving"}
        assert {state for kind, state in steps if kind == "materials"} == {"waiting", "underway"}
        assert not steps["materials", "waiting"].is_own


def test_the_next_change_is_told_before_the_one_after_it(world: World) -> None:
    say(world, 10, LATER)
    say(world, 3, LATER + dt.timedelta(days=30))
    say(world, 12, LATER)
    with in_district(world.district.pk):
        step = step_of(actor=world.coordinator, kind="training", state="waiting", on=TODAY)
        assert step.coming and (step.coming.days, step.coming.starts_on) == (12, LATER)


def test_rows_are_never_changed_and_the_later_of_two_is_told(world: World) -> None:
    with in_district(world.district.pk):
        step = step_of(actor=world.coordinator, kind="training", state="waiting", on=TODAY)
        seen = seal_of(stand_of(step))
    say(world, 8, seen=seen)
    with pytest.raises(Outdated):
        say(world, 3, seen=seen)
    with in_district(world.district.pk):
        data = AuditEvent.objects.get(event="training.due_days_set").data
        assert data == {"kind": "training", "state": "waiting", "days": 8, "starts_on": TODAY.isoformat()}
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            DueDays.objects.update(days=9)
