"""What every page must pass, in a real browser. Each check raises with words that name what is wrong."""

import gzip
import json
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page, Request, Response
from tests.browser.mirrored import MIRRORED, mirrored

ROOT = Path(__file__).resolve().parents[2]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEAVIEST_PAGE = 80 * 1024
UNCHANGED = 304
STATIC = "/static/"
WEIGHED: dict[str, int] = {}
NARROW, SHORT = 320, 256  # 1280 x 1024 at 400 %

LISTEN_FOR_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}`));
"""
WIDTH = """() => [document.documentElement.scrollWidth, [...document.querySelectorAll("body *")].filter((one) => {
  const { left, right, width } = one.getBoundingClientRect();
  const isOut = width && (right > innerWidth + 1 || left < -1);
  return isOut && one.checkVisibility() && !one.closest(".table-wrap, svg, .only-read-aloud, .skip");
}).map((one) => one.outerHTML.slice(0, 120)).slice(0, 5)]"""
OTHERWISE_NAMED = """() => [...document.querySelectorAll(":is(a, button, summary, input)[aria-label]")]
  .map((one) => [one.textContent.trim().replace(/\\s+/g, " "), one.getAttribute("aria-label")])
  .map((pair) => pair.map((words) => words.toLowerCase()))
  .filter(([seen, name]) => /[\\p{L}\\p{N}]/u.test(seen) && !name.includes(seen))"""
FOCUS = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const style = getComputedStyle(it), holder = it.closest(".door, .tile");
  const box = it.getBoundingClientRect();
  const label = it.nextElementSibling;
  const rings = [style, holder && getComputedStyle(holder), label && getComputedStyle(label, "::before")];
  return {
    name: (it.getAttribute("aria-label") || it.textContent || it.name || it.id).trim().slice(0, 60),
    seen: rings.some((one) => one && (one.outlineStyle !== "none" && one.outlineWidth !== "0px")),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: [...document.querySelectorAll(".with-leave .leave, .in-reach")].some((bar) => covers(bar, it, box)),
  };
  function covers(bar, it, box) {
    if (bar.contains(it) || getComputedStyle(bar).position !== "fixed") return false;
    const over = bar.getBoundingClientRect();
    return box.top >= over.top && box.left < over.right && box.right > over.left;
  }
}"""
# Each stop is looked at as the key comes up again: to ask after every press would take as long as the press itself.
# The end is where nothing has the focus, or the first stop has it once more.
NOTE_STOPS = f"""() => {{
  const stopped = {FOCUS};
  let first;
  document.activeElement.blur();
  scrollTo(0, 0);
  window.stops = [];
  addEventListener("keyup", () => {{
    const here = document.activeElement;
    window.stops.push(here === first ? null : stopped());
    first ??= here;
  }}, {{ capture: true }});
}}"""
AT_A_TIME = 12


class Watch:
    """What a page asked for and what its policy refused, from its first byte on."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page, self.site, self.origin = page, origin, urlsplit(origin).netloc
        self.foreign: list[str] = []
        self.answers: list[Response] = []
        self.errors: list[str] = []
        page.on("request", self._note)
        page.on("response", self._note_answer)
        page.on("pageerror", self._note_error)

    def _note(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != self.origin:
            self.foreign.append(request.url)

    def _note_answer(self, answer: Response) -> None:
        self.answers.append(answer)

    def _note_error(self, error: Error) -> None:
        self.errors.append(str(error))

    def end(self) -> None:
        """Watch no longer: the page is opened anew by somebody else."""
        self.page.remove_listener("request", self._note)
        self.page.remove_listener("response", self._note_answer)
        self.page.remove_listener("pageerror", self._note_error)

    def no_foreign_requests(self) -> None:
        """Nothing left the origin."""
        assert not self.foreign, f"requests to other origins: {self.foreign}"

    def no_policy_violations(self) -> None:
        """The strict policy refused nothing, and no script broke."""
        violations = self.page.evaluate("window.violations")
        assert not violations, violations
        assert not self.errors, self.errors

    def everything_arrived(self) -> None:
        """Each stylesheet, script and picture was found."""
        missing = [answer.url for answer in self.answers[1:] if not (answer.ok or answer.status == UNCHANGED)]
        assert not missing, missing

    def is_light(self) -> None:
        """All that the page loaded, compressed, stays within its allowance."""
        weights = {answer.url: weight(answer) for answer in self.answers}
        assert sum(weights.values()) <= HEAVIEST_PAGE, weights

    def sets_no_cookie(self) -> None:
        """A visitor leaves with the cookies they came with: none."""
        assert self.page.context.cookies() == []


def weight(answer: Response) -> int:
    """How many bytes of it travel, compressed. Nearly all pages load the same files, and those are weighed once."""
    is_file = STATIC in answer.url
    if is_file and answer.url in WEIGHED:
        return WEIGHED[answer.url]
    found = len(gzip.compress(answer.body())) if answer.ok else 0
    if is_file and answer.ok:
        WEIGHED[answer.url] = found
    return found


@lru_cache(maxsize=1)
def _axe() -> str:
    source = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    assert source.exists(), "axe-core is missing: run `npm ci` in the checkout"
    return source.read_text()


def axe_clean(page: Page) -> None:
    """axe finds no violation of WCAG 2.2 AA. Comes last: its own style element is one for the page's policy."""
    page.evaluate(_axe())
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    told = [
        {"rule": one["id"], "help": one["help"], "where": [node["target"] for node in one["nodes"]][:5]}
        for one in found["violations"]
    ]
    assert not told, json.dumps(told, indent=1)


def fits_narrow(page: Page) -> None:
    """At 320 px, which is also 400 % zoom, nothing has to be scrolled sideways: as it is, and read from the right."""
    before = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": SHORT})
    found = {way: page.evaluate(WIDTH) for way in mirrored(page)}
    if before:
        page.set_viewport_size(before)
    for way, (width, outside) in found.items():
        assert width <= NARROW, (way, width, outside)
    # What sticks out on the side where reading begins cannot be scrolled to at all.
    assert found[MIRRORED][1] == [], found[MIRRORED]


def names_hold_what_is_seen(page: Page) -> None:
    """Whoever speaks to a button says what stands on it: a name of its own holds those words, folded parts included."""
    told = page.evaluate(OTHERWISE_NAMED)
    assert told == [], told


def walks_by_keyboard(page: Page, most: int = 156) -> list[str]:
    """Tab reaches the skip link first and the end at last; each stop shows its focus and lies in view, uncovered."""
    page.evaluate(NOTE_STOPS)
    stops: list[Any] = []
    for presses in range(1, most + 1):
        page.keyboard.press("Tab")
        if presses % AT_A_TIME == 0 and None in (stops := page.evaluate("window.stops")):
            break
    else:
        raise AssertionError(f"the keyboard never leaves the page: {stops[-5:]}")
    page.evaluate("document.activeElement.blur()")  # the last presses may have come round to the top again
    reached = stops[: stops.index(None)]
    for stop in reached:
        assert stop["seen"], f"no visible focus: {stop['name']}"
        assert stop["inside"], f"focus out of view: {stop['name']}"
        assert not stop["covered"], f"focus behind the way out: {stop['name']}"
    assert reached, "nothing on the page takes the focus"
    return [stop["name"] for stop in reached]


def no_worker_can_start(page: Page) -> None:
    """From now on, on this page: as in a browser that refuses workers."""
    page.evaluate("() => { navigator.serviceWorker.register = async () => { throw new Error('none today'); }; }")
