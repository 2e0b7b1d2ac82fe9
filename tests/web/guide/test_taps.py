"""Taps, counted by walking the real links: from worry to the call in at most six, from any staff page in one."""

from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.factories import make_account, make_person, make_post
from tests.factories.guide import GuideWorld as World
from tests.factories.visits import signed_in
from upstander.district.places.models import District
from upstander.program.guidance.selectors.branches import shipped_branches
from upstander.web.shared.navigation import PLACES

MOST_FROM_WORRY = 6
BRANCHES = shipped_branches()


class Links(HTMLParser):
    """The addresses of a page's links, those to a place on the page left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") or ""
        if tag == "a" and href.startswith("/"):
            self.found.append(href)


class Walker:
    """Follows links breadth first inside the guide, each page fetched once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._links: dict[str, list[str]] = {}

    def links(self, path: str) -> list[str]:
        if path not in self._links:
            response = self._client.get(path)
            assert response.status_code == 200, path
            self._links[path] = Links(response.content.decode()).found
        return self._links[path]

    def taps(self, start: str) -> dict[str, int]:
        """Every page of the guide that can be reached from `start`, and how many taps away it is."""
        found, ahead = {start: 0}, deque([start])
        while ahead:
            here = ahead.popleft()
            if is_call(here):
                continue
            for path in self._inside(here, start):
                if path not in found:
                    found[path] = found[here] + 1
                    ahead.append(path)
        return found

    def _inside(self, here: str, start: str) -> Iterator[str]:
        return (path for path in self.links(here) if path.startswith(start) or is_call(path))


def is_call(path: str) -> bool:
    return path.endswith("/guide/call/") or "/guide/call/at/" in path


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("door", ["open", "staff"])
def test_every_branch_ends_at_the_call_in_six_taps(world: World, language: str, door: str) -> None:
    walker = Walker(Client(SERVER_NAME="localhost"))
    first = f"/{language}/guide/" + (f"door/{world.code}/" if door == "staff" else "")
    reached = walker.taps(first)
    expected = {f"{first}when/{key}/" for key, branch in BRANCHES.items() if branch.opens(is_staff=door == "staff")}
    assert expected - set(reached) == set()
    for path in expected:
        onward = min(taps for page, taps in walker.taps(path).items() if is_call(page))
        assert reached[path] + onward <= MOST_FROM_WORRY, path
        assert onward == 1, path


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_call_is_one_tap_from_the_staff_pages(world: World, language: str) -> None:
    account = make_account()
    make_post(make_person(District.objects.get(key="alder"), account=account), "coordinator")
    walker, start = Walker(signed_in(account)), f"/{language}/staff/"
    inside = [path for path in walker.links(start) if path.startswith(f"/{language}/") and not path.endswith("/about/")]
    assert len(inside) > len(PLACES) // 2
    far = [path for path in {start, *inside} if not any(map(is_call, walker.links(path)))]
    assert far == [], "more than a tap away"
