"""Letting go of guests: their names and addresses serve one day."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.gatherings import events
from upstander.program.gatherings.models import Guest, Speaker
from upstander.program.gatherings.policies import LINK_LIVES
from upstander.program.gatherings.states import Place

GUESTS_ARE_KEPT = dt.timedelta(days=30)  # after the day: long enough for a certificate of attendance or a question


@transaction.atomic
def forget_guests(*, actor: Actor, at: dt.datetime) -> int:
    """Delete links that ran out, and a month after a symposium its guests and whom its speakers could call.

    The numbers stay with the symposium. Doing it again changes nothing, and then nothing is recorded. A legal hold
    keeps what belongs to a symposium. Returns how many guests were deleted.
    """
    here = Guest.objects.filter(district_id=actor.district_id)
    unproven = here.filter(state=Place.UNPROVEN, state_since__lte=at - LINK_LIVES).delete()[0]
    guests = 0
    if not settings.LEGAL_HOLD:
        before = {"symposium__ends_at__lte": at - GUESTS_ARE_KEPT}
        guests = here.filter(**before).delete()[0]
        Speaker.objects.filter(district_id=actor.district_id, **before).update(care_name="", care_phone="")
    if unproven or guests:
        record(events.GUESTS_FORGOTTEN, actor=actor, subject="guests", at=at, guests=guests, unproven=unproven)
    return unproven + guests
