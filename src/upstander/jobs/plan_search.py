"""The search for a better plan: long work between short transactions, so that the page can follow it.

Killed in the middle, the queue runs it again from the start; it writes the plan only once, at its end.
"""

import logging
from pathlib import Path
from time import monotonic

from procrastinate.contrib.django import app

from upstander.engines.planning import Answer, Progress, plan
from upstander.foundation.kernel import wheels
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.db import in_district
from upstander.jobs.tasks import RETRY
from upstander.program.training.services.plan_runs import SEARCH, Work, begin_search, end_search, tell_progress

log = logging.getLogger(__name__)
TELL_EVERY_SECONDS = 1.0
SOLVER, PACKAGES = "ortools", "requirements-planning.txt"
ROOT = Path(__file__).resolve().parents[3]


class Teller:
    """Tells the page how far the search is, about once a second, and hears whether it shall stop."""

    def __init__(self, actor: Actor, ref: str) -> None:
        self._actor, self._ref = actor, ref
        self._latest: Progress | None = None
        self._told_at = 0.0
        self._goes_on = True

    def tell(self, progress: Progress) -> None:
        """Keep the newest; it is written when the next second begins."""
        self._latest = progress
        self.is_cancelled()

    def is_cancelled(self) -> bool:
        """Asked often, answered from the database once a second."""
        if monotonic() - self._told_at >= TELL_EVERY_SECONDS:
            with in_district(self._actor.district_id):
                told = {"actor": self._actor, "ref": self._ref, "progress": self._latest, "at": now()}
                self._goes_on = tell_progress(**told)  # type: ignore[arg-type]
            self._told_at = monotonic()
        return not self._goes_on


@app.task(name=SEARCH, retry=RETRY)
def search_plan(district_id: int, ref: str) -> None:
    """Search, and keep what was found."""
    actor = job(SEARCH, district_id, frozenset({"training.plan"}))
    with in_district(district_id):
        work = begin_search(actor=actor, ref=ref, at=now())
    if work is None:
        return
    answer, how = _found(work, Teller(actor, ref))
    with in_district(district_id):
        end_search(actor=actor, ref=ref, answer=answer, at=now(), how=how)


def _found(work: Work, teller: Teller) -> tuple[Answer | None, str]:
    if not wheels.have(SOLVER, PACKAGES, ROOT):
        log.warning("OR-Tools is not installed and could not be, so no plan can be searched for.")
        return None, "no_solver"
    answer = plan(work.problem, limit_seconds=work.limit_seconds, tell=teller.tell, is_cancelled=teller.is_cancelled)
    return answer, ""
