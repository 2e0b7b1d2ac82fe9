"""Writing notices, and sending them once."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.foundation.notices import events
from upstander.foundation.notices.models import Notice, NoticeSent, NoticeTrouble
from upstander.foundation.notices.transport import NotDelivered, deliver
from upstander.foundation.notices.windows import Window, kept, moment_to_go
from upstander.foundation.queue.queue import defer_each, defer_until

SEND = "notices.send"
BATCH = 1_000
# How long a refused mail waits before each further try: two days in all, as mail servers do it themselves.
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1_440))


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
    *,
    actor: Actor,
    kind: str,
    drafts: Iterable[Draft],
    at: dt.datetime,
    is_private: bool = False,
    windows: Sequence[Window] = (),
) -> None:
    """Write notices of one kind and queue their sending, in the caller's transaction and in three statements.

    With `windows` they go out within these alone, also when the queue is late or a server refuses them for a while.

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
            windows=kept(windows),
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
    """Draw the text, mark it sent, hand it to the transport; False if it had been sent before, or does not go now.

    `site_address` is where the recipient's district lives; links in the text begin with it. Of a private notice only
    the fact that it went out is kept: neither the text nor the address.

    The mark is inserted before the transport is called and in the same transaction: a job that dies in between
    leaves neither, and a second job waits for the first one's row and then finds it. What the mail server does not
    take is tried again later and later, or stops at once where it says that this will never change. Outside its windows
    a notice waits for the next one.
    """
    notice = Notice.objects.select_for_update().get(ref=ref)
    if NoticeSent.objects.filter(notice_id=notice.pk).exists() or not notice.recipient:
        return False
    goes_at = moment_to_go(notice.windows, at)
    if goes_at > at:
        defer_until(SEND, district_id=notice.district_id, ref=ref, at=goes_at)
        return False
    try:
        with transaction.atomic():
            _send(notice, at, site_address)
    except NotDelivered as failure:
        _note(notice, failure, at)
        return False
    NoticeTrouble.objects.filter(notice_id=notice.pk).delete()
    if notice.is_private:
        _forget(notice)
    return True


@transaction.atomic
def resend_notice(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Try a mail again that stopped. Needs `notices.resend`; raises WrongState where nothing waits for a person."""
    _decide(actor, ref, NoticeTrouble.State.RETRYING)
    defer_each(SEND, district_id=actor.district_id, refs=[ref])
    record(events.RESENT, actor=actor, subject=ref, at=at)


@transaction.atomic
def give_up_notice(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Give a mail up that stopped. Needs `notices.resend`; raises WrongState where nothing waits for a person."""
    _decide(actor, ref, NoticeTrouble.State.GIVEN_UP)
    record(events.GIVEN_UP, actor=actor, subject=ref, at=at)


def _decide(actor: Actor, ref: str, state: str) -> None:
    require(actor, "notices.resend", Place(actor.district_id))
    notice = Notice.objects.filter(ref=ref, is_private=False).first()
    if notice is None:
        raise NotFound(ref)
    stopped = NoticeTrouble.objects.filter(notice_id=notice.pk, state=NoticeTrouble.State.STOPPED)
    if not stopped.update(state=state, tries_count=0):
        raise WrongState(_("Somebody has decided this already."))


def _send(notice: Notice, at: dt.datetime, site_address: str) -> None:
    subject, body = drawn(notice.kind, notice.facts, notice.language, site_address)
    NoticeSent.objects.create(
        district_id=notice.district_id,
        notice_id=notice.pk,
        sent_at=at,
        subject=subject,
        body="" if notice.is_private else body,
    )
    if settings.MAIL_TRANSPORT == "smtp":
        deliver(notice, subject, body)


def _note(notice: Notice, failure: NotDelivered, at: dt.datetime) -> None:
    """Keep why, and queue the next try; after the last one a person decides, of a private notice nobody can."""
    before = NoticeTrouble.objects.filter(notice_id=notice.pk).first()
    tries = before.tries_count if before else 0
    is_over = failure.is_permanent or tries >= len(WAITS)
    told = {
        "cause": failure.cause,
        "code": failure.code,
        "tries_count": tries + 1,
        "tried_at": at,
        "state": NoticeTrouble.State.STOPPED if is_over else NoticeTrouble.State.RETRYING,
    }
    NoticeTrouble.objects.update_or_create(district_id=notice.district_id, notice_id=notice.pk, defaults=told)
    if not is_over:
        defer_until(SEND, district_id=notice.district_id, ref=notice.ref, at=at + WAITS[tries])
    elif notice.is_private:
        _forget(notice)


def _forget(notice: Notice) -> None:
    """To whom a private notice went and about what is nobody's business any more."""
    Notice.objects.filter(pk=notice.pk).update(recipient="", facts={})


def drawn(kind: str, facts: dict[str, Any], language: str, site_address: str) -> tuple[str, str]:
    """Subject and body of a notice in a language, as they go out; `site_address` is where its links lead.

    The first line of the template is the subject; subjects are neutral (a shared device shows them). It takes no
    actor and writes nothing: previews draw with it too.
    """
    said = {**facts, "site_address": site_address, "language": language}
    with translation.override(language):
        drawing: Any = get_template(f"notices/{kind}.txt")
        # Plain text: an apostrophe in a school's name is an apostrophe.
        text = drawing.template.render(Context(said, autoescape=False))
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip() + "\n"
