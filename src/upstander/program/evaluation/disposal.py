"""Codes that people made up, and when they go."""

import datetime as dt

from django.db import transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.evaluation import events
from upstander.program.evaluation.models import AnswerSheet
from upstander.program.evaluation.policies import STAYS_OPEN


@transaction.atomic
def forget_links(*, actor: Actor, at: dt.datetime) -> int:
    """Forget the codes of sessions whose questions have closed; gives their number. Doing it again changes nothing."""
    over = AnswerSheet.objects.filter(district_id=actor.district_id, session__ends_at__lte=at - STAYS_OPEN)
    count = over.exclude(link="").update(link="")
    if count:
        record(events.LINKS_FORGOTTEN, actor=actor, subject="evaluation", at=at, count=count)
    return count
