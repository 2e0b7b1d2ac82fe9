"""Letting go of the rows of old files."""

import datetime as dt

from django.db import transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.imports import events
from upstander.program.imports.models import Import, ImportSheet
from upstander.program.imports.states import OPEN, moved

BY_TIME = "discard"


@transaction.atomic
def forget_rows(*, actor: Actor, at: dt.datetime) -> int:
    """Erase the rows of every file whose time is over, and close imports that nobody finished. A job's work; safe to
    run twice. Returns how many files were erased."""
    over = Import.objects.select_for_update().filter(district_id=actor.district_id, rows_until__lte=at)
    for load in over.filter(state__in=OPEN):
        load.state, load.state_since = moved(load.state, BY_TIME), at
        load.save(update_fields=["state", "state_since"])
        record(events.DISCARDED, actor=actor, subject=load.ref, at=at, kind=load.kind, by_time=True)
    over.exclude(vouched={}).update(vouched={})
    count: int = ImportSheet.objects.filter(load__in=over.values("pk")).delete()[0]
    if count:
        record(events.ROWS_FORGOTTEN, actor=actor, subject="imports", at=at, count=count)
    return count
