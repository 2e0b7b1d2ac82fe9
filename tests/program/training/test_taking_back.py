"""A release, credential or skill that was entered by mistake: taken back by whom and why, and never deleted."""

import datetime as dt
from typing import Any

import pytest

from tests.factories.training import DAY, World, make_world
from tests.moments import AT
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.training.models import Release, Skill, TakenBack
from upstander.program.training.selectors.cadre import facts_of
from upstander.program.training.services.members import Released, Skilled, What, hold_fact
from upstander.program.training.services.taking_back import take_back_fact

HOUR, WEEK = dt.timedelta(hours=1), dt.timedelta(weeks=1)
Period = tuple[str, dt.date, dt.date | None]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def hold(world: World, what: What, on: dt.date, until: dt.date | None = None, *, after: int = 1) -> None:
    told = {"member_ref": world.near.ref, "what": what, "starts_on": on, "ends_on": until, "at": AT + after * HOUR}
    hold_fact(actor=world.coordinator, **told)  # type: ignore[arg-type]


def take_back(world: World, kind: str, row: Any, reason: str = "mistyped", *, after: int = 9) -> TakenBack:
    told = {"kind": kind, "fact_ref": row.ref, "reason": reason, "at": AT + after * HOUR}
    return take_back_fact(actor=world.coordinator, member_ref=world.near.ref, **told)


def skills(world: World) -> list[Period]:
    known = Skill.objects.filter(member=world.near, offering="staff", superseded_at__isnull=True)
    return list(known.order_by("starts_on").values_list("part", "starts_on", "ends_on"))


def test_one_release_too_many_is_taken_back_and_none_is_on_file_again(world: World) -> None:
    with in_district(world.district.pk):
        hold(world, Released(world.staff[0].staff_number), DAY, DAY + WEEK)
        row = Release.objects.get()
        made = take_back(world, "release", row, "person")
        facts = facts_of(actor=world.coordinator, member=world.near, at=AT + 9 * HOUR)
        assert (facts.releases, facts.taken_back) == ([], [made])
        assert (made.fact_ref, made.reason, made.actor_name) == (row.ref, "person", world.coordinator.name)
        row.refresh_from_db()
        assert row.superseded_at == AT + 9 * HOUR, "what was believed can still be told"
        event = AuditEvent.objects.get(event="training.fact_taken_back")
        assert event.data == {"kind": "release", "reason": "person"}
        with pytest.raises(WrongState):
            take_back(world, "release", row)


def test_what_it_had_cut_short_or_replaced_holds_again(world: World) -> None:
    with in_district(world.district.pk):
        before = skills(world)
        hold(world, Skilled("staff", "shadow"), DAY)
        assert [part for part, _from, _until in skills(world)] == ["lead", "shadow"]
        take_back(world, "skill", Skill.objects.get(part="shadow"))
        assert skills(world) == before
        ((_part, begun, _none),) = before
        hold(world, Skilled("staff", "co_lead"), begun, after=10)
        assert skills(world) == [("co_lead", begun, None)]
        take_back(world, "skill", Skill.objects.get(part="co_lead"), after=11)
        assert skills(world) == before


def test_what_was_entered_after_it_stays_as_it_is(world: World) -> None:
    with in_district(world.district.pk):
        ((_part, begun, _none),) = skills(world)
        hold(world, Skilled("staff", "shadow"), DAY)
        hold(world, Skilled("staff", "co_lead"), DAY + WEEK, after=2)
        wrong = Skill.objects.get(part="shadow", superseded_at__isnull=True)
        take_back(world, "skill", wrong)
        assert skills(world) == [("lead", begun, DAY), ("co_lead", DAY + WEEK, None)]


def test_only_a_reason_of_the_list_and_who_coordinates_them(world: World) -> None:
    with in_district(world.district.pk):
        row = Skill.objects.filter(member=world.near, offering="staff").get()
        with pytest.raises(Invalid) as refused:
            take_back(world, "skill", row, "because")
        assert refused.value.field == "reason"
        with pytest.raises(NotFound):
            take_back(world, "homebase", row)
        told = {"member_ref": world.near.ref, "kind": "skill", "fact_ref": row.ref, "reason": "days", "at": AT}
        with pytest.raises(NotFound):
            take_back_fact(actor=world.consultant, **told)  # type: ignore[arg-type]
        assert not TakenBack.objects.exists()
