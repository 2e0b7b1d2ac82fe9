"""How long a first visit takes to show what it has to say, in a real Chromium on a slow line, with nothing kept."""

import os
from functools import partial

from playwright.sync_api import Browser, sync_playwright

from upstander.commands.measures.readings import CannotRun, Reading, interleaved
from upstander.commands.measures.stage import SITE_VARIABLE
from upstander.commands.measures.visits import PAGES, READING
from upstander.commands.test import chromium_here

KILOBITS, ROUND_TRIP_MS = 400, 400
MOST_SECONDS = 3.5
ROUNDS = 3
PHONE = {"width": 375, "height": 740}
# The largest thing drawn so far, as the browser itself tells it: the words of the page, not its first line.
LARGEST = """() => new Promise((known) => new PerformanceObserver((list) =>
  known(list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true }))"""


def measure() -> list[Reading]:
    """Seconds until the largest part in view is drawn, median over rounds in which the pages take turns."""
    path = chromium_here()
    if not path:
        raise CannotRun("there is no Chromium: run `python3 run.py test` once, or name one in CHROMIUM")
    flags = ["--disable-gpu", "--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=path, args=flags)
        site = os.environ[SITE_VARIABLE]
        visits = {name: partial(_seconds, browser, site + path) for name, path in (PAGES | READING).items()}
        taken = interleaved(visits, ROUNDS)
        browser.close()
    line = f"first view at {KILOBITS} kbit/s and {ROUND_TRIP_MS} ms"
    return [Reading(f"{name}, {line}", seconds, "s", at_most=MOST_SECONDS) for name, seconds in taken.items()]


def _seconds(browser: Browser, address: str) -> float:
    with browser.new_context(viewport=PHONE) as context:  # type: ignore[arg-type]
        page = context.new_page()
        line = {"latency": ROUND_TRIP_MS, "downloadThroughput": KILOBITS * 125, "uploadThroughput": KILOBITS * 125}
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", {"offline": False, **line})
        answer = page.goto(address)
        if answer is None or not answer.ok:
            raise CannotRun(f"{address} answers {answer.status if answer else 'nothing'}")
        shown: float = page.evaluate(LARGEST)
        return shown / 1000
