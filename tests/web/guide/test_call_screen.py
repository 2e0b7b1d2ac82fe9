"""The call screen: complete for its county, complete before the first load, honest about age, two taps away."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_site, make_station
from tests.factories.guide import GuideWorld as World
from tests.moments import AT
from tests.web.guide.conftest import Get
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import HOUSE, job
from upstander.foundation.kernel.db import in_district
from upstander.program.facts.selectors import shipped_entries
from upstander.program.facts.services import load_facts

REQUIRED = {
    "en": ["Call now, yourself", "What to say", "What to leave alone", "What happens next", "School district police"],
    "es": ["Llame ahora, usted", "Qué decir", "Qué no hacer", "Qué pasa después", "policía del distrito escolar"],
}
LEFT_ALONE = {
    "en": ["Do not ask the child for details", "Do not promise to keep it secret", "Do not confront", "photograph"],
    "es": ["No le pida detalles", "No prometa guardar el secreto", "No confronte", "fotografíe"],
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_says_whom_to_call_what_to_say_and_what_to_leave_alone(get: Get, language: str) -> None:
    page = get(f"/{language}/guide/call/")
    assert [words for words in REQUIRED[language] + LEFT_ALONE[language] if words not in page] == []
    assert page.index("tel:911") < page.index("tel:+18006324615") < page.index("tel:+18883737888")


def test_each_county_shows_its_own_lines(get: Get) -> None:
    assert "650-595-7922" in get("/en/guide/call/")
    north = get("/en/guide/call/", host="north.localhost")
    assert "(800) 540-4000" in north
    assert "650-595-7922" not in north


def test_it_shows_the_stations_and_never_a_guess(get: Get, world: World) -> None:
    assert "650-555-0110" in get("/en/guide/call/")
    assert "650-555-0110" in get(f"/en/guide/call/at/{world.site.ref}/")
    assert "still has to be confirmed" in get(f"/en/guide/call/at/{world.bare_site.ref}/")
    assert "still has to enter" in get("/en/guide/call/", host="north.localhost")
    get("/en/guide/call/at/000000000000/", status=404)


def test_a_county_without_a_line_says_so_and_shows_the_rest(get: Get, world: World) -> None:
    District.objects.filter(key="fork").update(county_key="")
    page = get("/en/guide/call/", host="north.localhost")
    assert "child-welfare number still has to be confirmed" in page
    assert "tel:911" in page


def test_an_expired_line_keeps_its_number_and_tells_its_age(get: Get) -> None:
    _store("line.san_mateo.child_welfare", expires_on=dt.date(2020, 6, 1))
    page = get("/en/guide/call/")
    assert "tel:+18006324615" in page
    assert 'Due to be checked again; last checked on <time datetime="2020-01-01">' in page


def test_an_expired_claim_is_being_checked(get: Get) -> None:
    _store("line.human_trafficking", expires_on=dt.date(2020, 6, 1))
    page = get("/es/guide/call/")
    assert "1-888-373-7888" not in page
    assert "Esto se está revisando" in page


def test_where_the_line_that_stands_in_is_there_already_an_expired_one_takes_no_room(get: Get) -> None:
    _store("line.childhelp", expires_on=dt.date(2020, 6, 1))
    page = get("/es/guide/call/")
    assert "1-800-422-4453" not in page and "Esto se está revisando" not in page
    assert page.count('href="tel:988"') == 1


def _store(key: str, expires_on: dt.date) -> None:
    entry = replace(shipped_entries()[key], read_on=dt.date(2020, 1, 1), expires_on=expires_on)
    with in_district(HOUSE):
        load_facts(actor=job("load facts", HOUSE, frozenset({"facts.load"})), entries={key: entry}, at=AT)


@pytest.mark.parametrize(
    "path",
    ["guide/", "guide/when/told/", "guide/call/", "guide/call/sites/", "report/", "report/clock/", "report/worksheet/"],
)
def test_open_pages_are_cacheable_and_set_no_cookie(world: World, path: str) -> None:
    response = Client(SERVER_NAME="localhost").get(f"/en/{path}")
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_call_is_one_tap_from_every_open_page(get: Get, language: str) -> None:
    call = f'href="/{language}/guide/call/"'
    for path in ("guide/", "guide/when/told/", "guide/call/sites/", "report/", "report/clock/", "report/worksheet/"):
        assert call in get(f"/{language}/{path}"), path


def test_no_link_carries_an_answer(get: Get, world: World) -> None:
    for path in ("", "when/noticed/", "call/", "call/sites/", f"door/{world.code}/rule/"):
        page = get(f"/en/guide/{path}")
        assert re.findall(r'href="/[^"]*\?', page) == [], path
        assert "<form action" not in page and 'method="' not in page, path


def test_the_number_of_queries_does_not_grow_with_the_sites(world: World) -> None:
    client = Client(SERVER_NAME="localhost")
    with CaptureQueriesContext(connection) as few:
        client.get("/en/guide/call/")
    home = District.objects.get(key="alder")
    for _ in range(3):
        make_site(home, law_station=make_station(home))
    with CaptureQueriesContext(connection) as many:
        client.get("/en/guide/call/")
    assert len(many) == len(few) <= 10
