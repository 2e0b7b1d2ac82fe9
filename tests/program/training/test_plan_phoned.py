"""What sites said by phone about their planned days, noted together: all of it, or nothing and why."""

from functools import partial

import pytest

from tests.factories.plans import make_year_world
from tests.factories.training import World
from tests.moments import AT
from tests.program.training.test_plan_asking import released
from tests.program.training.test_together import join
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound
from upstander.program.training.models import Plan, PlanEntry
from upstander.program.training.selectors.proposals import unanswered
from upstander.program.training.services.plan_answers import ANSWERED, answer_for_site, answer_for_sites

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_year_world()


def entries_of(plan: Plan) -> dict[str, PlanEntry]:
    return {entry.site.name: entry for entry in plan.entries.select_related("site", "request", "session")}


def standing(plan: Plan) -> dict[str, tuple[str, str]]:
    return {
        name: (entry.answer, entry.request.state if entry.request else "") for name, entry in entries_of(plan).items()
    }


def test_several_answers_are_noted_at_once(world: World) -> None:
    with in_district(world.district.pk):
        plan = released(world)
        found = entries_of(plan)
        answers = {found["Oak 0"].ref: True, found["Oak 1"].ref: False, found["Cedar High"].ref: True}
        assert answer_for_sites(actor=world.coordinator, plan_ref=plan.ref, answers=answers, at=AT) == 3
        assert standing(plan) == {
            "Cedar High": ("accepted", "confirmed"),
            "Oak 0": ("accepted", "confirmed"),
            "Oak 1": ("declined", "withdrawn"),
            "Oak 2": ("", "planned"),
        }
        assert [each.site.name for each in unanswered(actor=world.coordinator, plan=plan, at=AT)] == ["Oak 2"]
        assert AuditEvent.objects.filter(event="training.plan_answered").count() == 3


def test_where_one_takes_no_answer_none_is_noted_and_each_is_told_why(world: World) -> None:
    with in_district(world.district.pk):
        plan = released(world)
        found = entries_of(plan)
        for name in ("Oak 0", "Oak 1"):
            answer_for_site(actor=world.coordinator, ref=found[name].ref, is_accepted=True, at=AT)
    answers = {found[name].ref: False for name in ("Oak 0", "Oak 1", "Oak 2")}
    with pytest.raises(Invalid) as refused, in_district(world.district.pk):
        answer_for_sites(actor=world.coordinator, plan_ref=plan.ref, answers=answers, at=AT)
    told = [refused.value, *refused.value.also]
    assert {each.field: str(each) for each in told} == {found[n].ref: str(ANSWERED) for n in ("Oak 0", "Oak 1")}
    with in_district(world.district.pk):
        assert standing(plan)["Oak 2"] == ("", "planned")


def test_a_host_and_its_guests_may_decline_by_the_same_list(world: World) -> None:
    with in_district(world.district.pk):
        join(world)
        plan = released(world)
        answers = {entries_of(plan)[name].ref: False for name in ("Oak 0", "Oak 1", "Oak 2")}
        answer_for_sites(actor=world.coordinator, plan_ref=plan.ref, answers=answers, at=AT)
        assert {answer for name, (answer, _state) in standing(plan).items() if name != "Cedar High"} == {"declined"}


def test_only_entries_of_the_plan_are_answered_and_at_least_one(world: World) -> None:
    with in_district(world.district.pk):
        plan = released(world)
        note = partial(answer_for_sites, actor=world.coordinator, plan_ref=plan.ref, at=AT)
        with pytest.raises(NotFound):
            note(answers={"NOWHERE00000": True})
        with pytest.raises(Invalid, match="at least one site"):
            note(answers={})
        ref = entries_of(plan)["Oak 0"].ref
        with pytest.raises(NotAllowed):
            answer_for_sites(actor=world.administrator, plan_ref=plan.ref, answers={ref: True}, at=AT)
