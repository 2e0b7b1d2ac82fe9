"""The coverage board of the large district as a coordinator opens it: processor time and queries of a page."""

import logging
import re
from functools import partial

from upstander.commands import demo_people
from upstander.commands.measures.readings import YARDSTICK, CannotRun, Reading, interleaved, yardstick
from upstander.commands.measures.visits import OK, Visitor, processor_milliseconds

MOST_MILLISECONDS, MOST_QUERIES = 15.0, 12
PAGES = {
    "coverage board": "/en/coverage/",
    "coverage board, last page": "/en/coverage/?page=18",
    "coverage board, by name": "/en/coverage/?order=name",
}
SIGN_IN = "/en/account/sign-in/"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
FOUND, LIST = 302, b"<table"
WARM_UP, BATCH, ROUNDS = 3, 5, 7


def measure() -> list[Reading]:
    """Milliseconds a page in the web process, and the most queries any of the pages needs."""
    visitor, queries = Visitor(), _Queries()
    _sign_in(visitor)
    for name, path in PAGES.items():
        page = [visitor.get(path) for _ in range(WARM_UP)][-1]
        if visitor.status != OK or LIST not in page:
            raise CannotRun(f"the {name} answers {visitor.status} and lists no schools")
    logging.getLogger("upstander.request").addHandler(queries)
    actions = {name: partial(processor_milliseconds, visitor, path, BATCH) for name, path in PAGES.items()}
    taken = interleaved(actions | {YARDSTICK: yardstick}, ROUNDS)
    own = [Reading(f"{name}, processor", taken[name], "ms", at_most=MOST_MILLISECONDS) for name in PAGES]
    asked = Reading("coverage board, queries", queries.most, "", at_most=MOST_QUERIES)
    return [Reading(YARDSTICK, taken[YARDSTICK], "ms"), *own, asked]


def _sign_in(visitor: Visitor) -> None:
    """As the demo's first person, the coordinator, through the form that people use."""
    hidden = dict(HIDDEN.findall(visitor.get(SIGN_IN).decode()))
    person = demo_people.PEOPLE[0]
    visitor.post(SIGN_IN, {**hidden, "email": person.address, "password": person.password})
    if visitor.status != FOUND:
        raise CannotRun(f"signing in as {person.address} answers {visitor.status}")


class _Queries(logging.Handler):
    """Reads from the request's log line how many queries it took: the product's own count."""

    def __init__(self) -> None:
        super().__init__()
        self.most = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.most = max(self.most, record.__dict__["fields"]["queries"])
