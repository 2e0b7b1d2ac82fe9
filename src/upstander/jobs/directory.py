"""Taking a file of the directory as drafts, part by part between short transactions."""

from procrastinate.contrib.django import app

from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.db import in_district
from upstander.jobs.tasks import RETRY
from upstander.program.directory.services.taking import TAKE, take_part


@app.task(name=TAKE, retry=RETRY)
def take_file(district_id: int, ref: str) -> None:
    """Take until nothing clean is left."""
    actor, has_more = job(TAKE, district_id, frozenset({"directory.edit"})), True
    while has_more:
        with in_district(district_id):
            has_more = take_part(actor=actor, ref=ref, at=now())
