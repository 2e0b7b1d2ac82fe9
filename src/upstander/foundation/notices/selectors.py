"""Reading notices: the demo's "sent mail" page."""

import datetime as dt
from dataclasses import dataclass

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.models import Notice, NoticeSent


@dataclass(frozen=True)
class SentMail:
    """One sent message as the outbox page shows it."""

    ref: str
    recipient: str
    subject: str
    body: str
    calendar: str
    sent_at: dt.datetime


def sent_mail(*, actor: Actor, most: int = 50) -> list[SentMail]:
    """The newest sent mails of the district, private ones never. Needs `notices.read`."""
    require(actor, "notices.read", Place(actor.district_id))
    sent = list(
        NoticeSent.objects.exclude(notice_id__in=Notice.objects.filter(is_private=True).values("id")).order_by(
            "-sent_at", "-id"
        )[:most]
    )
    notices = Notice.objects.in_bulk([row.notice_id for row in sent])
    return [
        SentMail(
            ref=notices[row.notice_id].ref,
            recipient=notices[row.notice_id].recipient,
            subject=row.subject,
            body=row.body,
            calendar=notices[row.notice_id].calendar,
            sent_at=row.sent_at,
        )
        for row in sent
    ]
