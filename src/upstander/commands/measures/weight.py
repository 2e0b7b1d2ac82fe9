"""Bytes that a first visit to a page loads: the page, and every file it names, as they come over the wire."""

import os
from html.parser import HTMLParser
from urllib.parse import urljoin

from upstander.commands.measures.readings import Reading
from upstander.commands.measures.stage import SITE_VARIABLE
from upstander.commands.measures.visits import PAGES, READING, loaded, port_of

MOST_KILOBYTES = 80.0
NAMED_IN = {"script": "src", "img": "src", "use": "href"}
LOADED_LINKS = ("stylesheet", "icon")


def measure() -> list[Reading]:
    """Kilobytes a page, everything it loads included."""
    port = port_of(os.environ[SITE_VARIABLE])
    found = {name: weight_of(port, path) for name, path in (PAGES | READING).items()}
    return [
        Reading(f"{name}, all it loads", size / 1000, "KB", at_most=MOST_KILOBYTES) for name, (size, _) in found.items()
    ] + [Reading(f"{name}, the page itself", own / 1000, "KB") for name, (_, own) in found.items()]


def weight_of(port: int, path: str) -> tuple[int, int]:
    """Bytes of all, and of the page alone. Pictures named in the stylesheet load only where they are drawn: the
    measured pages draw none."""
    own = len(loaded(port, path))
    names = loaded_by(loaded(port, path, packed=False).decode())
    return own + sum(len(loaded(port, urljoin(path, name))) for name in names), own


def loaded_by(page: str) -> set[str]:
    """The addresses of the files that a browser asks for when it shows the page, without their fragments."""
    reader = _Reader()
    reader.feed(page)
    return {name.partition("#")[0] for name in reader.names}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        attribute = NAMED_IN.get(tag, "")
        if tag == "link" and given.get("rel") in LOADED_LINKS:
            attribute = "href"
        if value := given.get(attribute):
            self.names.add(value)
