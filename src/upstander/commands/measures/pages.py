"""Processor time of a page in the web process, PostgreSQL's share apart.

Pages that are the same for many are kept for some seconds; so each is measured twice: as readers get it, and drawn
anew, as the first of them does. A page asked for with a query is never a kept one. Of a page of the guide both have the
same promise; a public page to read may take longer the first time, and must cost next to nothing then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from upstander.commands.demo.people import PEOPLE
from upstander.commands.measures.readings import YARDSTICK, CannotRun, Reading, interleaved, yardstick
from upstander.commands.measures.visits import (
    OK,
    PAGES,
    READING,
    Visitor,
    database_milliseconds,
    door_code,
    processor_milliseconds,
    sign_in,
)

GUIDE_MILLISECONDS = (2.0, 2.0)  # kept, drawn anew
READING_MILLISECONDS = (0.5, 20.0)
DRAWN_ANEW = "?drawn=anew"
STAFF_PAGES = {"first screen": "", "branch": "when/campus/", "rule": "rule/"}
WARM_UP, BATCH, ROUNDS = 5, 8, 7


@dataclass(frozen=True, slots=True)
class Asked:
    """One page in one manner: who asks for it, where, and the milliseconds that were promised."""

    visitor: Visitor
    address: str
    at_most: float


def measure() -> list[Reading]:
    """Milliseconds a page, median over rounds in which the pages take turns."""
    asked = _asked()
    for name, page in asked.items():
        _warm_up(page, name)
    actions: dict[str, Callable[[], float]] = {
        name: partial(processor_milliseconds, page.visitor, page.address, BATCH) for name, page in asked.items()
    }
    taken = interleaved(actions | {YARDSTICK: yardstick}, ROUNDS)
    measured_by = Reading(YARDSTICK, taken.pop(YARDSTICK), "ms")
    readings = [
        Reading(f"{name}, processor", number, "ms", at_most=asked[name].at_most) for name, number in taken.items()
    ]
    return [measured_by, *readings, *_databases_share(Visitor())]


def _asked() -> dict[str, Asked]:
    """Each page in both manners: of anyone, who holds a site's code, and a teacher who signed in."""
    anyone, teacher = Visitor(), Visitor()
    sign_in(teacher, next(person for person in PEOPLE if person.post == "teacher"))
    ways = {"by code": (anyone, f"/en/guide/door/{door_code()}/"), "signed in": (teacher, "/en/guide/door/")}
    behind = {
        f"staff {name}, {way}": (visitor, door + path, GUIDE_MILLISECONDS)
        for name, path in STAFF_PAGES.items()
        for way, (visitor, door) in ways.items()
    }
    guide = {name: (anyone, path, GUIDE_MILLISECONDS) for name, path in PAGES.items()}
    reading = {name: (anyone, path, READING_MILLISECONDS) for name, path in READING.items()}
    found = {}
    for name, (visitor, path, (kept, anew)) in (guide | reading | behind).items():
        found[name] = Asked(visitor, path, kept)
        found[f"{name} drawn anew"] = Asked(visitor, path + DRAWN_ANEW, anew)
    return found


def _warm_up(page: Asked, name: str) -> None:
    for _ in range(WARM_UP):
        page.visitor.get(page.address)
    if page.visitor.status != OK:
        raise CannotRun(f"the {name} answers {page.visitor.status}")


def _databases_share(visitor: Visitor) -> list[Reading]:
    """What PostgreSQL's process for our connection spends meanwhile; only Linux tells."""
    if database_milliseconds() is None:
        return []
    readings = []
    for name, path in PAGES.items():
        before = database_milliseconds() or 0.0
        for _ in range(BATCH * ROUNDS):
            visitor.get(path + DRAWN_ANEW)
        spent = (database_milliseconds() or 0.0) - before
        readings.append(Reading(f"{name} drawn anew, PostgreSQL", spent / (BATCH * ROUNDS), "ms"))
    return readings
