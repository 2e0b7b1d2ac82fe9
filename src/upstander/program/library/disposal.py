"""Letting go of former papers."""

import datetime as dt

from django.db import transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.library import events
from upstander.program.library.models import PrintEdition


@transaction.atomic
def forget_editions(*, actor: Actor, at: dt.datetime) -> int:
    """Erase the files of former editions whose time is over; gives their number. When there was which edition, and what
    changed after it, stays. A job's work; safe to run twice."""
    over = PrintEdition.objects.filter(district_id=actor.district_id, kept_until__lte=at)
    count = over.update(body=None, kept_until=None)
    if count:
        record(events.EDITIONS_FORGOTTEN, actor=actor, subject="prints", at=at, count=count)
    return count
