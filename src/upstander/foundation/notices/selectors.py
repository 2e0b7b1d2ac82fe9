"""Reading notices: the demo's "sent mail" page."""

import datetime as dt
from dataclasses import dataclass

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.models import Notice, NoticeSent, NoticeTrouble


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


def last_written(*, actor: Actor, key: str) -> dt.datetime | None:
    """When the newest notice was written whose key begins with `key`. Services ask before they write another."""
    rows = Notice.objects.filter(district_id=actor.district_id, key__startswith=key)
    return rows.order_by("-created_at").values_list("created_at", flat=True).first()


@dataclass(frozen=True)
class Troubled:
    """One mail that could not be delivered: to whom and why; never what it says."""

    ref: str
    recipient: str
    cause: str
    code: int | None
    tries_count: int
    tried_at: dt.datetime
    is_stopped: bool


def troubled_mail(*, actor: Actor, most: int = 200) -> list[Troubled]:
    """Mails that are tried again or wait for a person, those first; private ones never. Needs `notices.resend`."""
    require(actor, "notices.resend", Place(actor.district_id))
    public = Notice.objects.filter(is_private=False).values("id")
    rows = NoticeTrouble.objects.filter(notice_id__in=public).exclude(state=NoticeTrouble.State.GIVEN_UP)
    found = list(rows.order_by("-state", "-tried_at", "-id")[:most])
    notices = Notice.objects.in_bulk([row.notice_id for row in found])
    return [
        Troubled(
            ref=notices[row.notice_id].ref,
            recipient=notices[row.notice_id].recipient,
            cause=row.cause,
            code=row.code,
            tries_count=row.tries_count,
            tried_at=row.tried_at,
            is_stopped=row.state == NoticeTrouble.State.STOPPED,
        )
        for row in found
    ]
