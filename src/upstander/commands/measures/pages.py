"""Processor time of a page in the web process, PostgreSQL's share apart.

Pages that are the same for everyone are kept for some seconds; so each is measured twice: as visitors get it, and
drawn anew, as the first of them does. A visitor with any cookie is never given a kept page.
"""

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.db import connection

from upstander.commands.measures.readings import CannotRun, Reading, interleaved
from upstander.commands.measures.visits import OK, PAGES, Visitor

CPU_MILLISECONDS = 2.0
ANY_COOKIE = "drawn=anew"
YARDSTICK = "yardstick, 100,000 additions"
WARM_UP, BATCH, ROUNDS = 10, 20, 7


def measure() -> list[Reading]:
    """Milliseconds a page, median over rounds in which the pages take turns."""
    visitor, anew = Visitor(), Visitor(cookie=ANY_COOKIE)
    actions: dict[str, Callable[[], float]] = {}
    for name, path in PAGES.items():
        _warm_up(visitor, name, path)
        _warm_up(anew, name, path)
        actions[f"{name}, processor"] = partial(_own, visitor, path)
        actions[f"{name} drawn anew, processor"] = partial(_own, anew, path)
    taken = interleaved(actions | {YARDSTICK: _yardstick}, ROUNDS)
    yardstick = Reading(YARDSTICK, taken.pop(YARDSTICK), "ms")
    readings = [Reading(name, number, "ms", at_most=CPU_MILLISECONDS) for name, number in taken.items()]
    return [yardstick, *readings, *_databases_share(anew)]


def _warm_up(visitor: Visitor, name: str, path: str) -> None:
    for _ in range(WARM_UP):
        visitor.get(path)
    if visitor.status != OK:
        raise CannotRun(f"the {name} answers {visitor.status}")


def _yardstick() -> float:
    """How fast the machine is while the pages are measured: about 4 ms where nothing else runs."""
    began = time.process_time()
    total = 0
    for number in range(100_000):
        total += number
    return (time.process_time() - began) * 1000


def _own(visitor: Visitor, path: str) -> float:
    began = time.process_time()
    for _ in range(BATCH):
        visitor.get(path)
    return (time.process_time() - began) * 1000 / BATCH


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
