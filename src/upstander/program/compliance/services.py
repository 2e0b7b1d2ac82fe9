"""Writing the ledger: requirements, completions, corrections, certificates."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from upstander.district.people.models import Person
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.notices.services import Draft, Recipient, post_notices
from upstander.program.compliance import events
from upstander.program.compliance.models import Certificate, Completion, Requirement, Retraction, Revocation
from upstander.program.compliance.selectors.certificates import private_token

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Terms:
    """What a requirement says, in both languages; see `Requirement` for each word."""

    subject: str
    audience: str
    threshold_percent: int
    validity_months: int
    title_en: str
    title_es: str
    source_en: str
    source_es: str
    owner_en: str
    owner_es: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line for the ledger. Without `expires_on` the requirement in force on the day says how long it counts."""

    person_id: int
    subject: str
    completed_on: dt.date
    evidence_kind: str
    evidence_ref: str
    expires_on: dt.date | None = None


@transaction.atomic
def set_requirement(
    *, actor: Actor, terms: Terms, starts_on: dt.date, ends_on: dt.date | None = None, at: dt.datetime
) -> Requirement:
    """Let `terms` hold from `starts_on` on, and keep what held before. Needs `requirements.manage`.

    Rows of the same subject that reach into the period are closed as known so far, and told again up to `starts_on`
    and from `ends_on`: coverage of a past day, as it was known then, stays what it was.
    """
    require(actor, "requirements.manage", Place(actor.district_id))
    reaching = Requirement.objects.select_for_update().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on), subject=terms.subject, superseded_at__isnull=True
    )
    if ends_on:
        reaching = reaching.filter(starts_on__lt=ends_on)
    for old in reaching.order_by("starts_on"):
        _cut_out(old, starts_on, ends_on, at)
    new = Requirement.objects.create(
        district_id=actor.district_id, starts_on=starts_on, ends_on=ends_on, recorded_at=at, **asdict(terms)
    )
    record(
        events.REQUIREMENT_SET,
        actor=actor,
        subject=new.ref,
        at=at,
        training=terms.subject,
        starts_on=starts_on.isoformat(),
    )
    return new


def _cut_out(old: Requirement, starts_on: dt.date, ends_on: dt.date | None, at: dt.datetime) -> None:
    old.superseded_at = at
    old.save(update_fields=["superseded_at"])
    terms = {name: getattr(old, name) for name in Terms.__slots__}
    pieces: list[tuple[dt.date, dt.date | None]] = [(old.starts_on, starts_on)] if old.starts_on < starts_on else []
    if ends_on and (old.ends_on is None or old.ends_on > ends_on):
        pieces.append((ends_on, old.ends_on))
    for first, last in pieces:
        Requirement.objects.create(district_id=old.district_id, starts_on=first, ends_on=last, recorded_at=at, **terms)


@transaction.atomic
def record_completions(*, actor: Actor, entries: Sequence[Entry], at: dt.datetime) -> list[str]:
    """Write completions; return their refs in the order of `entries`. Needs `completions.record`.

    The same person, subject and evidence is written once, however often it is sent: the ref of the row already there
    comes back. Raises `Invalid` when an entry has no expiry and no requirement says one.
    """
    require(actor, "completions.record", Place(actor.district_id))
    if not entries:
        return []
    expiry = _Expiry({entry.subject for entry in entries})
    rows = [
        Completion(
            district_id=actor.district_id,
            person_id=entry.person_id,
            subject=entry.subject,
            completed_on=entry.completed_on,
            expires_on=entry.expires_on or expiry.of(entry.subject, entry.completed_on),
            evidence_kind=entry.evidence_kind,
            evidence_ref=entry.evidence_ref,
            recorded_at=at,
            recorded_by=actor.name,
        )
        for entry in entries
    ]
    Completion.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    refs = _refs_by_evidence(rows)
    _tell_recorded(actor, rows, len({row.ref for row in rows} & set(refs.values())), at)
    return [refs[_evidence(row)] for row in rows]


Evidence = tuple[int, str, str, str]


def _evidence(row: Completion) -> Evidence:
    return row.person_id, row.subject, row.evidence_kind, row.evidence_ref


def _refs_by_evidence(rows: list[Completion]) -> dict[Evidence, str]:
    found = Completion.objects.filter(
        evidence_ref__in={row.evidence_ref for row in rows},
        person_id__in={row.person_id for row in rows},
        replaces__isnull=True,
    )
    wanted = {_evidence(row) for row in rows}
    return {key: ref for *parts, ref in found.values_list(*_EVIDENCE, "ref") if (key := tuple(parts)) in wanted}


_EVIDENCE = ("person_id", "subject", "evidence_kind", "evidence_ref")


def _tell_recorded(actor: Actor, rows: list[Completion], count: int, at: dt.datetime) -> None:
    if count:
        record(
            events.COMPLETIONS_RECORDED,
            actor=actor,
            subject=rows[0].evidence_ref,
            at=at,
            training=rows[0].subject,
            evidence_kind=rows[0].evidence_kind,
            count=count,
        )


class _Expiry:
    """How long completions count, by the requirement in force on their day; one query for a whole list."""

    def __init__(self, subjects: set[str]) -> None:
        self.known = list(Requirement.objects.filter(subject__in=subjects, superseded_at__isnull=True))

    def of(self, subject: str, day: dt.date) -> dt.date:
        for row in self.known:
            if row.subject == subject and row.starts_on <= day and (row.ends_on is None or day < row.ends_on):
                return months_later(day, row.validity_months)
        raise Invalid(_("No requirement says how long this training counts on that day."))


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of the month `months` later, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@transaction.atomic
def correct_completion(
    *, actor: Actor, ref: str, reason: str, at: dt.datetime, completed_on: dt.date | None = None
) -> str | None:
    """Take a completion back, and its certificate with it; return the ref of the row that puts it right, if one does.

    With `completed_on` the same evidence is written again for that day; without, nothing takes its place. Raises
    `NotFound`, and `WrongState` when it was taken back before. Needs `completions.record`.
    """
    require(actor, "completions.record", Place(actor.district_id))
    old = Completion.objects.filter(ref=ref).first()
    if old is None:
        raise NotFound(_("There is no such completion."))
    _retract(old, actor, reason, at)
    new = _put_right(old, actor, completed_on, at) if completed_on else None
    record(events.COMPLETION_CORRECTED, actor=actor, subject=ref, at=at, reason=reason, replaced_by=new)
    return new


def _retract(old: Completion, actor: Actor, reason: str, at: dt.datetime) -> None:
    said = {"district_id": old.district_id, "recorded_at": at, "recorded_by": actor.name}
    try:
        with transaction.atomic():
            Retraction.objects.create(completion=old, reason=reason, **said)
    except IntegrityError:
        raise WrongState(_("This completion was taken back before.")) from None
    for certificate in Certificate.objects.filter(completion=old):
        Revocation.objects.create(certificate=certificate, **said)


def _put_right(old: Completion, actor: Actor, completed_on: dt.date, at: dt.datetime) -> str:
    new = Completion.objects.create(
        district_id=old.district_id,
        person_id=old.person_id,
        subject=old.subject,
        completed_on=completed_on,
        expires_on=_Expiry({old.subject}).of(old.subject, completed_on),
        evidence_kind=old.evidence_kind,
        evidence_ref=old.evidence_ref,
        replaces=old,
        recorded_at=at,
        recorded_by=actor.name,
    )
    return new.ref


@transaction.atomic
def issue_certificates(*, actor: Actor, refs: Sequence[str], at: dt.datetime, tell: bool = True) -> list[str]:
    """Give each standing completion its one certificate; return the refs of those newly issued.

    With `tell`, who has an address gets a mail with a private link that ends by itself. Needs `completions.record`.
    """
    require(actor, "completions.record", Place(actor.district_id))
    rows = [
        Certificate(district_id=actor.district_id, completion_id=pk, issued_at=at) for pk in _without_certificate(refs)
    ]
    Certificate.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    written = set(Certificate.objects.filter(ref__in=[row.ref for row in rows]).values_list("ref", flat=True))
    issued = [row for row in rows if row.ref in written]
    if issued:
        record(events.CERTIFICATES_ISSUED, actor=actor, subject="certificates", at=at, count=len(issued))
    if tell:
        _send_links(actor, issued, at)
    return [row.ref for row in issued]


def _without_certificate(refs: Sequence[str]) -> list[int]:
    """Ids of the standing completions among `refs`. One plain question per table: no join to go wrong on new rows."""
    found = list(Completion.objects.filter(ref__in=refs).values_list("pk", flat=True))
    settled = {
        pk
        for ledger in (Retraction.objects, Certificate.objects)
        for pk in ledger.filter(completion_id__in=found).values_list("completion_id", flat=True)
    }
    return [pk for pk in found if pk not in settled]


def _send_links(actor: Actor, issued: Sequence[Certificate], at: dt.datetime) -> None:
    people = Completion.objects.select_related("person").in_bulk([row.completion_id for row in issued])
    drafts = [_link(row.ref, people[row.completion_id].person) for row in issued]
    # The link opens the paper: nobody else may read it in a list of mails.
    post_notices(actor=actor, kind="certificate_ready", drafts=drafts, at=at, is_private=True)


def _link(ref: str, person: Person) -> Draft:
    return Draft(Recipient(person.email, person.language), f"certificate:{ref}", {"token": private_token(ref)})
