"""The queue's table: job name -> function. Each opens its district like a request does, and may run twice."""

from collections.abc import Callable

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.db import in_district
from upstander.foundation.notices.services import SEND, send_notice

RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


def in_its_district(name: str, work: Callable[[Actor, str], object]) -> None:
    """Register `work` under `name`; it gets a job actor and the record's ref inside one transaction."""

    @app.task(name=name, retry=RETRY)
    def run(district_id: int, ref: str) -> None:
        with in_district(district_id):
            work(job(name, district_id, frozenset()), ref)


in_its_district(SEND, lambda actor, ref: send_notice(actor=actor, ref=ref, at=now()))
