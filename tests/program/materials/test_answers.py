"""What a site asks for is corrected before and between parcels; what was sent stays asked for."""

from typing import Any

import pytest

from tests.factories.materials import ask_materials, packed, stock_up
from tests.factories.training import World
from tests.moments import AT
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid
from upstander.program.materials.selectors.parcels import wanted_of
from upstander.program.materials.services.answers import put_answers_of_materials
from upstander.program.materials.services.parcels import send_parcel
from upstander.program.training.models import Request

POSTER = ("help_poster", "en")


def put(world: World, request: Request, **answers: Any) -> None:
    put_answers_of_materials(actor=world.coordinator, ref=request.ref, answers=answers, at=AT)
    request.refresh_from_db()


def lines(world: World, request: Request) -> list[tuple[str, str, int, int]]:
    return [
        (line.answers, line.language, line.wanted, line.sent)
        for line in wanted_of(actor=world.coordinator, request=request)
    ]


def test_things_and_their_number_are_entered_before_anything_is_sent(world: World) -> None:
    asked = ask_materials(world, 50)
    with in_district(world.district.pk):
        put(world, asked, items=["call_card", "family_sheet"], copies=10, languages=("en", "es"))
        assert lines(world, asked) == [
            ("call_card", "en", 10, 0),
            ("call_card", "es", 10, 0),
            ("family_sheet", "en", 10, 0),
            ("family_sheet", "es", 10, 0),
        ]
        with pytest.raises(Invalid, match="from 1 to 500"):
            put(world, asked, copies=501)


def test_what_was_sent_stays_in_the_list_and_no_number_falls_below_it(world: World) -> None:
    poster, asked = stock_up(world)[POSTER], ask_materials(world, 50)
    with in_district(world.district.pk):
        send_parcel(actor=world.coordinator, request_ref=asked.ref, packed=packed(poster, 30), at=AT)
        with pytest.raises(Invalid) as refused:
            put(world, asked, items=["call_card"], copies=29, languages=("es",))
        told = [(each.field, str(each)) for each in (refused.value, *refused.value.also)]
        assert told == [
            ("items", "Something of this was sent already: Poster: where to find help"),
            ("copies", "30 were sent already."),
            ("languages", "Something of this was sent already: English"),
        ]
        put(world, asked, items=["call_card", "help_poster"], copies=40)
        assert lines(world, asked) == [("call_card", "en", 40, 0), ("help_poster", "en", 40, 30)]
        assert asked.state == "underway"


def test_a_number_that_comes_down_to_what_was_sent_ends_the_request(world: World) -> None:
    poster, asked = stock_up(world)[POSTER], ask_materials(world, 50)
    with in_district(world.district.pk):
        send_parcel(actor=world.coordinator, request_ref=asked.ref, packed=packed(poster, 30), at=AT)
        put(world, asked, copies=30)
        assert asked.state == "delivered"
