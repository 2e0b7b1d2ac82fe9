"""Counting due days again after a requirement changed, part by part between short transactions.

Killed in the middle, the queue runs it again, and it goes on where the last whole part ended.
"""

from procrastinate.contrib.django import app

from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.db import in_district
from upstander.jobs.tasks import RETRY
from upstander.program.compliance.services import count_part
from upstander.program.compliance.services.recounts import COUNT_AGAIN


@app.task(name=COUNT_AGAIN, retry=RETRY)
def count_again(district_id: int, ref: str) -> None:
    """Count until nobody is left."""
    actor, has_more = job(COUNT_AGAIN, district_id, frozenset()), True
    while has_more:
        with in_district(district_id):
            has_more = count_part(actor=actor, ref=ref, at=now())
