"""Coverage of the large district on past days: the time until the numbers are there, PostgreSQL's part included."""

import datetime as dt
import time
from functools import partial

from upstander.commands.measures.readings import CannotRun, Reading, interleaved
from upstander.commands.measures.visits import first_district
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.db import in_district
from upstander.insights.coverage import board_for
from upstander.program.compliance.selectors.coverage import Wanted

MOST_MILLISECONDS = 300.0
DAYS_AGO = (0, 30, 90, 180, 300)
ROUNDS = 5


def measure() -> list[Reading]:
    """Milliseconds for each of some days; the promise is about any of them."""
    taken = interleaved({f"coverage {ago} days ago": partial(_milliseconds, ago) for ago in DAYS_AGO}, ROUNDS)
    return [Reading(name, number, "ms", at_most=MOST_MILLISECONDS) for name, number in taken.items()]


def _milliseconds(days_ago: int) -> float:
    district, at = first_district(), clock.now()
    actor = job("bench", district.pk, frozenset({"coverage.read"}))
    on = at.date() - dt.timedelta(days=days_ago)
    began = time.perf_counter()
    with in_district(district.pk, read_only=True):
        board = board_for(actor=actor, on=on, known_at=at, language="en", wanted=Wanted())
    if board.coverage is None:
        raise CannotRun(f"no requirement was in force on {on}")
    return (time.perf_counter() - began) * 1000
