"""Two people with the same form: the later one is told what stands now, and nothing is lost without a word."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from tests.factories.gatherings import make_evening
from tests.factories.plans import TWO, draft_plan, make_year_world
from tests.factories.training import World, ask, make_world, terms_of
from tests.moments import AT, TODAY
from tests.races import DONE, Wait, at_once
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.seen import MEANWHILE, Outdated, require_seen, seal_of
from upstander.program.compliance.models import Requirement
from upstander.program.compliance.selectors.requirements import AWARENESS, stand_of, standing_row
from upstander.program.compliance.services import end_requirement, preview_requirement, set_requirement
from upstander.program.gatherings.models import Evening, Speaker, Symposium
from upstander.program.gatherings.services.evenings import Arrangement, arrange_evening
from upstander.program.gatherings.services.parts import Agreed, settle_speaker
from upstander.program.gatherings.services.symposiums import Plan, change_symposium, make_symposium
from upstander.program.training.content.offerings import STAFF_TOPICS
from upstander.program.training.models import Availability, CadreMember, OwnEdition, PlanEntry, Request
from upstander.program.training.selectors.answers import shown
from upstander.program.training.selectors.cadre import week_of
from upstander.program.training.services.answers import put_answers
from upstander.program.training.services.members import Limits, set_limits
from upstander.program.training.services.offerings import Given, make_edition, make_offering
from upstander.program.training.services.own_time import set_week
from upstander.program.training.services.plan_undo import Standing
from upstander.program.training.services.plans import Change, Room, change_entry, mark_entry, marks_of, set_room

DAY = dt.date(2026, 12, 2)
PLAN = Plan("Together", "Juntos", "Hall A", TODAY + dt.timedelta(days=30), dt.time(9), dt.time(15), 40)
OFFERED = Given("Shift", "Turno", ("drivers",), tuple((topic, 5) for topic in STAFF_TOPICS), (), TODAY)
NINE, TEN, NOON = dt.time(9), dt.time(10), dt.time(12)


@dataclass(frozen=True)
class Form:
    """One form of the product: a record to change, its seal, and two different changes of it."""

    world: Callable[[], World]
    make: Callable[[World], str]
    stands: Callable[[str], object]
    send: Callable[[World, str, int, str | None], object]


def _limits(world: World, ref: str, which: int, seen: str | None) -> None:
    given = Limits(which + 2, 9, None, ("en",))
    set_limits(actor=world.coordinator, member_ref=ref, limits=given, at=AT, seen=seen)


def _week(world: World, ref: str, which: int, seen: str | None) -> None:
    week = ((which, NINE, NOON),)
    set_week(actor=world.coordinator, member_ref=ref, weekly=week, at=AT, seen=seen)


def _symposium(world: World) -> str:
    return make_symposium(actor=world.coordinator, plan=PLAN, at=AT).ref


def _change_symposium(world: World, ref: str, which: int, seen: str | None) -> None:
    change_symposium(actor=world.coordinator, ref=ref, plan=replace(PLAN, capacity=50 + which), at=AT, seen=seen)


def _speaker(world: World) -> str:
    ref = _symposium(world)
    return settle_speaker(actor=world.coordinator, ref=ref, agreed=Agreed("Robin Vega"), at=AT).ref


def _settle_speaker(world: World, ref: str, which: int, seen: str | None) -> None:
    told = {"ref": Symposium.objects.get().ref, "speaker_ref": ref}
    settle_speaker(actor=world.coordinator, agreed=Agreed("Robin Vega", fee=which), at=AT, seen=seen, **told)


def _arrange(world: World, ref: str, which: int, seen: str | None) -> None:
    given = Arrangement(care_places=which, care_from=3, care_until=9, care_by="staff")
    arrange_evening(actor=world.administrator, ref=ref, arrangement=given, at=AT, seen=seen)


def _arrangement(ref: str) -> Arrangement | None:
    evening = Evening.objects.filter(request__ref=ref).first()
    return Arrangement.of(evening) if evening else None


def _entry(world: World) -> str:
    return PlanEntry.objects.filter(plan=draft_plan(world), on__isnull=False).order_by("on", "pk")[0].ref


def _change_entry(world: World, ref: str, which: int, seen: str | None) -> None:
    last = PlanEntry.objects.filter(on__isnull=False).order_by("-on")[0].on
    assert last is not None
    change = Change(on=last + dt.timedelta(weeks=which), starts=TWO)
    change_entry(actor=world.coordinator, ref=ref, change=change, at=AT, seen=seen)


def _room(world: World, ref: str, which: int, seen: str | None) -> None:
    set_room(actor=world.coordinator, ref=ref, room=Room(f"Gym {which}"), at=AT, seen=seen)


def _mark(world: World, ref: str, _which: int, seen: str | None) -> None:
    step = "unpinned" if PlanEntry.objects.get(ref=ref).is_pinned else "pinned"
    mark_entry(actor=world.coordinator, ref=ref, step=step, at=AT, seen=seen)


def _requirement(world: World, subject: str, which: int, seen: str | None) -> None:
    terms = terms_of(subject=subject, threshold_percent=80 + which)
    set_requirement(actor=world.coordinator, terms=terms, starts_on=DAY, at=AT, seen=seen)


def _end(world: World, subject: str, which: int, seen: str | None) -> None:
    ref = Requirement.objects.get(subject=subject, ends_on__isnull=True, superseded_at__isnull=True).ref
    ends_on = DAY + dt.timedelta(days=which)
    end_requirement(actor=world.coordinator, ref=ref, ends_on=ends_on, reason="ended", at=AT, seen=seen)


def _answers(world: World, ref: str, which: int, seen: str | None) -> None:
    put_answers(actor=world.coordinator, ref=ref, answers={"head_count": 40 + which}, at=AT, seen=seen)


def _offering(world: World) -> str:
    return make_offering(actor=world.coordinator, given=OFFERED, at=AT).ref


def _edition(world: World, ref: str, which: int, seen: str | None) -> None:
    given = replace(OFFERED, starts_on=DAY + dt.timedelta(days=which))
    make_edition(actor=world.coordinator, ref=ref, given=given, at=AT, seen=seen)


def _newest(ref: str) -> Given:
    return Given.of(OwnEdition.objects.filter(offering__ref=ref).latest("starts_on"))


def _near(world: World) -> str:
    return world.near.ref


FORMS = {
    "limits": Form(make_world, _near, lambda ref: Limits.of(CadreMember.objects.get(ref=ref)), _limits),
    "week": Form(make_world, _near, lambda ref: week_of(Availability.objects.filter(member__ref=ref)), _week),
    "symposium": Form(make_world, _symposium, lambda ref: Plan.of(Symposium.objects.get(ref=ref)), _change_symposium),
    "speaker": Form(make_world, _speaker, lambda ref: Agreed.of(Speaker.objects.get(ref=ref)), _settle_speaker),
    "evening": Form(make_world, lambda _world: "", _arrangement, _arrange),
    "plan": Form(make_year_world, _entry, lambda ref: Standing.of(PlanEntry.objects.get(ref=ref)), _change_entry),
    "room": Form(make_year_world, _entry, lambda ref: Room.of(PlanEntry.objects.get(ref=ref)), _room),
    "mark": Form(make_year_world, _entry, lambda ref: marks_of(PlanEntry.objects.get(ref=ref)), _mark),
    "edition": Form(make_world, _offering, _newest, _edition),
    "answers": Form(
        make_world,
        lambda world: ask(world).ref,
        lambda ref: shown(Request.objects.get(ref=ref), ["head_count"]),
        _answers,
    ),
    "requirement": Form(make_world, lambda _world: AWARENESS, stand_of, _requirement),
    "end of a requirement": Form(make_world, lambda _world: AWARENESS, stand_of, _end),
}


def prepared(form: Form) -> tuple[World, str]:
    world = form.world()
    if form.send is _arrange:
        return world, make_evening(world).ref
    with in_district(world.district.pk):
        return world, form.make(world)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in FORMS if name != "end of a requirement"])
def test_the_later_form_is_refused_and_holds_when_it_is_sent_again(name: str) -> None:
    form = FORMS[name]
    world, ref = prepared(form)
    with in_district(world.district.pk):
        seen = seal_of(form.stands(ref))
        form.send(world, ref, 1, seen)
        between = form.stands(ref)
        assert seal_of(between) != seen
        for stale in (seen, ""):
            with pytest.raises(Outdated, match="in the meantime") as refused:
                form.send(world, ref, 2, stale)
            assert (refused.value.seal, refused.value.shown) == (seal_of(between), between)
        assert form.stands(ref) == between
        form.send(world, ref, 2, str(refused.value.seal))
        assert form.stands(ref) != between


@pytest.mark.parametrize("name", FORMS)
def test_of_two_forms_at_once_one_is_told(cloned_database: str, name: str) -> None:
    form = FORMS[name]
    world, ref = prepared(form)
    with in_district(world.district.pk):
        seen = seal_of(form.stands(ref))

    def send(which: int) -> Callable[[Wait], object]:
        def sent(wait: Wait) -> None:
            with in_district(world.district.pk):
                wait()
                form.send(world, ref, which, seen)

        return sent

    assert at_once(send(1), send(2)) == [DONE, str(MEANWHILE)]


@pytest.mark.django_db
def test_a_look_at_what_a_requirement_would_mean_is_told_too_and_its_old_page_leads_on() -> None:
    world = make_world()
    with in_district(world.district.pk):
        old, seen = Requirement.objects.get().ref, seal_of(stand_of(AWARENESS))
        _requirement(world, AWARENESS, 1, seen)
        look = {"terms": terms_of(), "starts_on": DAY, "today": TODAY, "at": AT}
        with pytest.raises(Outdated):
            preview_requirement(actor=world.coordinator, seen=seen, **look)  # type: ignore[arg-type]
        before, after = Requirement.objects.filter(superseded_at__isnull=True).order_by("starts_on")
        assert (before.ends_on, after.starts_on) == (DAY, DAY)
        assert standing_row(actor=world.coordinator, ref=old) == before
        assert standing_row(actor=world.coordinator, ref=after.ref) == after


def test_a_seal_is_the_same_for_the_same_values_and_asks_for_nothing_where_none_is_given() -> None:
    one, same, other = Agreed("A", topics=("x",)), Agreed("A", topics=("x",)), Agreed("A", topics=("y",))
    assert seal_of(one) == seal_of(same) != seal_of(other)
    require_seen(None, one)
    require_seen(seal_of(same), one)
    with pytest.raises(Outdated) as refused:
        require_seen(seal_of(other), one)
    assert (str(refused.value), refused.value.seal, refused.value.shown) == (str(MEANWHILE), seal_of(one), one)
