"""What donors left behind, and when it goes."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.materials import events, states
from upstander.program.materials.models import Pledge

ADDRESSES_ARE_KEPT = dt.timedelta(days=90)  # after a promise ended: long enough for a question about it


@transaction.atomic
def forget_pledgers(*, actor: Actor, at: dt.datetime) -> int:
    """Delete links that ran out, and addresses of donors 90 days after their promises ended; gives their number.

    Doing it again changes nothing, and then nothing is recorded. A legal hold keeps what belongs to a promise.
    """
    here = Pledge.objects.filter(district_id=actor.district_id)
    unproven = here.filter(state=states.Pledge.UNPROVEN, expires_at__lte=at).delete()[0]
    ended = here.filter(state__in=states.ENDED, state_since__lte=at - ADDRESSES_ARE_KEPT).exclude(email="")
    pledges = 0 if settings.LEGAL_HOLD else ended.update(email="")
    if unproven or pledges:
        record(events.FORGOTTEN, actor=actor, subject="donors", at=at, unproven=unproven, pledges=pledges)
    return unproven + pledges
