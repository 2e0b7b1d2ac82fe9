"""What Lighthouse says of each kind of public page, as on a slow phone: the median of three visits, the pages by turns.

Lighthouse is no part of the set-up: it brings a hundred packages, and nothing else here needs them. It takes minutes,
so it runs only when it is asked for by name.
"""

import json
import os
import shlex
import shutil
import statistics
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from upstander.commands import house
from upstander.commands.measures.readings import YARDSTICK, CannotRun, Reading, yardstick
from upstander.commands.measures.stage import SITE_VARIABLE
from upstander.commands.measures.visits import PAGES, READING
from upstander.commands.test import chromium_here

PROGRAM_VARIABLE = "LIGHTHOUSE"
HOW = "npm install --no-save --ignore-scripts lighthouse@12.8.2"
MORE = {"search for help": "/en/find/", "sources": "/en/sources/", "papers": "/en/toolkit/", "request": "/en/ask/"}
LEAST, ROUNDS, TRIES, PATIENCE_SECONDS = 98.0, 3, 4, 90
SEARCH_ENGINES, LISTED = "seo", "is-crawlable"  # pages that may not be listed are exempt
CATEGORIES = {"performance": "performance", "accessibility": "accessibility", "best-practices": "practices"}
FLAGS = (
    *("--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
)
BLOCKED = "total-blocking-time"


def measure() -> list[Reading]:
    """Each page's points from 0 to 100, and for how long its thread was blocked in the median visit."""
    program, browser = _program(), chromium_here()
    if not browser:
        raise CannotRun("there is no Chromium: run `python3 run.py test` once, or name one in CHROMIUM")
    site, pages = os.environ[SITE_VARIABLE], PAGES | READING | MORE
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, path in pages.items():
            told[name].append(_visit(program, browser, site + path))
    readings = [Reading(YARDSTICK, yardstick(), "ms")]
    for name, visits in told.items():
        readings += of_page(name, visits)
    return readings


def of_page(name: str, visits: list[dict[str, Any]]) -> list[Reading]:
    """The medians of a page's visits; search engines count where they may list the page."""
    audits = visits[0]["audits"]
    may_be_listed = audits[LISTED]["score"] == 1
    asked = CATEGORIES | ({SEARCH_ENGINES: "search engines"} if may_be_listed else {})
    readings = [
        Reading(f"{name}, {says}", statistics.median(_points(visit, key) for visit in visits), "", at_least=LEAST)
        for key, says in asked.items()
    ]
    blocked = statistics.median(visit["audits"][BLOCKED]["numericValue"] for visit in visits)
    return [*readings, Reading(f"{name}, thread blocked", blocked, "ms")]


def _points(visit: Mapping[str, Any], category: str) -> float:
    return float(visit["categories"][category]["score"] or 0) * 100


def _program() -> str:
    """Where Lighthouse is: named in the environment, in the checkout's packages, or on this machine."""
    inside = house.ROOT / "node_modules" / ".bin" / "lighthouse"
    found = os.environ.get(PROGRAM_VARIABLE) or (str(inside) if inside.exists() else shutil.which("lighthouse"))
    if not found:
        raise CannotRun(f"there is no Lighthouse: run `{HOW}` once, or name one in {PROGRAM_VARIABLE}")
    return found


def _visit(program: str, browser: str, address: str) -> dict[str, Any]:
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    categories = ",".join((*CATEGORIES, SEARCH_ENGINES))
    words = [program, address, "--quiet", "--no-enable-error-reporting", "--output=json", "--output-path=stdout"]
    words += [f"--only-categories={categories}", f"--chrome-flags={' '.join(flags)}"]
    env = os.environ | {"CHROME_PATH": browser}
    for _ in range(TRIES):  # a browser that did not start in time is no answer of the page's
        with suppress(subprocess.TimeoutExpired):
            run = subprocess.run(words, env=env, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
            if run.returncode == 0:
                found: dict[str, Any] = json.loads(run.stdout)
                return found
    raise CannotRun(f"Lighthouse could not look at {address}: run `{shlex.join(words)}` to see why")
