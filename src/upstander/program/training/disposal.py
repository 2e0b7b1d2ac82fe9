"""What visitors left behind, and when it goes."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import events, states
from upstander.program.training.models import Request, UnprovenRequest

ADDRESSES_ARE_KEPT = dt.timedelta(days=180)  # after a request ended: long enough for a question about it


@transaction.atomic
def forget_visitors(*, actor: Actor, at: dt.datetime) -> int:
    """Delete links that ran out, and addresses of visitors half a year after their requests ended; gives their number.

    Doing it again changes nothing, and then nothing is recorded. A legal hold keeps what belongs to a request.
    """
    unproven = UnprovenRequest.objects.filter(district_id=actor.district_id, expires_at__lte=at).delete()[0]
    ended = Request.objects.filter(district_id=actor.district_id, state_since__lte=at - ADDRESSES_ARE_KEPT)
    ended = ended.exclude(state__in=states.ON_THEIR_WAY).exclude(contact_email="")
    requests = 0 if settings.LEGAL_HOLD else ended.update(contact_email="")
    if unproven or requests:
        record(events.FORGOTTEN, actor=actor, subject="visitors", at=at, unproven=unproven, requests=requests)
    return unproven + requests
