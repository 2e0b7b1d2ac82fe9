"""Writing notices, and sending them once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from email.mime.text import MIMEText
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.models import Notice, NoticeSent
from upstander.foundation.queue.queue import defer_each

SEND = "notices.send"
BATCH = 1_000


@dataclass(frozen=True)
class Recipient:
    """Where a notice goes and in which language."""

    email: str
    language: str = "en"


@dataclass(frozen=True)
class Draft:
    """One notice to write: to whom, under which key, and what its template shows."""

    to: Recipient
    key: str
    facts: dict[str, Any]
    calendar: str = ""


def post_notice(
    *,
    actor: Actor,
    kind: str,
    to: Recipient,
    key: str,
    at: dt.datetime,
    facts: dict[str, Any],
    calendar: str = "",
    is_private: bool = False,
) -> None:
    """Write one notice; see `post_notices`, whose `transaction.atomic` is this one's too."""
    post_notices(actor=actor, kind=kind, drafts=[Draft(to, key, facts, calendar)], at=at, is_private=is_private)


@transaction.atomic
def post_notices(
    *, actor: Actor, kind: str, drafts: Iterable[Draft], at: dt.datetime, is_private: bool = False
) -> None:
    """Write notices of one kind and queue their sending, in the caller's transaction and in three statements.

    The same key again does nothing, also when somebody else writes it at this moment: the database lets one of them
    in. The caller's own audit event tells that it happened. Without an address there is nobody to tell.
    """
    rows = [
        Notice(
            district_id=actor.district_id,
            key=draft.key,
            kind=kind,
            recipient=draft.to.email,
            language=draft.to.language,
            facts=draft.facts,
            calendar=draft.calendar,
            is_private=is_private,
            created_at=at,
        )
        for draft in drafts
        if draft.to.email
    ]
    if not rows:
        return
    Notice.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    written = set(Notice.objects.filter(ref__in=[row.ref for row in rows]).values_list("ref", flat=True))
    defer_each(SEND, district_id=actor.district_id, refs=[row.ref for row in rows if row.ref in written])


@transaction.atomic
def send_notice(*, actor: Actor, ref: str, at: dt.datetime, site_address: str) -> bool:
    """Draw the text, mark it sent, hand it to the transport; False if it had been sent before.

    `site_address` is where the recipient's district lives; links in the text begin with it. Of a private notice only
    the fact that it went out is kept: neither the text nor the address.

    The mark is inserted before the transport is called and in the same transaction: a job that dies in between
    leaves neither, and a second job waits for the first one's row and then finds it.
    """
    notice = Notice.objects.select_for_update().get(ref=ref)
    if NoticeSent.objects.filter(notice_id=notice.pk).exists():
        return False
    subject, body = _drawn(notice, site_address)
    NoticeSent.objects.create(
        district_id=notice.district_id,
        notice_id=notice.pk,
        sent_at=at,
        subject=subject,
        body="" if notice.is_private else body,
    )
    if settings.MAIL_TRANSPORT == "smtp":
        _mail(notice, subject, body)
    if notice.is_private:  # it went out; to whom and about what is nobody's business any more
        Notice.objects.filter(pk=notice.pk).update(recipient="", facts={})
    return True


def _drawn(notice: Notice, site_address: str) -> tuple[str, str]:
    """First line of the template is the subject; subjects are neutral (a shared device shows them)."""
    facts = {**notice.facts, "site_address": site_address, "language": notice.language}
    with translation.override(notice.language):
        drawing: Any = get_template(f"notices/{notice.kind}.txt")
        # Plain text: an apostrophe in a school's name is an apostrophe.
        text = drawing.template.render(Context(facts, autoescape=False))
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip() + "\n"


def _mail(notice: Notice, subject: str, body: str) -> None:
    message = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [notice.recipient])
    if notice.calendar:
        message.attach(_invitation(notice.calendar))
    message.send()


def _invitation(calendar: str) -> MIMEText:
    """The calendar file as mail programs expect it: its METHOD stands in the header too, or they show no buttons."""
    part = MIMEText(calendar, "calendar", "utf-8")
    method = next((line.partition(":")[2] for line in calendar.splitlines() if line.startswith("METHOD:")), "PUBLISH")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="invitation.ics")
    return part
