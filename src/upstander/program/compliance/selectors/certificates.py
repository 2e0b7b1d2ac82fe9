"""Reading certificates: one's own, by private link, and the public question "is this code valid?"."""

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.refs import read_code
from upstander.program.compliance.models import CODE_LENGTH, Certificate, Retraction, Revocation
from upstander.program.compliance.selectors.requirements import title_of

LINK_DAYS = 30
_SALT = "certificate-file"


class Standing(enum.StrEnum):
    """What a code is worth today."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a code. It names nobody: whoever asks holds the paper and knows whose it is.

    Of a paper whose completion was put right since no day is told: what it says was wrong.
    """

    standing: Standing
    title: str = ""
    completed_on: dt.date | None = None
    valid_through: dt.date | None = None  # the last day on which it counts
    revoked_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """All that a certificate prints, and for whom."""

    ref: str
    code: str
    person_name: str
    title: str
    completed_on: dt.date
    valid_through: dt.date
    issued_at: dt.datetime
    standing: Standing


def certificate_by_code(*, actor: Actor, code: str, on: dt.date, language: str) -> Verdict:
    """What the typed or scanned `code` is worth on `on`. Any actor, a visitor too; never a name."""
    read = read_code(code)
    row = _certificates(language).filter(code=read).first() if len(read) == CODE_LENGTH else None
    if row is None:
        return Verdict(Standing.UNKNOWN)
    standing = _standing(row, on)
    if standing is Standing.REPLACED and row.is_put_right:
        return Verdict(standing, row.title or "")
    return Verdict(
        standing=standing,
        title=row.title or "",
        completed_on=row.completion.completed_on,
        valid_through=row.completion.expires_on - dt.timedelta(days=1),
        revoked_at=row.revoked_at,
    )


def own_certificates(*, actor: Actor, on: dt.date, language: str) -> list[Paper]:
    """The signed-in person's certificates, newest first; none for who is no member of staff here."""
    if actor.person_id is None:
        return []
    rows = _certificates(language).filter(completion__person_id=actor.person_id)
    return [_paper(row, on) for row in rows.order_by("-completion__completed_on", "-pk")]


def own_certificate(*, actor: Actor, ref: str, on: dt.date, language: str) -> Paper:
    """One of the signed-in person's certificates; anyone else's is `NotFound`."""
    return _one(_certificates(language).filter(ref=ref, completion__person_id=actor.person_id or 0), on)


def private_token(ref: str) -> str:
    """What a mail's link carries: signed, so that it cannot be guessed, and dated, so that it ends."""
    return signing.dumps(ref, salt=_SALT)


def certificate_by_token(*, actor: Actor, token: str, on: dt.date, language: str) -> Paper:
    """The certificate of a private link not older than `LINK_DAYS`; a wrong or old link is `NotFound`. Any actor."""
    try:
        ref = signing.loads(token, salt=_SALT, max_age=dt.timedelta(days=LINK_DAYS))
    except signing.BadSignature:
        raise NotFound("certificate") from None
    return _one(_certificates(language).filter(ref=ref), on)


def _certificates(language: str) -> QuerySet[Any]:
    """Certificates with all that is asked of them, in one statement whatever the number.

    `revoked_at` is when one was withdrawn, if it was; `title` is the training's name, as the newest requirement says.
    """
    withdrawn = Revocation.objects.filter(certificate_id=OuterRef("pk")).values("recorded_at")[:1]
    return Certificate.objects.select_related("completion__person").annotate(
        is_put_right=Exists(Retraction.objects.filter(completion_id=OuterRef("completion_id"))),
        is_replaced=Exists(Certificate.objects.filter(replaces_id=OuterRef("pk"))),
        revoked_at=Subquery(withdrawn),
        title=title_of("completion__subject", language),
    )


def _one(rows: QuerySet[Any], on: dt.date) -> Paper:
    row = rows.first()
    if row is None:
        raise NotFound("certificate")
    return _paper(row, on)


def _paper(row: Any, on: dt.date) -> Paper:
    return Paper(
        ref=row.ref,
        code=row.code,
        person_name=row.completion.person.full_name,
        title=row.title or "",
        completed_on=row.completion.completed_on,
        valid_through=row.completion.expires_on - dt.timedelta(days=1),
        issued_at=row.issued_at,
        standing=_standing(row, on),
    )


def _standing(row: Any, on: dt.date) -> Standing:
    if row.revoked_at is not None:
        return Standing.REVOKED
    if row.is_replaced:
        return Standing.REPLACED
    return Standing.VALID if on < row.completion.expires_on else Standing.EXPIRED
