"""A real Chromium in front of the real server."""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, ViewportSize, sync_playwright
from tests.browser.browsers import Browsers
from tests.browser.checks import ROOT, Watch
from tests.browser.pages import Shot
from tests.browser.tour import Tour
from tests.moments import AT, SUITE_BEGINS, put_clock
from tests.plugins.server import LiveSite

from upstander.commands.demo.people import PEOPLE

DESKTOP, PHONE = (1200, 800), (375, 740)
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
LOOKS, BETWEEN_LOOKS = 45, 2  # seconds
Visit = Callable[..., Watch]
PathOf = Callable[[Shot], str]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process; each visit gets a context, and so its own cookies."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as tool:
        browser = tool.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=[*FLAGS, *as_root]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, live_site: LiveSite) -> Callable[[str], StorageState]:
    """What the browser of a demo person holds after signing in; signs in once a person."""
    known: dict[str, StorageState] = {}

    def state_of(person: str) -> StorageState:
        if person not in known:
            who = next(one for one in PEOPLE if one.address == f"{person}@example.org")
            with chromium.new_context() as context:
                page = context.new_page()
                page.goto(f"{live_site.url}/en/account/sign-in/")
                page.get_by_label("Work e-mail").fill(who.address)
                page.get_by_label("Password").fill(who.password)
                page.get_by_role("main").get_by_role("button", name="Sign in").click()
                page.wait_for_url("**/en/staff/**")
                known[person] = context.storage_state()
        return known[person]

    return state_of


@pytest.fixture(scope="session")
def browsers(chromium: Browser, signed_in: Callable[[str], StorageState]) -> Browsers:
    """Where visits take their browser from: a new one, or one that has been here before."""
    return Browsers(chromium, signed_in)


def as_window(size: tuple[int, int]) -> ViewportSize:
    """A width and a height as Playwright takes them."""
    return {"width": size[0], "height": size[1]}


@pytest.fixture
def visit(browsers: Browsers, live_site: LiveSite) -> Iterator[Visit]:
    """`visit("/en/", person="", phone=False, scripts=True)` opens a page of the first demo district and watches it.

    The visitor's browser is a new one, unless `again` says that one which has been here before will do; and
    `same_page`, for who only reads, that even its page will.
    """
    with ExitStack() as stack:

        def open_page(path: str, *, phone: bool = False, status: int = 200, **whose: Any) -> Watch:
            page = browsers.page_for(stack, **whose)
            size = as_window(PHONE if phone else DESKTOP)
            if page.viewport_size != size:
                page.set_viewport_size(size)
            watch = Watch(page, live_site.url)
            stack.callback(watch.end)
            answer = watch.page.goto(live_site.url + path)
            assert answer and answer.status == status, (path, answer and answer.status)
            return watch

        yield open_page


@pytest.fixture
def clock(live_site: LiveSite) -> Iterator[Path]:
    """The site's clock: seconds to add, in a file that its server reads with every request."""
    yield live_site.clock_file
    put_clock(live_site.clock_file, SUITE_BEGINS)


@pytest.fixture(scope="session")
def path_of(chromium: Browser, live_site: LiveSite, signed_in: Callable[[str], StorageState]) -> PathOf:
    """The path of a page; where it names a record, of one that the demo's teacher keeps or that stands first in a list,
    begun or looked up once a process."""
    records: dict[str, str] = {}
    known: dict[str, str] = {}

    def looked_up(shot: Shot) -> str:
        with chromium.new_context(storage_state=signed_in(shot.person) if shot.person else None) as context:
            if "{first}" in shot.path:
                return shot.path.format(first=first_in_list(context, f"{live_site.url}/en/", shot))
            if not records:
                records.update(begin_records(context.new_page(), live_site.url))
            return shot.path.format(**records)

    def found(shot: Shot) -> str:
        if "{" not in shot.path:
            return shot.path
        if shot.path not in known:
            known[shot.path] = looked_up(shot)
        return known[shot.path]

    return found


def first_in_list(context: BrowserContext, site: str, shot: Shot) -> str:
    """The ref, or the sealed address, of what the shot's list leads to first.

    The site's clock begins anew when its server starts: what the demo wrote last is known to it a little later.
    """
    below = shot.path.partition("{first}")[0]
    listed_on = shot.listed_on or below
    if "{first}" in listed_on:
        listed_on = listed_on.format(first=first_in_list(context, site, Shot(shot.name, listed_on)))
    wanted = re.compile(rf'href="{re.escape(urlsplit(site).path + below)}(\w{{12}}|[\w.-]+:[\w:.-]+)/"')
    for _try in range(LOOKS):
        answer = context.request.get(site + listed_on)
        if link := wanted.search(answer.text()):
            return link[1]
        time.sleep(BETWEEN_LOOKS)
    raise AssertionError(f"{shot.name}: nothing stands in its list ({answer.status})")


def begin_records(page: Page, site: str) -> dict[str, str]:
    """Keep a clock and start a joint report from it, as their owner does; gives the refs of both."""
    page.goto(f"{site}/en/report/copies/new/")
    page.locator("label[for=id_understood]").click()
    page.get_by_label("Day").fill(AT.date().isoformat())
    page.get_by_label("Time", exact=True).fill("08:30")
    page.get_by_role("button", name="Keep a copy").click()
    record = page.url.rstrip("/").rpartition("/")[2]
    page.get_by_role("button", name="Start a joint report").click()
    return {"record": record, "joint": page.url.rstrip("/").rpartition("/")[2]}


@pytest.fixture
def tour() -> Tour:
    """Takes the tour's pictures anew when asked to, else none: drawing them takes longer than every check."""
    return Tour(ROOT / "docs" / "tour" if os.environ.get("UPSTANDER_TOUR") else None)
