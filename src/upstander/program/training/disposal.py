"""What visitors and members left behind, and when it goes."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import events, policies, states
from upstander.program.training.models import BusyTime, ConnectedCalendar, Request, UnprovenRequest
from upstander.program.training.selectors.matching import members_on

ADDRESSES_ARE_KEPT = dt.timedelta(days=180)  # after a request ended: long enough for a question about it


@transaction.atomic
def forget_visitors(*, actor: Actor, at: dt.datetime) -> int:
    """Delete links that ran out, and addresses and phone numbers half a year after requests ended; gives how many.

    Doing it again changes nothing, and then nothing is recorded. A legal hold keeps what belongs to a request.
    """
    unproven = UnprovenRequest.objects.filter(district_id=actor.district_id, expires_at__lte=at).delete()[0]
    ended = Request.objects.filter(district_id=actor.district_id, state_since__lte=at - ADDRESSES_ARE_KEPT)
    ended = ended.exclude(state__in=states.ON_THEIR_WAY).exclude(contact_email="", contact_phone="")
    requests = 0 if settings.LEGAL_HOLD else ended.update(contact_email="", contact_phone="")
    if unproven or requests:
        record(events.FORGOTTEN, actor=actor, subject="visitors", at=at, unproven=unproven, requests=requests)
    return unproven + requests


@transaction.atomic
def forget_calendars(*, actor: Actor, at: dt.datetime) -> int:
    """Delete addresses and busy times of connected calendars whose owners left the Cadre; gives their number.

    Doing it again changes nothing, and then nothing is recorded.
    """
    here = members_on(policies.today(actor, at))
    gone = ConnectedCalendar.objects.filter(district_id=actor.district_id).exclude(member__in=here)
    BusyTime.objects.filter(is_connected=True, member__in=gone.values("member")).delete()
    count = gone.delete()[0]
    if count:
        record(events.CALENDARS_FORGOTTEN, actor=actor, subject="calendars", at=at, count=count)
    return count
