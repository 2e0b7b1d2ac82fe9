"""What the law asks here: the layers, their dates, every fact with its source, and how it stood on another day."""

import datetime as dt
import html
import json
from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import make_district
from tests.factories.guide import GuideWorld as World
from tests.factories.visits import holder
from tests.program.law.shelf import CONTENT
from tests.web.guide.conftest import Get
from upstander.web.guide.law import HEADINGS

SetClock = Callable[[dt.datetime], None]
LATE = dt.datetime(2027, 12, 1, 18, tzinfo=dt.UTC)
NOTE = "The rules for California were due to be reviewed by"


def coordinator(county: str) -> Client:
    return holder(make_district(county_key=county), address="coordinator@example.org")


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return html.unescape(response.content.decode())


@pytest.mark.django_db
def test_a_coordinator_reads_layers_dates_and_cadences_with_their_sources() -> None:
    page = read(coordinator("us-ca-los-angeles"), "/en/guide/law/")
    for place in ("Los Angeles County", "California", "United States", "Not signed off yet"):
        assert place in page
    assert "Volunteers" in page and "Since Jan. 1, 2026." in page
    assert "within the first 6 weeks of the school year" in page
    assert "announced at least 14 days before" in page
    assert "California SB 848 (2025), chaptered text" in page


def test_every_kind_of_provision_has_a_heading() -> None:
    schema = json.loads((CONTENT / "schemas" / "pack.schema.json").read_text(encoding="utf-8"))
    kinds = schema["$defs"]["provision"]["properties"]["kind"]["enum"]
    assert [kind for kind in kinds if kind not in HEADINGS] == []


@pytest.mark.django_db
def test_what_nobody_verified_is_on_no_page() -> None:
    page = read(coordinator("us-ca-san-diego"), "/en/guide/law/")
    assert "San Diego" not in page and "levels of response" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("on", ["2020-01-01", "2040-01-01", "soon", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_any_day_may_be_asked_about(on: str) -> None:
    assert "In force since" in read(coordinator("us-ca-san-mateo"), f"/en/guide/law/?on={on}")


@pytest.mark.django_db
def test_a_day_past_the_review_is_told_on_the_page() -> None:
    client = coordinator("us-ca-san-mateo")
    assert "Due to be reviewed" not in read(client, "/en/guide/law/")
    assert "Due to be reviewed" in read(client, "/en/guide/law/?on=2028-01-01")


@pytest.mark.django_db
def test_staff_are_told_calmly_that_rules_are_overdue_and_all_keeps_working(set_clock: SetClock) -> None:
    set_clock(LATE)
    client = coordinator("us-ca-san-mateo")
    for path in ("/en/staff/", "/en/guide/door/rule/"):
        assert NOTE in read(client, path), path
    assert "Las reglas de California debían revisarse" in read(client, "/es/staff/")
    call = read(client, "/en/guide/call/")
    assert NOTE not in call and "1-800-632-4615" in call


@pytest.mark.django_db
def test_nobody_is_told_before_that_day() -> None:
    assert NOTE not in read(coordinator("us-ca-san-mateo"), "/en/staff/")


def test_the_staff_door_tells_it_too(get: Get, world: World, set_clock: SetClock) -> None:
    set_clock(LATE)
    assert NOTE in html.unescape(get(f"/en/guide/door/{world.code}/rule/"))
    assert NOTE not in html.unescape(get("/en/guide/"))
