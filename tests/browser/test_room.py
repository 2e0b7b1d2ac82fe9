"""A cafeteria without a network: the consultant's phone and a colleague's, in a real browser, cut off and back."""

import re

from playwright.sync_api import Locator, Page, expect
from tests.browser.checks import axe_clean
from tests.browser.conftest import Visit

NAMES_LEFT = "async () => (await caches.keys()).filter((name) => name.startsWith('room '))"


def seats(page: Page) -> Locator:
    return page.locator("[data-person]")


def test_a_room_without_a_network_loses_nothing_and_leaves_nothing(visit: Visit) -> None:
    mine = visit("/en/training/mine/", person="consultant", phone=True).page
    mine.locator("ul.cards h2 a").first.click()
    if mine.get_by_role("button", name="Open the session").count():
        mine.get_by_role("button", name="Open the session").click()
        mine.get_by_role("link", name="Session", exact=True).click()
    mine.get_by_role("link", name=re.compile("^At the door")).click()
    mine.get_by_role("button", name="Take this page along").click()
    expect(mine.get_by_role("button", name="Remove it")).to_be_visible()
    mine.evaluate("navigator.serviceWorker.ready")
    before = int(mine.locator("[data-count]").inner_text())
    phone = visit("/en/check-in/", phone=True).page

    for page in (mine, phone):
        page.context.set_offline(True)
    mine.reload()
    expect(mine.locator("[data-offline]")).to_be_visible()
    letters = mine.locator("[data-letters]").inner_text().replace(" ", "")
    assert re.fullmatch("[BCDFHJKMNPRTWXZ]{6}", letters)
    here = seats(mine).filter(has=mine.locator("[data-act=ticked]:visible")).first
    name = here.locator("[data-name]").inner_text()
    here.locator("[data-act=ticked]").click()
    mine.get_by_label("Four digits", exact=True).fill("4711")
    mine.get_by_role("button", name="Begin").click()
    mine.get_by_label("Your staff number").fill("77-A")
    mine.keyboard.press("Enter")
    expect(mine.get_by_text("Thank you. The next person, please.")).to_be_visible()
    assert "77-A" not in mine.get_by_role("dialog").inner_text() + mine.get_by_label("Your staff number").input_value()
    axe_clean(mine)
    mine.reload()
    expect(mine.get_by_role("dialog")).to_be_visible()
    mine.get_by_text("For the consultant").click()
    mine.get_by_label("Your four digits").fill("4711")
    mine.keyboard.press("Enter")
    expect(mine.locator("[data-waiting]")).to_contain_text("2 kept on this device, not yet sent.")
    axe_clean(mine)

    phone.get_by_label("Your staff number").fill("88-B")
    phone.get_by_label("The six letters on the screen").fill(letters)
    phone.get_by_role("button", name="Check in").click()
    expect(phone.locator("[data-waiting]")).to_contain_text("1 kept on this device, not yet sent.")

    for page in (mine, phone):
        page.context.set_offline(False)
    expect(mine.locator("[data-sent]")).to_be_visible()
    expect(phone.get_by_text("Sent. Thank you.")).to_be_visible()
    mine.reload()
    expect(mine.locator("[data-count]")).to_have_text(str(before + 3))
    expect(seats(mine).filter(has_text=name)).to_contain_text("here")
    assert mine.evaluate(NAMES_LEFT) != []
    mine.route("**/sign-out/", lambda route: route.fulfill(body="signed out"))  # the others' session goes on
    mine.get_by_role("button", name="Sign out").click()
    expect(mine.get_by_text("signed out")).to_be_visible()
    assert mine.evaluate(NAMES_LEFT) == []
