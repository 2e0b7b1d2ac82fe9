"""The plan in a real browser: typed here, gone here, and never on the wire."""

from playwright.sync_api import Page, expect
from tests.browser.conftest import Visit
from tests.browser.test_leaving import answer_elsewhere

LEFT_BEHIND = """async () => [
  document.cookie, localStorage.length, sessionStorage.length, (await caches.keys()).length,
  (await indexedDB.databases()).length, (await navigator.serviceWorker.getRegistrations()).length,
].join()"""


def typed(page: Page) -> list[str]:
    return [field.input_value() for field in page.locator("[data-slot]").all()]


def fill(page: Page) -> None:
    for number, field in enumerate(page.locator("[data-slot]").all()):
        field.fill(f"N {number}")


def test_nothing_is_sent_or_stored_while_it_is_used_and_clear_takes_all(visit: Visit) -> None:
    page = visit("/en/own/plan/").page
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    fill(page)
    page.keyboard.press("Enter")
    assert page.evaluate(LEFT_BEHIND) == ",0,0,0,0,0"
    page.get_by_role("button", name="Clear what I typed").click()
    assert typed(page) == [""] * 6
    page.keyboard.press("Control+z")
    assert typed(page) == [""] * 6
    expect(page.get_by_role("status")).to_contain_text("Nothing of it is left")
    assert asked == []


def test_leaving_and_coming_back_find_it_empty(visit: Visit) -> None:
    page = visit("/es/own/plan/").page
    answer_elsewhere(page)
    fill(page)
    page.reload()
    assert typed(page) == [""] * 6
    fill(page)
    page.get_by_role("link", name="Para estudiantes").click()
    page.go_back()
    assert typed(page) == [""] * 6
    fill(page)
    page.locator("h1").click()
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page).to_have_title("Weather")
    page.go_back()
    assert "N 0" not in page.content()


def test_it_prints_as_one_sheet_without_scripts_too(visit: Visit) -> None:
    page = visit("/en/own/plan/", scripts=False).page
    fill(page)
    page.emulate_media(media="print")
    for hidden in (".masthead", ".foot", "h1", ".before-plan", ".after-plan"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".sheet-name")).to_have_text("My plan")
    assert page.pdf(prefer_css_page_size=True, format="Letter").count(b"/Type /Page\n") == 1
