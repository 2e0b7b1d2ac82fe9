"""A cafeteria without a network: a consultant's whole session on a phone, in a real browser, cut off and back."""

import datetime as dt
import re
from pathlib import Path

from playwright.sync_api import Error, Locator, Page, expect
from tests.browser.checks import axe_clean, no_worker_can_start
from tests.browser.conftest import Visit
from tests.moments import AT, put_clock

NAMES_LEFT = "async () => (await caches.keys()).filter((name) => name.startsWith('room '))"
TWENTY_LATE = AT + dt.timedelta(minutes=80)  # the demo's session of today begins at ten


def seats(page: Page) -> Locator:
    return page.locator("[data-person]")


def step(page: Page, number: int, act: str) -> None:
    seats(page).nth(number).locator(f"[data-act={act}]").click()


def take_along(page: Page) -> None:
    """While there is a network; where the page says that it is kept, its worker is at work and has all of it."""
    page.get_by_role("button", name="Take this page along").click()
    expect(page.get_by_role("button", name="Remove it")).to_be_visible()
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).active.state") == "activated"


def take_along_in_vain(page: Page) -> None:
    """Its worker cannot start: the page says so, and no name stays on the device."""
    no_worker_can_start(page)
    page.get_by_role("button", name="Take this page along").click()
    expect(page.get_by_text("That did not work. Please try once more with a network.")).to_be_visible()
    expect(page.get_by_role("button", name="Remove it")).to_be_hidden()
    assert page.evaluate(NAMES_LEFT) == []
    page.reload()


def open_again_without_network(page: Page) -> None:
    """As a person would: once more where the first try fails. A browser short of memory or time that cannot wake the
    page's worker asks the network instead; a copy that is not there fails the second time, too."""
    try:
        page.reload()
    except Error:
        page.reload()


def note_by_hand(page: Page) -> None:
    """Without a network: two come late, one of them leaves, one is a volunteer from elsewhere; the site answers."""
    for number, act in ((1, "ticked"), (2, "ticked"), (2, "left")):
        step(page, number, act)
    expect(seats(page).nth(1)).to_contain_text(re.compile(r"here 10:2\d.*not yet sent"))
    page.get_by_label("Staff number", exact=True).fill("66-V")
    page.get_by_label("Who is it?").select_option("volunteer")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="The site administrator").click()
    expect(page.locator("[data-who=administrator]")).to_contain_text("answers now")
    expect(page.locator("[data-who=lead]").get_by_text("answers now")).to_be_hidden()
    page.get_by_text("If somebody tells of something").click()
    expect(page.get_by_text("Do not write down what was told.")).to_be_visible()


def hand_around(page: Page) -> None:
    """Somebody types a number on the consultant's phone, which keeps nothing of it on the screen and stays locked."""
    page.get_by_label("Four digits", exact=True).fill("4711")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Your staff number").fill("77-A")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Thank you. The next person, please.")).to_be_visible()
    assert "77-A" not in page.get_by_role("dialog").inner_text() + page.get_by_label("Your staff number").input_value()
    axe_clean(page)
    page.reload()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_text("For the consultant").click()
    page.get_by_label("Your four digits").fill("4711")
    page.keyboard.press("Enter")


def close(page: Page, room: str) -> None:
    """With one more head than is noted, who has no number; the record says so."""
    page.goto(f"{room}close/")
    page.get_by_label("How many people do you count in the room?").fill("7")
    page.get_by_text("Is somebody here without a staff number?").click()
    page.get_by_label("Contractors").fill("1")
    page.get_by_label("Your initials").fill("CC")
    axe_clean(page)
    page.get_by_role("button", name="Yes, close it").click()
    page.wait_for_url("**/look-back/")
    page.goto(room)
    expect(page.get_by_role("main")).to_contain_text("Contractors without a number")
    expect(page.get_by_role("row").filter(has_text=re.compile(r"10:2\d")).first).to_contain_text("here since")


def test_a_whole_session_without_a_network_loses_nothing_doubles_nothing_and_leaves_nothing(
    visit: Visit, clock: Path
) -> None:
    mine = visit("/en/training/mine/", person="consultant", phone=True).page
    mine.locator("ul.cards h2 a").first.click()
    mine.wait_for_url("**/training/mine/*/")
    if mine.get_by_role("button", name="Open the session").count():
        mine.get_by_role("button", name="Open the session").click()
        mine.get_by_role("link", name="Session", exact=True).click()
    mine.get_by_role("link", name=re.compile("^At the door")).click()
    take_along_in_vain(mine)
    take_along(mine)
    step(mine, 0, "ticked")
    expect(mine.locator("[data-sent]")).to_be_visible()
    put_clock(clock, TWENTY_LATE)
    mine.reload()
    expect(mine.locator("[data-count]")).to_have_text("1")
    phone = visit("/en/check-in/", phone=True).page

    for page in (mine, phone):
        page.context.set_offline(True)
    open_again_without_network(mine)
    expect(mine.locator("[data-offline]")).to_be_visible()
    letters = mine.locator("[data-letters]").inner_text().replace(" ", "")
    assert re.fullmatch("[BCDFHJKMNPRTWXZ]{6}", letters)
    note_by_hand(mine)
    hand_around(mine)
    expect(mine.locator("[data-waiting]")).to_contain_text("6 kept on this device, not yet sent.")
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
    expect(mine.locator("[data-count]")).to_have_text("6")
    expect(seats(mine).nth(2)).to_contain_text("left at")
    expect(mine.locator("[data-who=administrator]")).to_contain_text("answers now")
    assert mine.evaluate(NAMES_LEFT) != []
    door = mine.url
    room = door.removesuffix("door/")
    mine.route("**/sign-out/", lambda route: route.fulfill(body="signed out"))  # the others' session goes on
    mine.get_by_role("button", name="Sign out").click()
    expect(mine.get_by_text("signed out")).to_be_visible()
    assert mine.evaluate(NAMES_LEFT) == []
    mine.goto(door)
    take_along(mine)
    close(mine, room)
    mine.goto(door)
    expect(mine.get_by_text("The copy on this device is gone.")).to_be_visible()
    assert mine.evaluate(NAMES_LEFT) == []
