"""Walks through the guide as a reader takes them: first screen, each branch, the call, by the links of the pages.

Every branch of both doors is walked in both languages. A walk's time is what the application takes to answer its
pages, PostgreSQL included; its taps are the links followed from the first screen on.
"""

import gzip
import statistics
import time
from collections.abc import Iterator
from html.parser import HTMLParser

from upstander.commands.measures.readings import CannotRun, Reading
from upstander.commands.measures.visits import OK, Visitor, door_code

MOST_TAPS, ROUNDS = 6, 3
PACKED = b"\x1f\x8b"  # how gzip begins: kept pages come packed
LANGUAGES = ("en", "es")


def measure() -> list[Reading]:
    """Median and slowest time of a branch's walk, and the most taps any branch needs."""
    visitor, code = Visitor(), door_code()
    starts = [f"/{language}/guide/{door}" for language in LANGUAGES for door in ("", f"door/{code}/")]
    walks = [walk for start in starts for walk in _walks(visitor, start)]
    medians = [statistics.median(_milliseconds(visitor, walk) for _ in range(ROUNDS)) for walk in walks]
    return [
        Reading("guide, branches walked to the call", len(walks), "walks"),
        Reading("guide, taps of the longest walk", max(len(walk) - 1 for walk in walks), "taps", at_most=MOST_TAPS),
        Reading("guide, a walk, median of the branches", statistics.median(medians), "ms"),
        Reading("guide, a walk, slowest branch", max(medians), "ms"),
    ]


def _walks(visitor: Visitor, start: str) -> Iterator[list[str]]:
    """The shortest walk over each branch of the first screen, as addresses. Raises CannotRun for a dead end."""
    for branch in _links(visitor, start):
        if branch.startswith(f"{start}when/"):
            yield [start, *_to_the_call(visitor, [branch])]


def _to_the_call(visitor: Visitor, walk: list[str]) -> list[str]:
    ahead = [walk]
    while ahead:
        here, *ahead = ahead
        links = _links(visitor, here[-1])
        if call := next((link for link in links if "/guide/call/" in link), None):
            return [*here, call]
        if len(here) < MOST_TAPS:
            ahead += [[*here, link] for link in links if "/when/" in link and link not in here]
    raise CannotRun(f"{walk[0]} does not lead to the call")


def _milliseconds(visitor: Visitor, walk: list[str]) -> float:
    began = time.perf_counter()
    for path in walk:
        visitor.get(path)
    return (time.perf_counter() - began) * 1000


def _links(visitor: Visitor, path: str) -> list[str]:
    page = visitor.get(path)
    if visitor.status != OK:
        raise CannotRun(f"{path} answers {visitor.status}")
    reader = Links()
    reader.feed((gzip.decompress(page) if page.startswith(PACKED) else page).decode())
    return reader.found


class Links(HTMLParser):
    """The addresses that a page's links lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link's address."""
        if tag == "a":
            self.found.append(dict(attrs).get("href") or "")
