"""Symposiums: signing up from outside, the waiting list, the last place, speakers, and what is erased."""

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from tests.factories.training import World, make_world
from tests.moments import AT, TODAY
from tests.races import DONE, Wait, at_once
from upstander.foundation.kernel.actor import job, visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.gatherings import states
from upstander.program.gatherings.disposal import forget_guests
from upstander.program.gatherings.models import Guest, Speaker, SpeakerPayment, Symposium
from upstander.program.gatherings.selectors.symposiums import guests_of, numbers_of, symposium_managed, symposium_open
from upstander.program.gatherings.services.guests import SignUp, note_came, prove_guest, sign_up, withdraw_guest
from upstander.program.gatherings.services.parts import (
    Agreed,
    Slot,
    add_host,
    add_slot,
    pay_speaker,
    remove_part,
    settle_speaker,
)
from upstander.program.gatherings.services.symposiums import Plan, change_symposium, make_symposium, move_symposium
from upstander.program.training.policies import page_key

ON = TODAY + dt.timedelta(days=30)
PLAN = Plan("Schools and partners", "Escuelas y aliados", "District office, Hall A", ON, dt.time(9), dt.time(15), 1)


def made(world: World, **more: Any) -> Symposium:
    """A symposium that is open for signing up."""
    with in_district(world.district.pk):
        symposium = make_symposium(actor=world.coordinator, plan=replace(PLAN, **more), at=AT)
        move_symposium(actor=world.coordinator, ref=symposium.ref, move="publish", at=AT)
        return symposium


def asked(world: World, symposium: Symposium, email: str, **more: Any) -> Guest:
    """A guest who has not followed the link yet."""
    with in_district(world.district.pk):
        given = SignUp("Robin Vega", email, "en", **more)
        sign_up(actor=visitor(world.district.pk), ref=symposium.ref, given=given, at=AT)
        return Guest.objects.filter(email=email).latest("id")


def proved(world: World, symposium: Symposium, email: str, **more: Any) -> Guest:
    guest = asked(world, symposium, email, **more)
    with in_district(world.district.pk):
        return prove_guest(actor=visitor(world.district.pk), ref=guest.ref, key=page_key(guest.ref), at=AT)


def kinds(email: str) -> list[str]:
    return list(Notice.objects.filter(recipient=email).order_by("id").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("moves", "kind", "ends"),
    [
        (states.SYMPOSIUM_MOVES, set(states.Symposium), {"held", "cancelled"}),
        (states.PLACE_MOVES, set(states.Place), {"withdrawn"}),
    ],
)
def test_no_state_is_without_a_way_out(moves: states.Moves, kind: set[str], ends: set[str]) -> None:
    assert set(moves) == kind
    assert {str(state) for state in kind} <= set(states.WORDS)
    assert {state for state, ways in moves.items() if not ways} == ends
    reaching = set(ends)
    for _ in moves:
        reaching |= {state for state, ways in moves.items() if reaching & set(ways.values())}
    assert reaching == set(moves)


def test_places_go_in_order_and_who_waits_moves_up(world: World) -> None:
    symposium = made(world)
    first, second, third = (proved(world, symposium, f"{name}@example.org") for name in ("a", "b", "c"))
    assert [each.state for each in (first, second, third)] == ["seated", "waiting", "waiting"]
    with in_district(world.district.pk):
        Guest.objects.filter(ref=third.ref).update(name="Alex Adams", proved_at=AT + dt.timedelta(minutes=1))
        assert list(guests_of(actor=world.coordinator, symposium=symposium)) == [first, second, third]
        told = {"actor": visitor(world.district.pk), "ref": first.ref, "at": AT}
        withdraw_guest(key=page_key(first.ref), **told)  # type: ignore[arg-type]
        assert list(Guest.objects.order_by("id").values_list("state", "email")) == [
            ("withdrawn", ""),
            ("seated", "b@example.org"),
            ("waiting", "c@example.org"),
        ]
        change_symposium(actor=world.coordinator, ref=symposium.ref, plan=replace(PLAN, capacity=2), at=AT)
        assert Guest.objects.filter(state="seated").count() == 2
        assert kinds("a@example.org") == ["gathering_prove", "gathering_seated", "gathering_withdrawn"]
        assert kinds("c@example.org") == ["gathering_prove", "gathering_waiting", "gathering_seated"]
        with pytest.raises(Invalid, match="2 guests have a place"):
            change_symposium(actor=world.coordinator, ref=symposium.ref, plan=PLAN, at=AT)


def test_an_address_has_one_place_and_a_link_lives_for_a_day(world: World) -> None:
    symposium = made(world, capacity=5)
    proved(world, symposium, "a@example.org")
    asked(world, symposium, "a@example.org")
    late = asked(world, symposium, "late@example.org")
    with in_district(world.district.pk):
        assert kinds("a@example.org")[-1] == "gathering_place"
        assert Guest.objects.filter(email="a@example.org").count() == 1
        tomorrow = AT + dt.timedelta(hours=25)
        with pytest.raises(NotFound):
            prove_guest(actor=visitor(world.district.pk), ref=late.ref, key=page_key(late.ref), at=tomorrow)
        with pytest.raises(NotFound):
            prove_guest(actor=visitor(world.district.pk), ref=late.ref, key="x" * 32, at=AT)


def test_cancelling_tells_everyone_who_signed_up(world: World) -> None:
    symposium = made(world)
    proved(world, symposium, "a@example.org")
    proved(world, symposium, "b@example.org")
    with in_district(world.district.pk):
        move_symposium(actor=world.coordinator, ref=symposium.ref, move="cancel", at=AT)
        told = Notice.objects.filter(kind="gathering_cancelled").order_by("recipient")
        assert [("METHOD:CANCEL" in each.calendar, each.recipient) for each in told] == [
            (True, "a@example.org"),
            (False, "b@example.org"),
        ]
        with pytest.raises(WrongState):
            sign_up(
                actor=visitor(world.district.pk), ref=symposium.ref, given=SignUp("R", "c@example.org", "en"), at=AT
            )
        with pytest.raises(WrongState):
            move_symposium(actor=world.coordinator, ref=symposium.ref, move="publish", at=AT)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"on": TODAY}, "on"),
        ({"on": TODAY + dt.timedelta(days=900)}, "on"),
        ({"ends": dt.time(8)}, "ends"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 10_000}, "capacity"),
        ({"interpreters": ("xx",)}, "interpreters"),
        ({"on": dt.date(2027, 3, 14), "starts": dt.time(2, 30)}, "starts"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world: World, change: dict[str, Any], field: str) -> None:
    plan = replace(PLAN, **change)
    with in_district(world.district.pk):
        with pytest.raises(Invalid) as refused:
            make_symposium(actor=world.coordinator, plan=plan, at=AT)
        with pytest.raises(NotAllowed):
            make_symposium(actor=world.administrator, plan=PLAN, at=AT)
    assert refused.value.field == field


def test_every_speaker_is_offered_the_same_and_the_public_reads_none_of_it(world: World) -> None:
    symposium = made(world)
    told: dict[str, Any] = {"actor": world.coordinator, "ref": symposium.ref, "at": AT}
    with in_district(world.district.pk):
        slot = add_slot(slot=Slot(dt.time(9), dt.time(10), "Welcome", "Bienvenida"), **told)
        with pytest.raises(Invalid):
            add_slot(slot=Slot(dt.time(7), dt.time(8), "Early", "Temprano"), **told)
        host = add_host(name="County office", brings=("room",), **told)
        with pytest.raises(Invalid):
            add_host(name="County office", brings=(), **told)
        agreed = Agreed("Jo Marsh", slot_ref=slot.ref, fee=600, topics=("healing",), care_name="Ana Ruiz")
        speaker = settle_speaker(agreed=agreed, **told)
        paid: dict[str, Any] = {"speaker_ref": speaker.ref, "paid_on": TODAY, **told}
        pay_speaker(amount=700, **paid)
        pay_speaker(amount=-100, **paid)
        for wrong in ({"amount": 0}, {"amount": 1, "paid_on": ON}):
            with pytest.raises(Invalid):
                pay_speaker(**{**paid, **wrong})
        shown = symposium_managed(actor=world.coordinator, ref=symposium.ref)
        assert [(each.name, each.fee, each.paid) for each in shown.speakers.all()] == [("Jo Marsh", 600, 600)]  # type: ignore[attr-defined]
        with pytest.raises(WrongState):
            remove_part(part_ref=speaker.ref, **told)
        remove_part(part_ref=slot.ref, **told)
        remove_part(part_ref=host.ref, **told)
        assert Speaker.objects.get().slot is None
        assert SpeakerPayment.objects.count() == 2
        assert symposium_open(actor=visitor(world.district.pk), ref=symposium.ref).ref == symposium.ref


def test_the_door_counts_and_a_month_later_only_numbers_are_left(world: World) -> None:
    symposium = made(world, capacity=2)
    guests = [proved(world, symposium, f"{name}@example.org", needs=("captions",)) for name in "abc"]
    day = dt.datetime.combine(ON, dt.time(18), dt.UTC)
    told: dict[str, Any] = {"actor": world.coordinator, "ref": symposium.ref}
    with in_district(world.district.pk):
        with pytest.raises(WrongState):
            note_came(guest_ref=guests[0].ref, is_here=True, at=AT, **told)
        with pytest.raises(WrongState, match="not begun"):
            move_symposium(move="hold", at=AT, **told)
        for guest in (guests[0], guests[2]):
            note_came(guest_ref=guest.ref, is_here=True, at=day, **told)
        numbers = numbers_of(actor=world.coordinator, symposium=symposium)
        assert (numbers.seated, numbers.waiting, numbers.came, numbers.needs) == (
            3,
            0,
            2,
            [("Live captions or a hearing loop", 3)],
        )
        move_symposium(move="hold", walk_in_count=4, at=day, **told)
        actor = job("training.look_after", world.district.pk, frozenset())
        assert forget_guests(actor=actor, at=day + dt.timedelta(days=20)) == 0
        assert forget_guests(actor=actor, at=day + dt.timedelta(days=31)) == 3
        assert forget_guests(actor=actor, at=day + dt.timedelta(days=31)) == 0
        counted = Symposium.objects.values_list("seated_count", "came_count", "walk_in_count").get()
        assert counted == (3, 2, 4)


def test_two_guests_at_the_same_moment_and_one_place_is_left(cloned_database: str) -> None:
    world = make_world()
    symposium = made(world)
    guests = [asked(world, symposium, f"{name}@example.org") for name in "ab"]

    def prove(guest: Guest, wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            prove_guest(actor=visitor(world.district.pk), ref=guest.ref, key=page_key(guest.ref), at=AT)

    assert at_once(*(partial(prove, guest) for guest in guests)) == [DONE, DONE]
    with in_district(world.district.pk):
        assert sorted(Guest.objects.values_list("state", flat=True)) == ["seated", "waiting"]
