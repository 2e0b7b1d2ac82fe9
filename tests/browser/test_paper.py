"""A sheet of forty typed in without a mouse: counted in keys, and in seconds of somebody who types slowly."""

import datetime as dt
import re
from pathlib import Path

import psycopg
from playwright.sync_api import Page, expect
from tests.browser.checks import axe_clean
from tests.browser.conftest import Visit
from tests.moments import put_clock
from tests.plugins.server import LiveSite

from upstander.commands import database

KEY_SECONDS = 0.5  # two keys a second: a beginner who looks at the sheet between lines
A_MINUTE = 60


class Keys:
    """Presses and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1


def begins(site: LiveSite, address: str) -> dt.datetime:
    """When the session of that page begins."""
    ref = address.rstrip("/").rpartition("/")[2]
    with psycopg.connect(site.server.cluster().url(database.OWNER, site.name)) as connection:
        row = connection.execute("SELECT starts_at FROM training_session WHERE ref = %s", [ref]).fetchone()
    assert row, ref
    found: dt.datetime = row[0]
    return found


def test_forty_lines_take_less_than_a_minute_by_either_way(visit: Visit, live_site: LiveSite, clock: Path) -> None:
    page = visit("/en/training/mine/", person="consultant").page
    session = page.locator("ul.cards h2 a").last  # the one of today is held, and closed, by another test
    put_clock(clock, begins(live_site, session.get_attribute("href") or ""))
    session.click()
    page.get_by_role("link", name="Enter a sheet that was signed").click()
    expect(page.locator("[autofocus]")).to_be_focused()  # where the page begins
    page.wait_for_load_state()  # all lines are there, and the script that goes from line to line
    ticks = page.get_by_role("checkbox")
    lines = ticks.count()
    keys = Keys(page)
    keys.press(*["Tab"] * 6)  # past who is not on the list, and the button
    expect(ticks.first).to_be_focused()
    keys.press(*["Space"] * (lines - 1))
    expect(ticks.last).to_be_focused()
    keys.press("1", "5", "/", "2", "0")
    expect(page.get_by_label("Minutes gone early").last).to_have_value("20")
    assert page.locator("[data-sheet] input:checked").count() == lines
    axe_clean(page)
    for_forty = (keys.count + 1) / lines * 40
    assert for_forty * KEY_SECONDS < A_MINUTE
    page.get_by_label("Lines with initials").focus()
    named = Keys(page)
    named.press(*"1-12, 14, 17-40x", "Enter")
    assert named.count * KEY_SECONDS < A_MINUTE
    expect(page.locator("[data-problems]")).to_contain_text("is no line of this sheet")
    assert page.locator("[data-sheet] input:checked").count() == lines  # nothing typed is lost
    for tick in ticks.all()[:3]:  # the same room is shown elsewhere with people who are not here yet
        tick.uncheck(force=True)
    page.get_by_label("Minutes gone early").last.fill("")  # nobody has left a session that is not over
    page.get_by_label("Lines with initials").fill("")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"^Entered: \d+ marks?\."))).to_be_visible()
