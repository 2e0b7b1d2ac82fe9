"""What readers find, and what never comes out."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_district
from tests.factories.directory import CLINIC, FAR, HIDDEN, make_service
from tests.factories.training import World
from tests.moments import AT, TODAY
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotFound
from upstander.program.directory.content.hours import Hours
from upstander.program.directory.models import Listing, Location
from upstander.program.directory.selectors import finding
from upstander.program.directory.selectors.finding import Sought, around, find, listing_by_ref

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
NIGHT = AT + dt.timedelta(hours=12)  # nine in the evening


def names(world: World, at: dt.datetime = AT, **sought: object) -> list[str]:
    with in_district(world.district.pk):
        found = find(actor=visitor(world.district.pk), sought=Sought(**sought), at=at)  # type: ignore[arg-type]
        return [hit.listing.name_en for hit in found.hits]


def test_words_are_found_in_both_languages_mistyped_and_begun(world: World) -> None:
    make_service(world, "A bed for tonight", needs=("safe_place",), name_es="Una cama")
    make_service(world, "Teen clinic", needs=("health",))
    for typed in ("shelter", "shlter", "SHELT", "refugio", "cama", "béd tonight"):
        assert names(world, words=typed) == ["A bed for tonight"], typed
    assert names(world, words="clinic bed") == []
    assert names(world, words="xylophone") == []
    assert names(world, words="the") == ["A bed for tonight", "Teen clinic"]
    with in_district(world.district.pk):
        assert find(actor=world.coordinator, sought=Sought("shlter"), at=AT).instead == ("shelter",)


def test_need_language_city_and_hours_narrow(world: World) -> None:
    make_service(world, "Day", CLINIC, needs=("health",), languages=("en", "es"))
    make_service(world, "Night", FAR, needs=("health",), languages=("en",), hours=always())
    assert names(world, need="health") == ["Day", "Night"]
    assert names(world, need="food") == []
    assert names(world, language="es") == ["Day"]
    assert names(world, city="Port Alder") == ["Night"]
    assert names(world, open_now=True) == ["Day", "Night"]
    assert names(world, at=NIGHT, open_now=True) == ["Night"]


def always() -> tuple[object, ...]:
    return tuple(Hours(day, dt.time(), dt.time()) for day in range(7))


def test_near_a_school_the_closest_place_comes_first_and_each_service_once(world: World) -> None:
    make_service(world, "Two places", FAR, CLINIC)
    make_service(world, "Hidden", HIDDEN)
    make_service(world, "Far", FAR)
    with in_district(world.district.pk):
        found = find(actor=visitor(world.district.pk), sought=Sought(near=world.site.ref), at=AT)
        assert [(hit.listing.name_en, round(hit.miles or 0, 1)) for hit in found.hits] == [
            ("Two places", 0.7),
            ("Far", 10.7),
        ]
        with pytest.raises(NotFound):
            find(actor=visitor(world.district.pk), sought=Sought(near="0123456789AB"), at=AT)
        places = around(actor=visitor(world.district.pk), on=TODAY)
        assert (places.cities, places.schools) == (
            ("Alder City", "Fog Hill", "Port Alder"),
            ((world.site.ref, "Cedar High"),),
        )


def test_one_looks_farther_only_until_there_is_enough(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_FOUND", 1)
    make_service(world, "Far", FAR)
    make_service(world, "Near", CLINIC)
    assert names(world, near=world.site.ref) == ["Near"]
    monkeypatch.setattr(finding, "REACHES", (0.5, 60))
    assert names(world, near=world.site.ref) == ["Near"]
    monkeypatch.setattr(finding, "REACHES", (4,))
    assert names(world, near=world.site.ref) == ["Near"]


def test_where_nothing_is_near_one_looks_at_once_as_far_as_one_ever_does(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_service(world, "Far", FAR)  # 10.7 miles
    asked: dict[str, Any] = {"actor": visitor(world.district.pk), "sought": Sought(near=world.site.ref), "at": AT}
    with in_district(world.district.pk):
        with django_assert_num_queries(4):  # the district, the school; within four miles, within sixty
            assert [hit.listing.name_en for hit in find(**asked).hits] == ["Far"]
        make_service(world, "Near", CLINIC)
        with django_assert_num_queries(5):  # within fifteen, too
            assert [hit.listing.name_en for hit in find(**asked).hits] == ["Near", "Far"]


def test_what_is_free_and_without_steps_is_told_apart_place_by_place(world: World) -> None:
    flat = replace(FAR, access=("step_free", "bus"))
    make_service(world, "Two places", CLINIC, flat, cost="free")
    make_service(world, "Paid", flat, cost="paid")
    assert names(world, access="step_free") == ["Paid", "Two places"]
    assert names(world, access="step_free", city="Alder City") == []
    assert names(world, is_free=True) == ["Two places"]


def test_nobody_checked_it_for_a_year_and_it_is_gone(world: World) -> None:
    old, new = (make_service(world, name, checked_at=AT - days * DAY) for name, days in (("Old", 365), ("New", 364)))
    make_service(world, "Draft", checked_at=None)
    assert names(world) == ["New"]
    with in_district(world.district.pk):
        assert listing_by_ref(actor=visitor(world.district.pk), ref=new.ref, at=AT).is_open
        with pytest.raises(NotFound):
            listing_by_ref(actor=visitor(world.district.pk), ref=old.ref, at=AT)


def test_a_confidential_address_never_enters_what_is_published(world: World) -> None:
    make_service(world, "A bed", HIDDEN)
    with in_district(world.district.pk):
        assert Location.objects.get().street == "9 Secret Lane", "nothing is there that could leak"
        (row,) = Listing.objects.filter(district_id=world.district.pk).values()
    told = json.dumps(row, default=str)
    assert [secret for secret in ("Secret", "90009", "37.66", "-122.39") if secret in told] == []
    assert row["city"] == "Fog Hill"


def test_another_district_reads_its_own_and_writes_nobody_elses(world: World) -> None:
    make_service(world, "Here")
    other = make_district("fork", "north.localhost")
    with in_district(other.pk):
        assert Listing.objects.count() == 1, "what is published is readable, or its indexes would not be used"
        assert find(actor=visitor(other.pk), sought=Sought(), at=AT).hits == ()
        assert Listing.objects.update(name_en="Mine") == 0
        assert Listing.objects.all().delete()[0] == 0


@pytest.mark.parametrize(("column", "operator", "value"), [("terms", "&&", "{shelter}"), ("needs", "@>", "{health}")])
def test_the_indexes_are_used_by_the_serving_role(world: World, column: str, operator: str, value: str) -> None:
    with in_district(world.district.pk), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT 1 FROM directory_listing WHERE {column} {operator} '{value}'")
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "Bitmap Index Scan on listing_by_" in plan


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ("kind = 'service' AND number = 0 ORDER BY name_en, id LIMIT 61", "using listing_by_name"),
        ("latitude BETWEEN 37 AND 38 AND longitude BETWEEN -123 AND -122", "listing_by_place"),
    ],
)
def test_a_plain_list_walks_along_names_and_a_place_is_looked_up(world: World, asked: str, index: str) -> None:
    with in_district(world.district.pk), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN SELECT 1 FROM directory_listing WHERE district_id = {world.district.pk} AND {asked}")
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert index in plan


def test_a_search_for_something_never_walks_along_names(world: World) -> None:
    asked: list[str] = []

    def noted(execute: Any, sql: str, *more: Any) -> Any:
        asked.append(sql)
        return execute(sql, *more)

    with in_district(world.district.pk), connection.execute_wrapper(noted):
        for sought in (Sought(), Sought(words="shelter"), Sought(need="talk"), Sought(is_free=True)):
            find(actor=visitor(world.district.pk), sought=sought, at=AT)
    orders = [sql.partition(" ORDER BY ")[2] for sql in asked if "directory_listing" in sql]
    assert ["||" in order for order in orders] == [False, True, True, True]
