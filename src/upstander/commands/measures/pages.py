"""Processor time of a page in the web process, PostgreSQL's share apart.

Pages that are the same for everyone are kept for some seconds; so each is measured twice: as visitors get it, and
drawn anew, as the first of them does. A visitor with any cookie is never given a kept page.
"""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.db import connection

from upstander.commands.measures.readings import YARDSTICK, CannotRun, Reading, interleaved, yardstick
from upstander.commands.measures.visits import OK, PAGES, Visitor, processor_milliseconds

CPU_MILLISECONDS = 2.0
ANY_COOKIE = "drawn=anew"
WARM_UP, BATCH, ROUNDS = 10, 20, 7


def measure() -> list[Reading]:
    """Milliseconds a page, median over rounds in which the pages take turns."""
    visitor, anew = Visitor(), Visitor(cookie=ANY_COOKIE)
    actions: dict[str, Callable[[], float]] = {}
    for name, path in PAGES.items():
        _warm_up(visitor, name, path)
        _warm_up(anew, name, path)
        actions[f"{name}, processor"] = partial(processor_milliseconds, visitor, path, BATCH)
        actions[f"{name} drawn anew, processor"] = partial(processor_milliseconds, anew, path, BATCH)
    taken = interleaved(actions | {YARDSTICK: yardstick}, ROUNDS)
    measured_by = Reading(YARDSTICK, taken.pop(YARDSTICK), "ms")
    readings = [Reading(name, number, "ms", at_most=CPU_MILLISECONDS) for name, number in taken.items()]
    return [measured_by, *readings, *_databases_share(anew)]


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
            visitor.get(path)
        seconds = (_ticks(process) - before) / os.sysconf("SC_CLK_TCK")
        readings.append(Reading(f"{name} drawn anew, PostgreSQL", seconds * 1000 / (BATCH * ROUNDS), "ms"))
    return readings


def _ticks(process: Path) -> int:
    """User and system time; the name before them may hold spaces and is closed by a bracket."""
    fields = process.read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
