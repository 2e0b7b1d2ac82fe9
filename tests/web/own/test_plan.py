"""The plan: nothing that could be sent, said before anything is typed, and nothing kept of the page."""

import pytest
from django.test import Client
from lxml import html

from tests.factories.guide import make_guide_world

pytestmark = pytest.mark.django_db
each_language = pytest.mark.parametrize("language", ["en", "es"])


def plan_in(language: str) -> html.HtmlElement:
    make_guide_world()
    answer = Client(SERVER_NAME="localhost").get(f"/{language}/own/plan/")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert not answer.cookies
    return html.document_fromstring(answer.content)


@each_language
def test_three_people_and_three_places_in_fields_that_belong_to_no_form(language: str) -> None:
    page = plan_in(language)
    fields = page.xpath("//main//input")
    assert len(fields) == 6
    assert not page.xpath("//main//form")
    assert not any(field.get("name") or field.get("form") for field in fields)
    assert all((field.get("autocomplete"), field.get("spellcheck")) == ("off", "false") for field in fields)
    assert all(page.xpath(f"//label[@for='{field.get('id')}']") for field in fields)


@each_language
def test_that_a_school_may_look_on_stands_before_everything_else(language: str) -> None:
    main = html.tostring(plan_in(language).xpath("//main")[0], encoding="unicode")
    said = {"en": "the school may see that you were here", "es": "la escuela puede ver que estuviste aquí"}[language]
    assert 0 < main.index(said) < main.index("<input")


def test_its_tab_is_neutral_and_the_lines_are_the_place_s_own() -> None:
    page = plan_in("en")
    assert page.findtext(".//title") == "My plan"
    assert page.xpath("//section//a[@href='tel:911']")
    assert page.xpath("//section//a[@href='tel:988']")
