"""Wishes and promises: nothing counts before its mail is proved, nobody promises the same twice, addresses go."""

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
from upstander.foundation.kernel.seen import MEANWHILE, seal_of
from upstander.foundation.notices.models import Notice
from upstander.program.materials.disposal import forget_pledgers
from upstander.program.materials.models import DonorWish, Pledge
from upstander.program.materials.selectors.wishes import open_wishes, wish_by_ref
from upstander.program.materials.services.gifts import Gift, Thing, receive_gift, receive_unwished
from upstander.program.materials.services.pledges import (
    pledge_by_mail,
    prove_pledge,
    receive_pledge,
    tend_pledges,
    withdraw_pledge,
)
from upstander.program.materials.services.wishes import Where, Wished, correct_place, end_wish, name_place, write_wish
from upstander.program.materials.states import ENDED, PLEDGE_MOVES
from upstander.program.materials.states import Pledge as State
from upstander.program.training.policies import page_key

DAY = dt.timedelta(days=1)
OFFICE = Where("District office", "1 Main Street", "Alder", "Tuesdays, 9 to noon", "Martes, de 9 a mediodía", "desk")


def make_wish(world: World, wanted: int = 10, **more: Any) -> DonorWish:
    with in_district(world.district.pk):
        place = name_place(actor=world.coordinator, where=OFFICE, at=AT)
        told = {"title_en": "Bus passes", "title_es": "Pases de autobús", "purpose": "travel", "wanted_count": wanted}
        wished = Wished(**{**told, "place_ref": place.ref, "last_on": TODAY + 60 * DAY, **more})
        return write_wish(actor=world.coordinator, wished=wished, at=AT)


def ask(
    world: World,
    wish: DonorWish,
    count: int = 4,
    email: str = "donor@example.org",
    at: dt.datetime = AT,
    language: str = "es",
) -> Pledge:
    """The promise that waits for its mail to be proved."""
    who = visitor(world.district.pk)
    with in_district(world.district.pk):
        pledge_by_mail(actor=who, ref=wish.ref, count=count, email=email, language=language, at=at)
        return Pledge.objects.order_by("-id")[0]


def prove(world: World, pledge: Pledge, at: dt.datetime = AT) -> None:
    with in_district(world.district.pk):
        prove_pledge(actor=visitor(world.district.pk), ref=pledge.ref, key=page_key(pledge.ref), at=at)


def still(world: World) -> list[int]:
    with in_district(world.district.pk):
        return [line.still for line in open_wishes(actor=visitor(world.district.pk), at=AT)]


def mails(world: World, kind: str) -> list[Notice]:
    with in_district(world.district.pk):
        return list(Notice.objects.filter(kind=kind))


def test_every_promise_has_a_way_to_an_end() -> None:
    assert set(PLEDGE_MOVES) == set(State)
    reached = {target for moves in PLEDGE_MOVES.values() for target in moves.values()}
    assert reached == set(State) - {State.UNPROVEN}
    assert all(moves or state in ENDED for state, moves in PLEDGE_MOVES.items())


def test_a_promise_counts_from_its_proof_and_is_thanked_for_when_it_comes(world: World) -> None:
    pledge = ask(world, make_wish(world))
    assert still(world) == [10]
    prove(world, pledge)
    assert still(world) == [6]
    (told,) = mails(world, "wish_promised")
    assert (told.facts["noun"], "Martes" in told.facts["place"]) == ("4 × Pases de autobús", True)
    with in_district(world.district.pk):
        receive_pledge(actor=world.coordinator, ref=pledge.ref, count=3, at=AT + DAY)
        with pytest.raises(WrongState):
            receive_pledge(actor=world.coordinator, ref=pledge.ref, count=3, at=AT + DAY)
    assert (still(world), len(mails(world, "wish_thanks"))) == ([7], 1)


def test_a_link_works_once_for_a_day_and_with_its_key(world: World) -> None:
    wish = make_wish(world)
    pledge = ask(world, wish)
    with in_district(world.district.pk), pytest.raises(NotFound):
        prove_pledge(actor=visitor(world.district.pk), ref=pledge.ref, key="wrong", at=AT)
    with pytest.raises(NotFound):
        prove(world, pledge, AT + DAY)
    prove(world, pledge)
    with pytest.raises(WrongState):
        prove(world, pledge)
    again = ask(world, wish, 2)
    with pytest.raises(Invalid, match="already"):
        prove(world, again)


def test_more_than_is_wanted_and_more_than_five_mails_are_refused(world: World) -> None:
    wish = make_wish(world)
    for count in (0, -1, 11, 10_000):
        with pytest.raises(Invalid):
            ask(world, wish, count)
    for _ in range(5):
        ask(world, wish)
    with pytest.raises(Invalid, match="Several links"):
        ask(world, wish)


def test_what_others_promised_meanwhile_is_told_kindly(world: World) -> None:
    wish = make_wish(world, 5)
    first, second = ask(world, wish, 5, "a@example.org"), ask(world, wish, 2, "b@example.org")
    prove(world, first)
    with pytest.raises(Invalid, match="Others have promised"):
        prove(world, second)
    with in_district(world.district.pk):
        key = page_key(first.ref)
        withdraw_pledge(actor=visitor(world.district.pk), ref=first.ref, key=key, at=AT)
    prove(world, second)
    assert still(world) == [3]


def test_a_wish_that_ended_takes_no_promise(world: World) -> None:
    wish = make_wish(world)
    pledge = ask(world, wish)
    with in_district(world.district.pk):
        end_wish(actor=world.coordinator, ref=wish.ref, at=AT)
    assert still(world) == []
    with pytest.raises(NotFound):
        prove(world, pledge)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title_en": "For Ana <3!"}, "title_en"),
        ({"wanted_count": 0}, "wanted_count"),
        ({"last_on": TODAY - DAY}, "last_on"),
        ({"last_on": TODAY + 900 * DAY}, "last_on"),
        ({"place_ref": "0123456789AB"}, "place"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_at_its_field(world: World, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_wish(world, **more)
    assert refused.value.field == field


def test_only_its_keeper_writes_the_list(world: World) -> None:
    with in_district(world.district.pk), pytest.raises(NotAllowed):
        name_place(actor=world.administrator, where=OFFICE, at=AT)


def test_promises_are_reminded_of_once_end_and_are_forgotten(world: World) -> None:
    worker = job("materials.look_after", world.district.pk, frozenset())
    wish = make_wish(world)
    prove(world, ask(world, wish))
    ask(world, wish, 1, "never@example.org")
    with in_district(world.district.pk):
        told = [tend_pledges(actor=worker, at=AT + days * DAY) for days in (1, 24, 25, 30, 31)]
        assert told == [0, 1, 0, 1, 0]
        assert (len(mails(world, "wish_reminder")), len(mails(world, "wish_expired"))) == (1, 1)
        forgotten = [forget_pledgers(actor=worker, at=AT + days * DAY) for days in (0, 1, 119, 120, 121)]
        assert forgotten == [0, 1, 0, 1, 0]
        assert list(Pledge.objects.values_list("email", "count", "state")) == [("", 4, "expired")]


def test_the_last_one_is_promised_by_one_of_two_at_once(cloned_database: str) -> None:
    world = make_world()
    wish = make_wish(world, 3)
    pledges = [ask(world, wish, 3, f"{name}@example.org") for name in ("a", "b")]

    def promise(pledge: Pledge, wait: Wait) -> None:
        wait()
        prove(world, pledge)

    first, second = at_once(*(partial(promise, pledge) for pledge in pledges))
    assert (first, "Others have promised" in second) == (DONE, True)
    assert still(world) == [0]


def test_a_gift_without_a_promise_counts_is_thanked_for_and_its_address_goes(world: World) -> None:
    wish = make_wish(world)
    worker = job("materials.look_after", world.district.pk, frozenset())
    thing = Thing("Notebooks", "Cuadernos", "training", wish.place.ref)
    with in_district(world.district.pk):
        given: dict[str, Any] = {"actor": world.coordinator, "at": AT}
        receive_gift(ref=wish.ref, gift=Gift(3, "Donor@example.org", "es"), **given)
        other = receive_unwished(thing=thing, gift=Gift(20), **given)
        for count in (0, 100_001):
            with pytest.raises(Invalid):
                receive_gift(ref=wish.ref, gift=Gift(count), **given)
        with pytest.raises(NotAllowed):
            receive_gift(ref=wish.ref, gift=Gift(1), actor=world.administrator, at=AT)
        assert [(line.wish, line.received, line.still) for line in open_wishes(actor=world.coordinator, at=AT)] == [
            (wish, 3, 7)
        ]
        assert wish_by_ref(actor=world.coordinator, ref=other.wish.ref).received == 20
        notice = Notice.objects.get(kind="wish_gift")
        assert (notice.recipient, notice.facts["noun"]) == ("donor@example.org", "3 × Pases de autobús")
        assert forget_pledgers(actor=worker, at=AT + 90 * DAY) == 1
        assert not Pledge.objects.exclude(email="").exists()


MOVED = replace(OFFICE, street="9 Side Street", hours_es="Jueves, de 9 a mediodía")


def test_a_place_that_is_corrected_is_told_to_whoever_promised_something_for_it(world: World) -> None:
    wish = make_wish(world)
    promised, unproven = ask(world, wish), ask(world, wish, 1, "b@example.org")
    back = ask(world, wish, 1, "c@example.org")
    prove(world, promised)
    prove(world, back)
    with in_district(world.district.pk):
        withdraw_pledge(actor=visitor(world.district.pk), ref=back.ref, key=page_key(back.ref), at=AT)
        told: dict[str, Any] = {"actor": world.coordinator, "ref": wish.place.ref, "where": MOVED}
        assert correct_place(**told, at=AT) == 1
        assert correct_place(**told, at=AT + DAY) == 0
        (notice,) = Notice.objects.filter(kind="wish_place")
        assert notice.facts["place"].startswith("District office, 9 Side Street, Alder. Jueves")
        assert correct_place(**{**told, "where": OFFICE}, at=AT + DAY) == 1
    prove(world, unproven, AT)
    with in_district(world.district.pk):
        assert "1 Main Street" in Notice.objects.filter(kind="wish_promised").latest("id").facts["place"]


def test_hours_mended_in_one_language_are_told_to_its_readers_alone(world: World) -> None:
    wish = make_wish(world)
    english, spanish = ask(world, wish, language="en"), ask(world, wish, 1, "b@example.org")
    prove(world, english)
    prove(world, spanish)
    with in_district(world.district.pk):
        mended = replace(OFFICE, hours_es="Jueves, de 9 a mediodía")
        assert correct_place(actor=world.coordinator, ref=wish.place.ref, where=mended, at=AT) == 1
        assert Notice.objects.get(kind="wish_place").recipient == "b@example.org"


def test_only_the_keeper_corrects_a_place_and_the_later_of_two_is_told(cloned_database: str) -> None:
    world = make_world()
    wish = make_wish(world)
    seen = seal_of(OFFICE)

    def correct(wait: Wait, street: str) -> None:
        with in_district(world.district.pk):
            wait()
            where = replace(OFFICE, street=street)
            correct_place(actor=world.coordinator, ref=wish.place.ref, where=where, at=AT, seen=seen)

    assert at_once(partial(correct, street="One"), partial(correct, street="Other")) == [DONE, str(MEANWHILE)]
    with in_district(world.district.pk), pytest.raises(NotAllowed):
        correct_place(actor=world.administrator, ref=wish.place.ref, where=MOVED, at=AT)


def test_a_promise_and_a_correction_at_once_leave_nobody_with_the_old_door(cloned_database: str) -> None:
    world = make_world()
    wish = make_wish(world)
    promised = ask(world, wish)

    def proves(wait: Wait) -> None:
        wait()
        prove(world, promised)

    def correct(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            correct_place(actor=world.coordinator, ref=wish.place.ref, where=MOVED, at=AT)

    assert at_once(proves, correct) == [DONE, DONE]
    with in_district(world.district.pk):
        last = Notice.objects.exclude(kind="wish_prove").latest("id")
        assert "9 Side Street" in last.facts["place"]
