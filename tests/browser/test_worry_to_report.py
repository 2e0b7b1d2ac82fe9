"""Walk B in a real browser: from "I'm worried about a student" to the call and the rule."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Visit

each_language = pytest.mark.parametrize("language", ["en", "es"])
WORDS = {
    "en": {
        "call": "Make the call",
        "read": "See how the rule reads",
        "met": "This meets the rule.",
        "clear": "Clear my answers",
    },
    "es": {
        "call": "Haga la llamada",
        "read": "Ver cómo se lee la regla",
        "met": "Esto cumple la regla.",
        "clear": "Borrar mis respuestas",
    },
}
TAPS = {
    "en": ["I saw or heard something", "Someone who works here", "Go to the call"],
    "es": ["Vi u oí algo", "Alguien que trabaja aquí", "Ir a la llamada"],
}
WALKS = [("told", "colleague"), ("unsure", "housing"), ("unsure", "elsewhere"), ("campus",), ("missing",)]
STORED = "Object.keys(localStorage).length + Object.keys(sessionStorage).length"


@each_language
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_worry_ends_at_the_call_in_three_taps(visit: Visit, language: str, scripts: bool) -> None:
    watch = visit(f"/{language}/guide/", phone=True, scripts=scripts)
    page = watch.page
    for tap in TAPS[language]:
        page.get_by_role("link", name=tap, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS[language]["call"])
    assert page.locator("a[href='tel:911']").first.is_visible()
    watch.sets_no_cookie()


@each_language
def test_a_newcomer_without_scripts_walks_from_tile_to_answer_to_the_call(visit: Visit, language: str) -> None:
    page = visit(f"/{language}/guide/", phone=True, scripts=False).page
    first = page.url
    for branches in WALKS:
        page.goto(first)
        for branch in branches:
            page.locator(f"main li a[href$='/when/{branch}/'], main .ways a[href$='/when/{branch}/']").click()
            page.wait_for_url(f"**/{language}/guide/when/{branch}/")
        page.locator(".in-reach a").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(WORDS[language]["call"])
        assert page.locator("main a[href='tel:911']").first.is_visible(), branches
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), branches


def test_the_call_stays_in_reach_wherever_a_reader_has_scrolled(visit: Visit) -> None:
    page = visit("/es/guide/when/noticed/", phone=True).page
    for text in ("Usted vio u oyó algo", "Lo que pienso"):
        page.get_by_text(text).last.scroll_into_view_if_needed()
        expect(page.locator(".in-reach a")).to_be_in_viewport(ratio=1)
        expect(page.locator("a[data-leave]")).to_be_in_viewport(ratio=1)


def test_what_is_written_in_the_boxes_stays_on_the_page_and_goes_with_it(visit: Visit) -> None:
    watch = visit("/en/guide/when/noticed/")
    page = watch.page
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for box in page.locator("textarea").all():
        box.fill("canary7391")
        box.press("Enter")
    assert asked == []
    assert page.evaluate(STORED) == 0
    page.get_by_role("link", name="Go to the call").click()
    page.go_back()
    assert [box.input_value() for box in page.locator("textarea").all()] == [""] * 4
    page.locator("#box-saw").fill("canary7391")
    page.get_by_role("button", name="Clear the boxes").click()
    assert page.locator("#box-saw").input_value() == ""
    watch.no_policy_violations()


def staff_door(visit: Visit, language: str) -> str:
    """The path of a staff door, read from its printed sheet as an administrator would."""
    page = visit("/en/guide/doors/", person="coordinator").page
    page.get_by_role("link", name="Open: print the sheet").first.click()
    address = page.locator("[data-address]").inner_text()
    return f"/{language}/" + address.split("/en/", 1)[1]


def staff_rule(visit: Visit, language: str) -> str:
    """The path of the local rule behind that door."""
    return staff_door(visit, language) + "rule/"


@each_language
def test_the_rule_is_walked_on_the_page_and_nothing_leaves_it(visit: Visit, language: str) -> None:
    watch = visit(staff_rule(visit, language), phone=True)
    page, words = watch.page, WORDS[language]
    page.wait_for_load_state("networkidle")
    arrived, address = len(watch.answers), page.url
    for seen in ("B1", "B3"):
        page.locator(f"label[for={seen}-seen]").click()
    page.get_by_role("button", name=words["read"]).click()
    reading = page.locator("[data-reading]")
    expect(reading).to_contain_text(words["met"])
    expect(reading.locator("[data-spoke] li")).to_have_count(2)
    page.get_by_role("button", name=words["clear"]).click()
    expect(reading).to_be_hidden()
    assert page.locator("input[value=dont_know]:checked").count() == 8
    assert (len(watch.answers), page.url) == (arrived, address)
    assert page.evaluate(STORED) == 0
    watch.no_policy_violations()
    watch.sets_no_cookie()


def test_unknowns_are_named_and_never_asked_of_a_child(visit: Visit) -> None:
    page = visit(staff_rule(visit, "en")).page
    reading = page.locator("[data-reading]")
    page.get_by_role("button", name=WORDS["en"]["read"]).click()
    expect(reading).to_contain_text("Nothing was answered")
    expect(reading.locator("[data-matter]")).to_be_hidden()
    for key in ("A1", "A2", "A3", "B2", "B3", "B4"):
        page.locator(f"label[for={key}-not]").click()
    page.locator("label[for=B1-seen]").click()
    page.get_by_role("button", name=WORDS["en"]["read"]).click()
    expect(reading.locator("[data-matter] li")).to_have_count(1)
    expect(reading).to_contain_text("Please do not ask the child")
    page.locator("label[for=B5-not]").click()
    page.get_by_role("button", name=WORDS["en"]["read"]).click()
    expect(reading).to_contain_text("does not mean that the child is safe")
    expect(reading.get_by_role("link", name="I still suspect")).to_be_visible()


def test_answers_are_gone_when_the_page_is_shown_again(visit: Visit) -> None:
    page = visit(staff_rule(visit, "en")).page
    page.locator("label[for=A1-seen]").click()
    page.get_by_role("link", name="Show me the call").first.click()
    page.go_back()
    assert page.locator("input[value=seen]:checked").count() == 0


def test_without_scripts_the_rule_is_counted_by_hand(visit: Visit) -> None:
    page = visit(staff_rule(visit, "en"), scripts=False).page
    assert page.get_by_text("2 marks or more in this group").is_visible()
    assert page.locator("[data-reading]").is_hidden()
    page.locator("label[for=A1-seen]").click()
    page.keyboard.press("Enter")
    assert "?" not in page.url
