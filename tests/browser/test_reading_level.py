"""How hard the district's words are to read is told while they are written, and nothing is saved by it."""

from playwright.sync_api import expect
from tests.browser.conftest import Visit

PASSAGE = "/en/editor/at_my_school/1/0/"
HARD = "Institutional accountability necessitates comprehensive documentation. " * 8


def test_it_is_told_whenever_typing_pauses(visit: Visit) -> None:
    page = visit(PASSAGE, person="coordinator", again=True).page
    reading, words = page.locator("#reading"), page.get_by_label("In English")
    words.fill(HARD)
    expect(reading).to_contain_text("too hard")
    expect(reading).to_contain_text("Begin here: Institutional accountability")
    expect(page.get_by_role("status")).to_contain_text("English, school grade: too hard")
    words.fill("You can talk to us.")
    expect(reading).not_to_contain_text("too hard")
    page.reload()
    expect(words).not_to_have_value("You can talk to us.")


def test_without_scripts_a_button_tells_it_and_saves_nothing(visit: Visit) -> None:
    page = visit(PASSAGE, person="coordinator", scripts=False, again=True).page
    page.get_by_label("In English").fill(HARD)
    page.get_by_role("button", name="See how it reads").click()
    expect(page.locator("#reading")).to_contain_text("too hard")
    expect(page.get_by_label("In English")).to_have_value(HARD)
    assert page.url.endswith(PASSAGE)
