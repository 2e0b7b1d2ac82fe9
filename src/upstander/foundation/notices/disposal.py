"""When a mail is forgotten: that it went out stays, to whom and what it said goes."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices import events
from upstander.foundation.notices.models import Notice, NoticeSent, NoticeTrouble

ADDRESSES_ARE_KEPT = dt.timedelta(days=180)  # long enough for "I never got it", as for addresses of visitors


@transaction.atomic
def forget_addresses(*, actor: Actor, at: dt.datetime) -> int:
    """Empty address, text and attachment of mails written half a year ago, sent or not; gives their number.

    The row with its key stays, so that the same happening never writes a second mail. A mail without an address is
    sent no more. Doing it again changes nothing, and then nothing is recorded. A legal hold keeps all.
    """
    if settings.LEGAL_HOLD:
        return 0
    old = Notice.objects.filter(district_id=actor.district_id, created_at__lte=at - ADDRESSES_ARE_KEPT)
    gone = list(old.exclude(recipient="").values_list("pk", flat=True))
    NoticeSent.objects.filter(notice_id__in=gone).exclude(body="").update(body="")
    NoticeTrouble.objects.filter(notice_id__in=gone).delete()
    count = Notice.objects.filter(pk__in=gone).update(recipient="", facts={}, calendar="")
    if count:
        record(events.FORGOTTEN, actor=actor, subject="notices", at=at, count=count)
    return count
