"""Processor time of a page in the web process, PostgreSQL's share apart."""

import os
import time
from functools import partial
from pathlib import Path

from django.db import connection

from upstander.commands.measures.readings import CannotRun, Reading, interleaved
from upstander.commands.measures.visits import OK, PAGES, Visitor

CPU_MILLISECONDS = 2.0
WARM_UP, BATCH, ROUNDS = 20, 50, 9


def measure() -> list[Reading]:
    """Milliseconds a page, median over rounds in which the pages take turns."""
    visitor = Visitor()
    for name, path in PAGES.items():
        for _ in range(WARM_UP):
            visitor.get(path)
        if visitor.status != OK:
            raise CannotRun(f"the {name} answers {visitor.status}")
    own = interleaved({name: partial(_own, visitor, path) for name, path in PAGES.items()}, ROUNDS)
    readings = [Reading(f"{name}, processor", own[name], "ms", at_most=CPU_MILLISECONDS) for name in PAGES]
    return readings + _databases_share(visitor)


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
        readings.append(Reading(f"{name}, PostgreSQL's part", seconds * 1000 / (BATCH * ROUNDS), "ms"))
    return readings


def _ticks(process: Path) -> int:
    """User and system time; the name before them may hold spaces and is closed by a bracket."""
    fields = process.read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
