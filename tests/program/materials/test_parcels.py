"""Stock, parcels and the rest that stays open: never below zero, nothing sent twice, nobody left without an answer."""

import datetime as dt
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_site
from tests.factories.materials import ask_materials, packed, stock_up
from tests.factories.training import World, make_world
from tests.moments import AT
from tests.races import DONE, Wait, at_once
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.materials.content.catalogue import shipped_wishes
from upstander.program.materials.models import Edition, Movement
from upstander.program.materials.selectors.holdings import holdings
from upstander.program.materials.selectors.papers import packing_pdf
from upstander.program.materials.selectors.parcels import shelves_of, wanted_of
from upstander.program.materials.services.parcels import Packed, send_parcel
from upstander.program.materials.services.stock import correct_shelf, receive_copies, return_copies
from upstander.program.training.models import Request

POSTER = ("help_poster", "en")


def shelf(edition: Edition) -> int:
    return Edition.objects.get(pk=edition.pk).shelf_count


def test_a_part_is_sent_and_the_rest_stays_open_until_it_is_sent(world: World) -> None:
    poster, asked = stock_up(world, copies=30)[POSTER], ask_materials(world, 50)
    with in_district(world.district.pk):
        send_parcel(actor=world.coordinator, request_ref=asked.ref, packed=packed(poster, 30), at=AT)
        asked.refresh_from_db()
        (line,) = wanted_of(actor=world.coordinator, request=asked)
        assert (asked.state, line.wanted, line.sent, line.rest, shelf(poster)) == ("underway", 50, 30, 20, 0)
        assert (asked.owner_id, asked.due_on is not None) == (world.coordinator.account_id, True)
        assert Notice.objects.get(kind="training_part").facts["done"] == "30 of 50"
        receive_copies(actor=world.coordinator, edition_ref=poster.ref, count=40, at=AT)
        later = AT + dt.timedelta(days=1)
        send_parcel(actor=world.coordinator, request_ref=asked.ref, packed=packed(poster, 20), at=later)
        asked.refresh_from_db()
        assert (asked.state, shelf(poster)) == ("delivered", 20)
        assert [(each.site, each.count) for each in holdings(actor=world.coordinator)] == [(world.site, 50)]
        assert Notice.objects.filter(kind="training_finished").count() == 1


def test_the_last_parcel_ends_the_request_although_something_is_open(world: World) -> None:
    poster, asked = stock_up(world)[POSTER], ask_materials(world, 50)
    with in_district(world.district.pk):
        parcel = packed(poster, 10, is_last=True)
        send_parcel(actor=world.coordinator, request_ref=asked.ref, packed=parcel, at=AT)
        assert Request.objects.get(pk=asked.pk).state == "delivered"
        with pytest.raises(WrongState):
            send_parcel(actor=world.coordinator, request_ref=asked.ref, packed=parcel, at=AT)


@pytest.mark.parametrize(
    ("count", "field"), [(0, None), (-1, None), (31, "edition"), (51, "edition"), (10_000, "edition")]
)
def test_no_parcel_holds_what_is_not_there_or_not_asked_for(world: World, count: int, field: str | None) -> None:
    poster, asked = stock_up(world, copies=30)[POSTER], ask_materials(world, 50)
    with in_district(world.district.pk):
        with pytest.raises(Invalid) as refused:
            send_parcel(actor=world.coordinator, request_ref=asked.ref, packed=packed(poster, count), at=AT)
        assert refused.value.field == (poster.ref if field else None)
        assert (shelf(poster), Request.objects.get(pk=asked.pk).state) == (30, "waiting")


def test_what_was_not_asked_for_is_not_sent(world: World) -> None:
    editions, asked = stock_up(world), ask_materials(world, 50)
    parcel = packed(editions["help_poster", "es"], 5)
    with in_district(world.district.pk), pytest.raises(Invalid, match="not asked for"):
        send_parcel(actor=world.coordinator, request_ref=asked.ref, packed=parcel, at=AT)


def test_the_years_share_of_a_site_holds_until_somebody_means_more(world: World) -> None:
    poster, asked = stock_up(world)[POSTER], ask_materials(world, 50)  # at most 40 posters a site and year
    with in_district(world.district.pk):
        told: dict[str, Any] = {"actor": world.coordinator, "request_ref": asked.ref, "at": AT}
        with pytest.raises(Invalid) as refused:
            send_parcel(packed=Packed({poster.ref: 41}, "mail"), **told)
        assert refused.value.field == "limit_is_meant"
        assert str(refused.value).startswith(f"{poster.material.title_en}: the site has had 0 of at most 40")
        send_parcel(packed=Packed({poster.ref: 40}, "mail"), **told)
        with pytest.raises(Invalid):
            send_parcel(packed=Packed({poster.ref: 1}, "mail"), **told)
        send_parcel(packed=packed(poster, 1), **told)


def test_stock_never_falls_below_zero_and_the_ledger_agrees(world: World) -> None:
    poster = stock_up(world, copies=10)[POSTER]
    with in_district(world.district.pk):
        told: dict[str, Any] = {"actor": world.coordinator, "edition_ref": poster.ref, "at": AT}
        correct_shelf(count=7, reason="damaged", **told)
        for count, reason in ((7, "counted"), (-1, "counted"), (3, "")):
            with pytest.raises(Invalid):
                correct_shelf(count=count, reason=reason, **told)
        with pytest.raises(Invalid):
            receive_copies(count=0, **told)
        with pytest.raises(Invalid):
            return_copies(site_ref=world.site.ref, count=1, **told)
        assert shelf(poster) == Movement.objects.filter(edition=poster).aggregate(s=Sum("shelf_change"))["s"] == 7
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.filter(pk=poster.pk).update(shelf_count=-1)


def test_copies_come_back(world: World) -> None:
    poster, asked = stock_up(world)[POSTER], ask_materials(world, 20)
    with in_district(world.district.pk):
        send_parcel(actor=world.coordinator, request_ref=asked.ref, packed=packed(poster, 20), at=AT)
        told: dict[str, Any] = {
            "actor": world.coordinator,
            "edition_ref": poster.ref,
            "site_ref": world.site.ref,
            "at": AT,
        }
        return_copies(count=15, **told)
        assert [each.count for each in holdings(actor=world.coordinator)] == [5]
        assert shelf(poster) == 95
        with pytest.raises(Invalid):
            return_copies(count=6, **told)


def test_a_request_out_of_reach_or_of_another_kind_is_not_there(world: World) -> None:
    poster, asked = stock_up(world)[POSTER], ask_materials(world, 5)
    stranger = make_actor(world.district, "site_administrator", site=make_site(world.district))
    with in_district(world.district.pk), pytest.raises(NotFound):
        send_parcel(actor=stranger, request_ref=asked.ref, packed=packed(poster, 5), at=AT)


def test_the_packing_list_says_nothing_on_its_face(world: World) -> None:
    poster, asked = stock_up(world)[POSTER], ask_materials(world, 50)
    with in_district(world.district.pk):
        parcel = send_parcel(actor=world.coordinator, request_ref=asked.ref, packed=packed(poster, 30), at=AT)
        for language in ("en", "es"):
            drawn = packing_pdf(actor=world.coordinator, parcel=parcel, language=language)
            assert drawn.is_checked and drawn.pdf[:5] == b"%PDF-"


def test_open_lines_offer_their_editions_with_the_same_queries(world: World) -> None:
    stock_up(world)
    counts = []
    with in_district(world.district.pk):
        for items in (["help_poster"], ["help_poster", "call_card", "family_sheet"]):
            asked = ask_materials(world, 5, items=items)
            with CaptureQueriesContext(connection) as caught:
                found = shelves_of(actor=world.coordinator, request=asked)
            assert [len(shelf.editions) for shelf in found] == [1] * len(items)
            counts.append(len(caught))
    assert counts[0] == counts[1]


def test_the_last_copies_go_to_one_of_two_who_pack_at_once(cloned_database: str) -> None:
    world = make_world()
    poster = stock_up(world, copies=30)[POSTER]
    requests = [ask_materials(world, 20), ask_materials(world, 20)]

    def send(ref: str, wait: Wait) -> None:
        wait()
        with in_district(world.district.pk):
            send_parcel(actor=world.coordinator, request_ref=ref, packed=packed(poster, 20), at=AT)

    first, second = at_once(*(partial(send, asked.ref) for asked in requests))
    assert (first, "Somebody may just have taken some" in second) == (DONE, True)
    with in_district(world.district.pk):
        assert shelf(poster) == 10


def test_what_can_be_wished_for_is_read_once_and_not_for_each_page(monkeypatch: pytest.MonkeyPatch) -> None:
    first = shipped_wishes()
    monkeypatch.setattr("upstander.program.training.content.kinds.read_documents", None)
    assert first
    assert shipped_wishes() == first
