"""No page asks the database the same question for each of its rows: every page of the demo, as people reach it.

The demo's lists are long. A page that asked once more for each line would send the same words over and over, and the
number of its questions would grow with the list.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from tests.access.test_routes import routes
from tests.factories.visits import HERE
from upstander.commands.demo.people import ALDER, PEOPLE, DemoPerson
from upstander.web.shared.anonymous_forms import form_token

MOST_ALIKE = 6  # some pages of a fixed size ask so often alike; what grows with a list of the demo passes it
FEWEST_PAGES = 60
LINK = re.compile(r'href="(/en/[^"#?]*)')
WORDS = re.compile(r"'(?:[^']|'')*'|\b\d+\b")
FILES = re.compile(r"\.(pdf|csv|svg|ics|zip|js|txt)/?$")  # drawn or written in bulk: slow, and no lists of rows
OTHERS = "wagtail"  # the explorer's screens ask what Wagtail asks
HOUSEKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config")


def signed_in_as(person: DemoPerson) -> Client:
    client = Client(SERVER_NAME="localhost")
    typed = {"email": person.address, "password": person.password, "form_token": form_token("sign-in")}
    assert client.post("/en/account/sign-in/", typed, headers=HERE).status_code == 302
    return client


def alike(asked: CaptureQueriesContext) -> tuple[int, str]:
    """How often the page sent the same words, and which."""
    said = (re.sub(r"\s+", " ", WORDS.sub("?", query["sql"])).strip() for query in asked.captured_queries)
    counts = Counter(words for words in said if not words.startswith(HOUSEKEEPING))
    words, times = max(counts.items(), key=lambda each: each[1], default=("", 0))
    return times, words


def walked(client: Client, seen: set[str]) -> Iterator[tuple[str, str, tuple[int, str]]]:
    """Each route that nobody has opened yet, once, from the pages without a ref on along their links."""
    starts = [path for path, _view in routes().values() if path.startswith("/en/") and "0123456789AB" not in path]
    waiting = ["/en/staff/", *sorted(starts)]
    for path in waiting:
        try:
            name = resolve(path).view_name
        except Resolver404:
            continue
        if name in seen or name.startswith(OTHERS) or FILES.search(path):
            continue
        with CaptureQueriesContext(connection) as asked:
            answer: Any = client.get(path)
            b"".join(answer)  # a file is asked for to its end, and closed there
        if answer.status_code == 200:
            seen.add(name)
            yield name, path, alike(asked)
            if "html" in answer["Content-Type"]:
                waiting += LINK.findall(answer.content.decode())


@pytest.mark.usefixtures("demo_database")
def test_no_page_asks_for_each_of_its_rows() -> None:
    seen: set[str] = set()
    grows = []
    for person in (person for person in PEOPLE if person.district == ALDER):
        for name, path, (times, words) in walked(signed_in_as(person), seen):
            if times > MOST_ALIKE:
                grows.append(f"{name} ({path}) asks {times} times: {words[:200]} … {words[-160:]}")
    assert len(seen) > FEWEST_PAGES, "the walk has lost its way"
    assert not grows, "\n".join(grows)
