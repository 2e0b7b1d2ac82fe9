"""The way out: at once, without a trace in "back", and without scripts too."""

from playwright.sync_api import Page, expect
from tests.browser.conftest import Visit

ELSEWHERE = "**://www.weather.gov/**"


def answer_elsewhere(page: Page) -> None:
    """The other site is played here: no test leaves the machine."""
    page.route(ELSEWHERE, lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))


def test_the_link_takes_the_place_of_the_page(visit: Visit) -> None:
    page = visit("/en/help/").page
    answer_elsewhere(page)
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Leave this page").click()
    expect(page).to_have_title("Weather")
    assert page.evaluate("history.length") == before


def test_three_shifts_leave(visit: Visit) -> None:
    page = visit("/en/").page
    answer_elsewhere(page)
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page).to_have_title("Weather")


def test_writing_capital_letters_does_not_leave(visit: Visit) -> None:
    page = visit("/en/account/sign-in/").page
    answer_elsewhere(page)
    page.get_by_label("Password").click()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    expect(page.get_by_label("Password")).to_have_value("ABCD")
    assert page.title() == "Sign in"


def test_the_page_is_emptied_before_the_other_one_comes(visit: Visit) -> None:
    page = visit("/en/help/").page
    page.route(ELSEWHERE, lambda route: route.fulfill(status=204))  # a site that never comes
    page.get_by_role("link", name="Leave this page").click()
    expect(page.locator("body")).to_be_empty()
    assert page.title() == ""


def test_it_leaves_without_scripts(visit: Visit) -> None:
    page = visit("/es/help/", scripts=False).page
    answer_elsewhere(page)
    page.get_by_role("link", name="Salir de esta página").click()
    expect(page).to_have_title("Weather")
