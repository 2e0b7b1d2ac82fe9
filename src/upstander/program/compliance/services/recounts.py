"""Counting everyone's due days again after a requirement changed: part by part, so that a page can say how far."""

import datetime as dt

from django.db import transaction

from upstander.district.people.models import Person
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.queue.queue import defer_each
from upstander.program.compliance import events
from upstander.program.compliance.models import Recount, Requirement
from upstander.program.compliance.services.obligations import refresh

COUNT_AGAIN = "compliance.recount"
PART = 5_000


@transaction.atomic
def queue_recount(*, actor: Actor, requirement: Requirement, at: dt.datetime) -> Recount:
    """Queue the job with the change that makes it necessary. It asks for no permission: the change was allowed."""
    run = Recount.objects.create(
        district_id=actor.district_id, requirement=requirement, asked_at=at, person_count=Person.objects.count()
    )
    defer_each(COUNT_AGAIN, district_id=actor.district_id, refs=[run.ref])
    return run


@transaction.atomic
def count_part(*, actor: Actor, ref: str, at: dt.datetime, most: int = PART) -> bool:
    """Count the next `most` people again, and note it with them; whether there are more.

    Killed in the middle, nothing of the part is there, and it is counted when the job runs again. One that has ended
    stays as it is. Raises NotFound.
    """
    run = Recount.objects.select_for_update(of=("self",)).filter(ref=ref).first()
    if run is None:
        raise NotFound("recount")
    if run.ended_at:
        return False
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True)[run.counted : run.counted + most])
    is_whole = not run.counted and len(people) < most
    refresh(actor, None if is_whole else people)
    run.counted, run.told_at = run.counted + len(people), at
    run.person_count = max(run.person_count, run.counted)
    run.ended_at = None if len(people) == most else at
    run.save(update_fields=["counted", "told_at", "person_count", "ended_at"])
    if run.ended_at:
        record(events.RECOUNTED, actor=actor, subject=ref, at=at, count=run.counted)
    return run.ended_at is None
