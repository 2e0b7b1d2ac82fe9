"""The coverage board of the large district as a coordinator opens it: processor time and queries of a page."""

import logging
from functools import partial

from upstander.commands.demo.people import PEOPLE
from upstander.commands.measures.readings import YARDSTICK, CannotRun, Reading, interleaved, yardstick
from upstander.commands.measures.visits import OK, Visitor, processor_milliseconds, sign_in

MOST_MILLISECONDS, MOST_QUERIES = 15.0, 12
PAGES = {
    "coverage board": "/en/coverage/",
    "coverage board, last page": "/en/coverage/?page=18",
    "coverage board, by name": "/en/coverage/?order=name",
}
LIST = b"<table"
WARM_UP, BATCH, ROUNDS = 3, 5, 7


def measure() -> list[Reading]:
    """Milliseconds a page in the web process, and the most queries any of the pages needs."""
    visitor, queries = Visitor(), _Queries()
    sign_in(visitor, PEOPLE[0])  # the coordinator
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


class _Queries(logging.Handler):
    """Reads from the request's log line how many queries it took: the product's own count."""

    def __init__(self) -> None:
        super().__init__()
        self.most = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.most = max(self.most, record.__dict__["fields"]["queries"])
