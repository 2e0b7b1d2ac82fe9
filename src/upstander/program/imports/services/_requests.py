"""Requests of a list: what is over becomes history, what is open waits in the queue from now on."""

import datetime as dt

from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.program.imports.content.outcomes import NEW, Change
from upstander.program.imports.models import EarlierRequest, EarlierRequestRetraction, Import, ImportResult
from upstander.program.imports.selectors.requests import COORDINATE
from upstander.program.training.services.taking_over import Former, let_go_of_requests, take_over_requests

BATCH = 5_000


def record_requests(actor: Actor, load: Import, writes: list[Change], tell: bool, at: dt.datetime) -> list[str]:
    """Note what is over, and let the rest wait; whoever asked hears of it with `tell`. The refs in their order."""
    past = iter(_note_past(actor, load, [change for change in writes if change.outcome == NEW], at))
    formers = [_former(change) for change in writes if change.outcome != NEW]
    lender = lend(actor, COORDINATE)
    waiting = iter(take_over_requests(actor=lender, formers=formers, tell=tell, at=at) if formers else [])
    return [next(past).ref if change.outcome == NEW else next(waiting).ref for change in writes]


def take_back_requests(actor: Actor, load: Import, at: dt.datetime) -> None:
    """What was history stands no more; what waits is withdrawn, unless somebody has touched it."""
    said = {"district_id": load.district_id, "recorded_at": at, "recorded_by": actor.name}
    past = list(EarlierRequest.objects.filter(load=load).order_by("pk"))
    EarlierRequestRetraction.objects.bulk_create(
        [EarlierRequestRetraction(request=row, **said) for row in past], batch_size=BATCH
    )
    made = set(ImportResult.objects.filter(load=load).values_list("made_ref", flat=True))
    waiting = made - {row.ref for row in past}
    if waiting:
        let_go_of_requests(actor=lend(actor, COORDINATE), refs=waiting, at=at)


def _note_past(actor: Actor, load: Import, changes: list[Change], at: dt.datetime) -> list[EarlierRequest]:
    rows = [
        EarlierRequest(
            district_id=load.district_id,
            site_id=change.target,
            asked_on=change.line.day,
            head_count=change.line.heads,
            load=load,
            recorded_at=at,
            recorded_by=actor.name,
        )
        for change in changes
        if change.line.day  # a request without a day is never read
    ]
    return EarlierRequest.objects.bulk_create(rows, batch_size=BATCH)


def _former(change: Change) -> Former:
    line, asked = change.line, change.line.asked
    assert asked, "a list of requests has no other lines"
    assert asked.kind, "an open request has a kind"
    assert line.day, "a request without a day is never read"
    return Former(change.target, asked.kind, line.day, line.heads or 0, asked.email)
