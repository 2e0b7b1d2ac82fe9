"""A real Chromium in front of the real server."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright
from tests.browser.checks import ROOT, Watch
from tests.browser.tour import Tour
from tests.plugins.server import LiveSite

from upstander.commands.demo_people import PEOPLE

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
SLOWEST_MS = 10_000
Visit = Callable[..., Watch]


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


@pytest.fixture
def visit(chromium: Browser, live_site: LiveSite, signed_in: Callable[[str], StorageState]) -> Iterator[Visit]:
    """`visit("/en/", person="", phone=False, scripts=True)` opens a page of the first demo district and watches it."""
    with ExitStack() as stack:

        def open_page(
            path: str, *, person: str = "", phone: bool = False, scripts: bool = True, status: int = 200
        ) -> Watch:
            width, height = PHONE if phone else DESKTOP
            context = chromium.new_context(
                viewport={"width": width, "height": height},
                java_script_enabled=scripts,
                storage_state=signed_in(person) if person else None,
                reduced_motion="reduce",
            )
            stack.enter_context(context)
            context.set_default_timeout(SLOWEST_MS)
            watch = Watch(context.new_page(), live_site.url)
            answer = watch.page.goto(live_site.url + path)
            assert answer and answer.status == status, (path, answer and answer.status)
            return watch

        yield open_page


@pytest.fixture
def tour(tmp_path: Path) -> Tour:
    """The tour's own folder when it is to be taken anew, else one that is dropped."""
    return Tour(ROOT / "docs" / "tour" if os.environ.get("UPSTANDER_TOUR") else tmp_path)
