"""The companion's open pages: nothing on them could be sent, and they work as paper."""

import re

import pytest
from django.test import Client

from tests.factories import make_district

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _districts() -> None:
    make_district("alder", "localhost", county_key="us-ca-san-mateo")
    make_district("fork", "north.localhost", county_key="us-ca-los-angeles")


def page(path: str, host: str = "localhost") -> str:
    response = Client(SERVER_NAME=host).get(path)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def main_of(path: str) -> str:
    return page(path).split("<main", 1)[1].split("</main", 1)[0]


@pytest.mark.parametrize("path", ["/en/report/worksheet/", "/es/report/clock/", "/en/report/"])
def test_no_form_and_no_name_so_that_the_browser_itself_could_not_send_it(path: str) -> None:
    main = main_of(path)
    assert "<form" not in main and "formaction" not in main
    assert [name for name in re.findall(r'\sname="([^"]*)"', main) if not name.endswith("-which")] == []
    assert '<meta name="robots" content="noindex, nofollow">' in page(path)


@pytest.mark.parametrize("path", ["/en/report/worksheet/", "/en/report/clock/"])
def test_no_field_is_remembered_by_the_browser(path: str) -> None:
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", main_of(path))
    assert len(fields) > 10
    kept_by_script = ('type="radio"', 'type="checkbox"')  # HTML knows no autocomplete for these; the scripts set them
    assert [
        field
        for field in fields
        if not any(kind in field for kind in kept_by_script) and 'autocomplete="off"' not in field
    ] == []


def test_the_worksheet_asks_what_a_call_taker_asks_in_their_order() -> None:
    asked = re.findall(r'<label class="usa-label" for="([\w-]+)"', main_of("/en/report/worksheet/"))
    people = [
        "you-name",
        "you-work",
        "you-address",
        "you-phone",
        "child-name",
        "child-age",
        "child-home",
        "child-school",
    ]
    events = ["seen-what", "seen-when", "seen-injuries", "seen-source", "person-who", "person-access", "danger-now"]
    assert asked == [*people, "family-names", "family-now", "child-now", "home-language", *events]


def test_nobody_is_sent_to_question_a_child() -> None:
    text = page("/en/report/worksheet/")
    assert "Do not question the child to fill gaps." in text
    assert "Report even if you do not know every detail." in text
    assert "not a form of any agency" in text


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_reads_the_sheet_out_can_dial_from_it(language: str) -> None:
    main = main_of(f"/{language}/report/worksheet/")
    numbers = re.findall(r'class="phone" href="(tel:[+\d]+)"', main)
    assert numbers[0] == "tel:911" and len(numbers) == 2
    assert main.rindex('class="phone"') < main.index("data-worksheet")  # above the sheet, whichever way it is shown


def test_the_clock_knows_its_hours_its_zone_and_the_digits_of_its_county() -> None:
    assert 'data-hours="36" data-reference-digits=""' in page("/en/report/clock/")
    assert '<option value="America/Los_Angeles" selected>Pacific time</option>' in page("/en/report/clock/")
    assert 'data-hours="36" data-reference-digits="19"' in page("/es/report/clock/", "north.localhost")


def test_a_district_in_a_zone_without_a_name_of_ours_still_has_its_own() -> None:
    make_district("far", "far.localhost", zone="America/Detroit")
    assert '<option value="America/Detroit" selected>America/Detroit</option>' in page(
        "/en/report/clock/", "far.localhost"
    )


def test_a_state_without_a_counted_clock_says_so() -> None:
    make_district("plains", "plains.localhost", state_key="us-xx")
    assert "still has to be confirmed by your district" in page("/en/report/clock/", "plains.localhost")
