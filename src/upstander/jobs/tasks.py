"""The queue's table: job name -> function. Each opens its district like a request does, and may run twice."""

import logging
from collections.abc import Callable

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from upstander.district.places.selectors import site_address
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.db import in_district
from upstander.foundation.notices.services import SEND, send_notice
from upstander.insights.call_copies import write_district
from upstander.program.guidance.disposal import forget_membership, tidy_clock
from upstander.program.guidance.services.clocks import TIDY
from upstander.program.guidance.services.joint import FORGET, REVIVE, revive_duty
from upstander.program.guidance.services.reminders import REMIND, remind
from upstander.program.law.services import COPY_CALLS
from upstander.program.materials.services.recalls import RECALL, recall_changed

log = logging.getLogger(__name__)
RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


def in_its_district(name: str, work: Callable[[Actor, str], object]) -> None:
    """Register `work` under `name`; it gets a job actor and the record's ref inside one transaction."""

    @app.task(name=name, retry=RETRY)
    def run(district_id: int, ref: str) -> None:
        with in_district(district_id):
            work(job(name, district_id, frozenset()), ref)


in_its_district(
    SEND,
    lambda actor, ref: send_notice(actor=actor, ref=ref, at=now(), site_address=site_address(actor.district_id)),
)
in_its_district(TIDY, lambda actor, ref: tidy_clock(actor=actor, ref=ref, at=now()))
in_its_district(REMIND, lambda actor, ref: remind(actor=actor, ref=ref, at=now()))
in_its_district(REVIVE, lambda actor, ref: revive_duty(actor=actor, ref=ref, at=now()))
in_its_district(FORGET, lambda actor, ref: forget_membership(actor=actor, ref=ref, at=now()))


@app.task(name=COPY_CALLS, retry=RETRY)
def copy_calls(district_id: int, ref: str) -> None:
    """Write a district's copies of the call screen again. A folder that takes no file is told to the log, and no more:

    the screen itself shows the change, and the timetable tries again each day.
    """
    try:
        write_district(district_id, at=now())
    except OSError:
        log.exception("The copies of the call screen could not be written; they hold what they held.")


@app.task(name=RECALL, retry=RETRY)
def recall(district_id: int, ref: str) -> None:
    """Ask for copies back on which a fact no longer reads as it was printed. Safe to run twice, or late."""
    with in_district(district_id):
        recall_changed(actor=job(RECALL, district_id, frozenset({"materials.manage"})), at=now())
