"""Memory of the whole running demo: starter, web processes, worker and PostgreSQL, shared pages counted once."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from upstander.commands.measures.readings import CannotRun, Reading
from upstander.commands.measures.stage import PROCESS_VARIABLE, SITE_VARIABLE
from upstander.commands.measures.visits import PAGES, answers_in, port_of

MOST_MEBIBYTES = 450.0
PROCESSES = Path("/proc")
VISIT_SECONDS = 1.0


def measure() -> list[Reading]:
    """Mebibytes after some visits to each page. `smaps_rollup` is Linux's: elsewhere this cannot be measured."""
    if not (PROCESSES / "self" / "smaps_rollup").exists():
        raise CannotRun("needs Linux: no other system says which memory processes share")
    for path in PAGES.values():
        answers_in(port_of(os.environ[SITE_VARIABLE]), path, VISIT_SECONDS)
    served = sum(map(_share, _family(int(os.environ[PROCESS_VARIABLE]))))
    database = sum(map(_share, _family(_postmaster())))
    return [
        Reading("whole running demo", served + database, "MiB", at_most=MOST_MEBIBYTES),
        Reading("its web server and worker", served, "MiB"),
        Reading("its PostgreSQL", database, "MiB"),
    ]


def _share(process: int) -> float:
    """The proportional share (PSS) of a process in mebibytes; one that has just ended has none."""
    try:
        rollup = (PROCESSES / str(process) / "smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def _family(process: int) -> Iterator[int]:
    """The process and all that descend from it, but not ourselves."""
    if process == os.getpid():
        return
    yield process
    for tasks in (PROCESSES / str(process) / "task").glob("*/children"):
        for child in tasks.read_text().split():
            yield from _family(int(child))


def _postmaster() -> int:
    """The parent of our own connection's process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (ours,) = cursor.fetchone()
    status = (PROCESSES / str(ours) / "status").read_text()
    return int(status.partition("PPid:")[2].split()[0])
