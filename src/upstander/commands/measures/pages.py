"""Processor time of a page in the web process, PostgreSQL's share apart.

Pages that are the same for many are kept for some seconds; so each is measured twice: as readers get it, and drawn
anew, as the first of them does. A page asked for with a query is never a kept one.
"""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.db import connection

from upstander.commands import demo_people
from upstander.commands.measures.readings import YARDSTICK, CannotRun, Reading, interleaved, yardstick
from upstander.commands.measures.visits import OK, PAGES, Visitor, door_code, processor_milliseconds, sign_in

CPU_MILLISECONDS = 2.0
DRAWN_ANEW = "?drawn=anew"
STAFF_PAGES = {"first screen": "", "branch": "when/campus/", "rule": "rule/"}
WARM_UP, BATCH, ROUNDS = 5, 8, 7


def measure() -> list[Reading]:
    """Milliseconds a page, median over rounds in which the pages take turns."""
    actions: dict[str, Callable[[], float]] = {}
    for name, (visitor, path) in _pages().items():
        for manner, address in ((name, path), (f"{name} drawn anew", path + DRAWN_ANEW)):
            _warm_up(visitor, manner, address)
            actions[f"{manner}, processor"] = partial(processor_milliseconds, visitor, address, BATCH)
    taken = interleaved(actions | {YARDSTICK: yardstick}, ROUNDS)
    measured_by = Reading(YARDSTICK, taken.pop(YARDSTICK), "ms")
    readings = [Reading(name, number, "ms", at_most=CPU_MILLISECONDS) for name, number in taken.items()]
    return [measured_by, *readings, *_databases_share(Visitor())]


def _pages() -> dict[str, tuple[Visitor, str]]:
    """Each page with who asks for it: anyone, who holds a site's code, and a teacher who signed in."""
    anyone, teacher = Visitor(), Visitor()
    sign_in(teacher, next(person for person in demo_people.PEOPLE if person.post == "teacher"))
    ways = {"by code": (anyone, f"/en/guide/door/{door_code()}/"), "signed in": (teacher, "/en/guide/door/")}
    behind = {
        f"staff {name}, {way}": (visitor, door + path)
        for name, path in STAFF_PAGES.items()
        for way, (visitor, door) in ways.items()
    }
    return {name: (anyone, path) for name, path in PAGES.items()} | behind


def _warm_up(visitor: Visitor, name: str, path: str) -> None:
    for _ in range(WARM_UP):
        visitor.get(path)
    if visitor.status != OK:
        raise CannotRun(f"the {name} answers {visitor.status}")


def _databases_share(visitor: Visitor) -> list[Reading]:
    """What PostgreSQL's process for our connection spends meanwhile; only Linux tells."""
    process = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not process.exists():
        return []
    readings = []
    for name, path in PAGES.items():
        before = _ticks(process)
        for _ in range(BATCH * ROUNDS):
            visitor.get(path + DRAWN_ANEW)
        seconds = (_ticks(process) - before) / os.sysconf("SC_CLK_TCK")
        readings.append(Reading(f"{name} drawn anew, PostgreSQL", seconds * 1000 / (BATCH * ROUNDS), "ms"))
    return readings


def _ticks(process: Path) -> int:
    """User and system time; the name before them may hold spaces and is closed by a bracket."""
    fields = process.read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
