"""Letting go of files that can be made again."""

import datetime as dt

from django.db import transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance import events
from upstander.program.compliance.models import PackFile


@transaction.atomic
def forget_pack_files(*, actor: Actor, at: dt.datetime) -> int:
    """Erase the files of packs whose time is over; gives their number. Question and digest stay: who needs the file
    has it made again. A job's work; safe to run twice.
    """
    over = PackFile.objects.filter(district_id=actor.district_id, kept_until__lte=at)
    count = over.update(content=None, kept_until=None)
    if count:
        record(events.PACK_FILES_FORGOTTEN, actor=actor, subject="packs", at=at, count=count)
    return count
