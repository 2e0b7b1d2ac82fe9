"""A district's own offerings: a length, people and agenda of its own, in editions that sessions bear the name of."""

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from tests.factories import make_actor, make_district
from tests.factories.plans import draft_plan, make_year_world
from tests.factories.training import DAY, KNOWN, World, ask, make_world
from tests.moments import AT, TODAY
from tests.program.training.test_offerings import close, held
from tests.races import DONE, Wait, at_once
from upstander.district.places.models import SchoolYear
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.program.compliance.models import Completion
from upstander.program.training.content.offerings import STAFF_TOPICS
from upstander.program.training.models import OwnEdition, OwnOffering, PlanEntry, Request
from upstander.program.training.planning.problems import Settings
from upstander.program.training.selectors.offerings import (
    edition_called,
    editions_on,
    given_to,
    lengths_beside,
    lengths_of_plans,
    own_offering,
    staff_editions,
    usual_minutes,
    waiting_for,
)
from upstander.program.training.services.answers import put_answers
from upstander.program.training.services.offerings import (
    Given,
    make_edition,
    make_offering,
    offer_again,
    retire_offering,
)
from upstander.program.training.services.plans import make_plan
from upstander.program.training.services.requests import Window, change_days
from upstander.program.training.services.slides import name_slides
from upstander.program.training.services.tallies import Tally

AGENDA = tuple((topic, 5) for topic in sorted(STAFF_TOPICS))
SHIFT = Given("Between two shifts", "Entre dos turnos", ("drivers", "classified"), AGENDA, ("call_card",), TODAY)
FOR_ALL = replace(SHIFT, title_en="Half an hour", title_es="Media hora", audiences=("all_staff",))
LATER = TODAY + dt.timedelta(days=30)


def put_in(world: World, given: Given = SHIFT, **more: Any) -> OwnOffering:
    with in_district(world.district.pk):
        return make_offering(actor=world.coordinator, given=replace(given, **more), at=AT)


def given(world: World, audience: str = "drivers", minutes: int = 30, on: dt.date = DAY) -> str:
    with in_district(world.district.pk):
        return given_to(actor=world.coordinator, kind="training", audience=audience, minutes=minutes, on=on)


def test_it_is_asked_for_planned_held_and_kept_by_every_completion(world: World) -> None:
    made = put_in(world, FOR_ALL)
    name = f"own-{made.ref}.{TODAY}"
    session = held(world, minutes=30)
    assert (session.offering, session.minimum_minutes) == (name, 24)
    with in_district(world.district.pk):
        session.refresh_from_db()
        assert session.ends_at - session.starts_at == dt.timedelta(minutes=30)
    assert close(world, session, KNOWN) == (name, [name])


def test_a_consultant_can_say_that_it_was_given_instead_of_what_ships(world: World) -> None:
    made = put_in(world)
    session = held(world)
    assert session.offering == "staff.2026-07-01"
    name = f"own-{made.ref}.{TODAY}"
    assert close(world, session, Tally(0, "CC", difference_is_known=True, offering=name)) == (name, [name])


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"title_en": ""}, "title_en", "letters, digits and blanks"),
        ({"title_es": "Ella <b>"}, "title_es", "letters, digits and blanks"),
        ({"title_en": "x" * 81}, "title_en", "too long"),
        ({"audiences": ()}, "audiences", "at least one"),
        ({"audiences": ("pilots",)}, "audiences", "at least one"),
        ({"agenda": AGENDA[1:]}, "fairness", "leaves this topic out"),
        ({"agenda": (("fairness", 6), *AGENDA[1:])}, "agenda", "31 minutes"),
        ({"agenda": tuple((topic, 45) for topic, _minutes in AGENDA)}, "agenda", "15 to 240"),
        ({"agenda": (("healthy", 5), *AGENDA)}, "agenda", "35 minutes"),
        ({"handouts": ("leaflet",)}, "handouts", "choose from"),
        ({"starts_on": TODAY - dt.timedelta(days=1)}, "starts_on", "from today on"),
        ({"starts_on": TODAY + dt.timedelta(days=500)}, "starts_on", "within a year"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world: World, change: dict[str, Any], field: str, says: str) -> None:
    with pytest.raises(Invalid, match=says) as refused:
        put_in(world, **change)
    assert field in [each.field for each in (refused.value, *refused.value.also)]
    with in_district(world.district.pk):
        assert not OwnOffering.objects.exists()


def test_only_who_plans_for_the_whole_district_may(world: World) -> None:
    for actor in (world.administrator, make_actor(world.district, "region_lead", region=world.region)):
        with in_district(world.district.pk), pytest.raises(NotAllowed):
            make_offering(actor=actor, given=SHIFT, at=AT)


def test_people_length_and_day_decide_what_is_given_and_what_ships_comes_after(world: World) -> None:
    made = put_in(world, starts_on=DAY)
    own = f"own-{made.ref}.{DAY}"
    assert [given(world, on=day) for day in (DAY - dt.timedelta(days=1), DAY)] == ["", own]
    assert [given(world, minutes=minutes) for minutes in (60, 45)] == ["classified.2026-07-01", ""]
    assert [given(world, audience) for audience in ("classified", "teachers")] == [own, ""]
    put_in(world, FOR_ALL, agenda=tuple((topic, 10) for topic, _minutes in AGENDA))
    assert given(world, "all_staff", 60).startswith("own-")
    assert given(world, "teachers", 60) == "staff.2026-07-01"


def test_a_new_edition_takes_the_place_of_the_one_before_on_its_day(world: World) -> None:
    made = put_in(world)
    longer = replace(SHIFT, agenda=tuple((topic, 10) for topic, _minutes in AGENDA), starts_on=LATER)
    with in_district(world.district.pk):
        for day in (TODAY, TODAY - dt.timedelta(days=1)):
            with pytest.raises(Invalid):
                make_edition(actor=world.coordinator, ref=made.ref, given=replace(longer, starts_on=day), at=AT)
        make_edition(actor=world.coordinator, ref=made.ref, given=longer, at=AT)
        names = [each.name for each in own_offering(actor=world.coordinator, ref=made.ref).editions]
        assert names == [f"own-{made.ref}.{LATER}", f"own-{made.ref}.{TODAY}"]
        known = editions_on(actor=world.coordinator, kind="training", on=DAY)
        assert [each.name for each in known if each.is_own] == names[1:]
        found = edition_called(actor=world.coordinator, name=names[0])
        assert found and [(part.topic, part.minutes) for part in found.agenda][:2] == [
            ("prevalence", (10,)),
            ("signs", (10,)),
        ]
        assert all(part.says.en and part.says.es for part in found.agenda)
        assert [key for key, _words in staff_editions(actor=world.coordinator)][-2:] == names
    assert (given(world, minutes=30, on=LATER), given(world, minutes=60, on=LATER)) == ("", names[0])


def test_a_mistyped_first_day_is_put_right_by_an_edition_that_begins_earlier(world: World) -> None:
    made = put_in(world)
    much_later = LATER + dt.timedelta(days=180)
    longer = replace(SHIFT, agenda=tuple((topic, 10) for topic, _minutes in AGENDA))
    names = {day: f"own-{made.ref}.{day}" for day in (TODAY, LATER, much_later)}
    with in_district(world.district.pk):
        told: dict[str, Any] = {"actor": world.coordinator, "ref": made.ref, "at": AT}
        for day in (much_later, LATER):
            make_edition(given=replace(longer, starts_on=day), **told)
        found = own_offering(actor=world.coordinator, ref=made.ref).editions
        assert [each.name for each in found] == [names[LATER], names[TODAY]]
        mistyped = edition_called(actor=world.coordinator, name=names[much_later])
        assert mistyped and mistyped.starts_on == much_later, "a session that was agreed keeps its name"
        for day in (TODAY, LATER, much_later):
            with pytest.raises(Invalid, match="for this day already") as refused:
                make_edition(given=replace(longer, starts_on=day), **told)
            assert refused.value.field == "starts_on"
    assert given(world, minutes=60, on=much_later) == names[LATER]


def test_an_edition_is_never_changed(world: World) -> None:
    put_in(world)
    with (
        in_district(world.district.pk),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        OwnEdition.objects.update(minutes=45)


def test_its_length_is_asked_for_by_those_whom_it_is_for(world: World) -> None:
    with pytest.raises(Invalid, match="one of the answers"):
        ask(world, minutes=30)
    put_in(world)
    with pytest.raises(Invalid, match="others only: Office, aides, bus, kitchen, custodians, Bus drivers") as refused:
        ask(world, minutes=30)
    assert refused.value.field == "minutes"
    asked = ask(world, minutes=30, audience="drivers")
    with in_district(world.district.pk):
        actor = world.coordinator
        assert lengths_beside(actor=actor, kind="training", on=TODAY) == [
            ("30", "30 minutes (Office, aides, bus, kitchen, custodians, Bus drivers)")
        ]
        assert lengths_beside(actor=actor, kind="evening", on=TODAY) == []
        assert dict(lengths_of_plans(actor=actor, on=TODAY)).keys() == {60, 90, 120}
        with pytest.raises(Invalid, match="others only"):
            put_answers(actor=actor, ref=asked.ref, answers={"audience": "teachers", "minutes": 30}, at=AT)


def test_retired_it_is_asked_for_no_more_and_can_be_offered_again(world: World) -> None:
    made = put_in(world, FOR_ALL)
    session = held(world, minutes=30)
    with in_district(world.district.pk):
        retire_offering(actor=world.coordinator, ref=made.ref, at=AT)
        retire_offering(actor=world.coordinator, ref=made.ref, at=AT)
        assert AuditEvent.objects.filter(event="training.offering_retired").count() == 1
        with pytest.raises(WrongState, match="Offer it again first"):
            make_edition(actor=world.coordinator, ref=made.ref, given=replace(FOR_ALL, starts_on=LATER), at=AT)
    with pytest.raises(Invalid, match="one of the answers"):
        ask(world, minutes=30)
    assert given(world, "all_staff") == ""
    with in_district(world.district.pk):
        session.refresh_from_db()
        assert edition_called(actor=world.coordinator, name=session.offering)
        offer_again(actor=world.coordinator, ref=made.ref, at=AT)
    assert given(world, "all_staff") == session.offering


def test_two_of_one_length_for_the_same_people_are_never_on_offer_at_once(world: World) -> None:
    first = put_in(world)
    with pytest.raises(Invalid, match="“Between two shifts” has this length") as refused:
        put_in(world, title_en="Another", audiences=("drivers",))
    assert refused.value.field == "audiences"
    with in_district(world.district.pk):
        retire_offering(actor=world.coordinator, ref=first.ref, at=AT)
    put_in(world, title_en="Another", audiences=("drivers",))
    with in_district(world.district.pk), pytest.raises(WrongState, match="“Another” has this length"):
        offer_again(actor=world.coordinator, ref=first.ref, at=AT)


def test_of_two_put_in_at_once_for_the_same_people_one_is_refused(cloned_database: str) -> None:
    world = make_world()

    def put(wait: Wait, title: str) -> None:
        with in_district(world.district.pk):
            wait()
            make_offering(actor=world.coordinator, given=replace(SHIFT, title_en=title), at=AT)

    done, refused = at_once(partial(put, title="One"), partial(put, title="Other"))
    assert done == DONE and "has this length for some of these people already" in refused


def test_another_district_has_nothing_of_it(world: World) -> None:
    made = put_in(world, FOR_ALL)
    elsewhere = make_actor(make_district("fork", "north.localhost"), "coordinator")
    with in_district(elsewhere.district_id):
        with pytest.raises(NotFound):
            retire_offering(actor=elsewhere, ref=made.ref, at=AT)
        assert given_to(actor=elsewhere, kind="training", audience="all_staff", minutes=30, on=DAY) == ""


def test_slides_are_named_as_those_of_shipped_editions(world: World) -> None:
    made = put_in(world)
    told: dict[str, Any] = {"actor": world.coordinator, "title": "Shift", "address": "", "at": AT}
    with in_district(world.district.pk):
        name_slides(edition=f"own-{made.ref}.{TODAY}", **told)
        with pytest.raises(NotFound):
            name_slides(edition=f"own-{made.ref}.{LATER}", **told)


def test_the_database_keeps_lengths_within_limits(world: World) -> None:
    asked = ask(world)
    with in_district(world.district.pk):
        for minutes in (10, 245):
            with pytest.raises(IntegrityError, match="request_minutes"), transaction.atomic():
                Request.objects.filter(pk=asked.pk).update(minutes=minutes)


@pytest.mark.django_db
@pytest.mark.parametrize(("is_usual", "minutes"), [(False, {60}), (True, {30})])
def test_a_year_plan_takes_its_length_where_the_offering_says_so(is_usual: bool, minutes: set[int]) -> None:
    world = make_year_world()
    put_in(world, FOR_ALL, is_usual=is_usual)
    with in_district(world.district.pk):
        entries = PlanEntry.objects.filter(plan=draft_plan(world), audience="all_staff")
        assert set(entries.values_list("minutes", flat=True)) == minutes


def test_plans_take_the_usual_length_of_their_day_not_that_of_an_edition_to_come(world: World) -> None:
    made = put_in(world, is_usual=True)
    actor = world.coordinator
    with in_district(world.district.pk):
        longer = replace(SHIFT, agenda=tuple((topic, 15) for topic, _minutes in AGENDA), starts_on=LATER, is_usual=True)
        make_edition(actor=actor, ref=made.ref, given=longer, at=AT)
        assert usual_minutes(actor=actor, on=TODAY) == {"drivers": 30, "classified": 30}
        assert usual_minutes(actor=actor, on=LATER) == {"drivers": 90, "classified": 90}


def test_no_two_offerings_are_usual_for_the_same_people(world: World) -> None:
    first = put_in(world, is_usual=True)
    other: dict[str, Any] = {"title_en": "Longer", "agenda": tuple((topic, 10) for topic, _minutes in AGENDA)}
    with pytest.raises(Invalid, match="take “Between two shifts” for some of these people already") as refused:
        put_in(world, **other, audiences=("drivers",), is_usual=True)
    assert refused.value.field == "is_usual"
    put_in(world, **other, audiences=("all_staff",), is_usual=True)
    put_in(world, **other, audiences=("drivers",))
    with in_district(world.district.pk):
        retire_offering(actor=world.coordinator, ref=first.ref, at=AT)
    put_in(world, title_en="Instead", agenda=tuple((topic, 15) for topic, _m in AGENDA), is_usual=True)
    with in_district(world.district.pk), pytest.raises(WrongState, match="take “Instead”"):
        offer_again(actor=world.coordinator, ref=first.ref, at=AT)


def test_a_length_is_asked_for_on_days_on_which_it_is_given(world: World) -> None:
    early, late = (Window(day, dt.time(14), dt.time(16)) for day in (DAY, LATER))
    put_in(world, FOR_ALL, starts_on=LATER)
    with pytest.raises(Invalid, match="does not give this length on this day") as refused:
        ask(world, minutes=30, windows=(late, early))
    assert refused.value.field == "windows_1"
    made, other = ask(world, minutes=30, windows=(late,)), ask(world, minutes=60, windows=(early,))
    told: dict[str, Any] = {"actor": world.coordinator, "at": AT}
    with in_district(world.district.pk):
        with pytest.raises(Invalid, match="on this day"):
            change_days(ref=made.ref, windows=(early,), closed_day_is_meant=False, **told)
        with pytest.raises(Invalid, match="length on Nov. 18, 2026. Please wish other days") as refused:
            put_answers(ref=other.ref, answers={"minutes": 30}, **told)
        assert refused.value.field == "minutes"
        change_days(ref=other.ref, windows=(late,), closed_day_is_meant=False, **told)
        assert put_answers(ref=other.ref, answers={"minutes": 30}, **told)


def test_a_length_that_was_retired_stays_where_it_was_asked_for_and_is_counted(world: World) -> None:
    made = put_in(world, FOR_ALL)
    asked = ask(world, minutes=30)
    told: dict[str, Any] = {"actor": world.coordinator, "at": AT}
    with in_district(world.district.pk):
        own = own_offering(actor=world.coordinator, ref=made.ref)
        assert waiting_for(actor=world.coordinator, own=own, on=TODAY) == 1
        retire_offering(ref=made.ref, **told)
        lengths = {"actor": world.coordinator, "kind": "training", "on": TODAY}
        assert lengths_beside(**lengths) == []  # type: ignore[arg-type]
        assert lengths_beside(**lengths, stands=30) == [("30", "30 minutes, as it stands")]  # type: ignore[arg-type]
        assert put_answers(ref=asked.ref, answers={"head_count": 44, "minutes": 30, "audience": "all_staff"}, **told)
        other = (Window(LATER, dt.time(14), dt.time(16)),)
        change_days(ref=asked.ref, windows=other, closed_day_is_meant=False, **told)
        with pytest.raises(Invalid, match="one of the answers"):
            put_answers(ref=asked.ref, answers={"minutes": 30, "audience": "teachers"}, **told)
        assert put_answers(ref=asked.ref, answers={"minutes": 60}, **told)
        with pytest.raises(Invalid, match="one of the answers"):
            put_answers(ref=asked.ref, answers={"minutes": 30}, **told)


@pytest.mark.django_db
def test_a_year_plan_can_be_drafted_in_the_length_of_an_offering_for_all_staff() -> None:
    world = make_year_world()
    with in_district(world.district.pk):
        year = SchoolYear.objects.get()
        settings = Settings(first_on=max(year.starts_on, TODAY), minutes=30)
        with pytest.raises(Invalid, match="one of the lengths"):
            make_plan(actor=world.coordinator, year=year, settings=settings, at=AT)
        make_offering(actor=world.coordinator, given=FOR_ALL, at=AT)
        plan = make_plan(actor=world.coordinator, year=year, settings=settings, at=AT)
        assert set(PlanEntry.objects.filter(plan=plan).values_list("minutes", flat=True)) == {30}


def test_completions_of_it_can_be_the_only_ones_that_count(world: World) -> None:
    made = put_in(world, FOR_ALL)
    close(world, held(world, minutes=30), KNOWN)
    with in_district(world.district.pk):
        assert Completion.objects.filter(content_version=f"own-{made.ref}.{TODAY}").count() == 1
