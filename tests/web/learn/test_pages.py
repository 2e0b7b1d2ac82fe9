"""The pages to learn from: each behind its door, in both languages, no cookie, nothing told in the tab."""

import html

import pytest
from django.test import Client
from lxml import html as etree

from tests.factories.guide import GuideWorld, make_guide_world
from upstander.program.library.selectors.pages import shipped_pages

PUBLIC = [key for key, page in shipped_pages().items() if page.is_public]
PLAN = "my_plan"  # stands where it is used
STAFF = [key for key, page in shipped_pages().items() if not page.is_public]
each_language = pytest.mark.parametrize("language", ["en", "es"])


@pytest.fixture
def world(db: None) -> GuideWorld:
    return make_guide_world()


def get(path: str, status: int = 200) -> str:
    response = Client(SERVER_NAME="localhost").get(path)
    assert response.status_code == status, path
    assert not response.cookies
    return html.unescape(response.content.decode())


@each_language
def test_the_open_list_leads_to_open_pages_only(world: GuideWorld, language: str) -> None:
    page = get(f"/{language}/learn/")
    assert [key for key in PUBLIC if key != PLAN and f"/{language}/learn/{key}/" not in page] == []
    assert f"/{language}/own/plan/" in page
    assert [key for key in STAFF if f"/learn/{key}/" in page] == []


@each_language
def test_every_open_page_is_drawn_with_its_neutral_title_in_the_tab(world: GuideWorld, language: str) -> None:
    for key in PUBLIC:
        page, shipped = get(f"/{language}/{'own/plan' if key == PLAN else f'learn/{key}'}/"), shipped_pages()[key]
        assert f"<title>{shipped.neutral_title.in_language(language)}</title>" in page, key
        assert f"<h1>{shipped.title.in_language(language)}</h1>" in page, key


def test_a_page_of_the_staff_door_is_not_there_for_anyone_else(world: GuideWorld) -> None:
    for key in (*STAFF, "made-up"):
        get(f"/en/learn/{key}/", 404)


def test_the_pages_of_a_part_follow_each_other_and_campaigns_stand_apart(world: GuideWorld) -> None:
    links = etree.fromstring(get("/en/learn/words_to_use/")).xpath("//nav[@class='beside-pages']/a")
    assert [(link.get("rel"), link.get("href")) for link in links] == [
        ("prev", "/en/learn/is_this_ok/"),
        ("next", "/en/learn/helping_a_friend/"),
    ]
    last = etree.fromstring(get("/en/learn/program/")).xpath("//nav[@class='beside-pages']/a")
    assert [link.get("rel") for link in last] == ["prev"]


def test_a_question_opens_its_thought_without_a_form_or_a_score(world: GuideWorld) -> None:
    page = etree.fromstring(get("/en/learn/is_this_ok/"))
    assert len(page.xpath("//details[@class='check'][summary]/p")) == 8
    assert not page.xpath("//main//form | //main//input")


def test_the_plan_stands_where_it_is_used(world: GuideWorld) -> None:
    answer = Client(SERVER_NAME="localhost").get("/es/learn/my_plan/")
    assert (answer.status_code, answer["Location"]) == (302, "/es/own/plan/")


def test_the_sheet_for_it_names_the_host_to_allow_and_prints(world: GuideWorld) -> None:
    page = etree.fromstring(get("/en/learn/it_sheet/"))
    assert page.xpath("string(//dl[contains(@class, 'hosts')]//code)") == "localhost"
    assert page.xpath("//button[@data-print]")
    assert not etree.fromstring(get("/en/learn/online/")).xpath("//button[@data-print]")
