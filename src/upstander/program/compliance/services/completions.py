"""Writing the ledger of completions, and putting right what was written."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places.selectors import district_of
from upstander.engines.obligations import months_later
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.compliance import events
from upstander.program.compliance.models import Completion, Requirement, Retraction
from upstander.program.compliance.selectors.requirements import fulfilled_by
from upstander.program.compliance.services._papers import settle_papers
from upstander.program.compliance.services.obligations import count_in, refresh

BATCH = 5_000
MONTHS_UNASKED = 12  # how long a session counts that was held before the district asked for any
Evidence = tuple[int, str, str, str]
_EVIDENCE = ("person_id", "subject", "evidence_kind", "evidence_ref")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line for the ledger. Without `expires_on` the requirements in force on the day say how long it counts."""

    person_id: int
    subject: str
    completed_on: dt.date
    evidence_kind: str
    evidence_ref: str
    expires_on: dt.date | None = None
    content_version: str = ""


@transaction.atomic
def record_completions(*, actor: Actor, entries: Sequence[Entry], at: dt.datetime) -> list[str]:
    """Write completions; return their refs in the order of `entries`. Needs `completions.record`.

    The same person, subject and evidence is written once, however often it is sent: the ref of the row already there
    comes back. What happened in a session is always written, also where nothing asked for it on that day; of a list
    from elsewhere, raises `Invalid` when an entry has no expiry and no requirement says one.
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
            expires_on=entry.expires_on or expiry.of(entry.subject, entry.completed_on, entry.evidence_kind),
            evidence_kind=entry.evidence_kind,
            evidence_ref=entry.evidence_ref,
            content_version=entry.content_version,
            recorded_at=at,
            recorded_by=actor.name,
        )
        for entry in entries
    ]
    Completion.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    refs = _refs_by_evidence(rows)
    written = {ref: row for row in rows if (ref := refs[_evidence(row)]) == row.ref}
    count_in(actor, list(written.values()))
    _tell_recorded(actor, rows, len(written), at)
    return [refs[_evidence(row)] for row in rows]


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
    """How long completions count, by the requirements in force on their day; one query for a whole list."""

    def __init__(self, subjects: set[str]) -> None:
        asking = [fulfilled_by(subject) for subject in sorted(subjects)]
        self.known = list(Requirement.objects.filter(reduce(or_, asking), superseded_at__isnull=True))

    def of(self, subject: str, day: dt.date, evidence_kind: str) -> dt.date:
        """The training's own requirement says it; or else the strictest of those that count it too."""
        asking = [row for row in self.known if subject in (row.subject, *row.also_counts)]
        on_day = [row for row in asking if _days_off(row, day) == 0]
        if not on_day and evidence_kind == Completion.Evidence.SESSION:
            return months_later(day, _months_beside(asking, day))
        if not on_day:
            raise Invalid(_("No requirement says how long this training counts on that day."))
        own = [row for row in on_day if row.subject == subject]
        return months_later(day, min(row.validity_months for row in own or on_day))


def _months_beside(asking: list[Requirement], day: dt.date) -> int:
    """For a day on which nothing was asked: what the nearest requirement says. People were there all the same."""
    nearest = min(asking, key=lambda row: (_days_off(row, day), row.pk), default=None)
    return nearest.validity_months if nearest else MONTHS_UNASKED


def _days_off(row: Requirement, day: dt.date) -> int:
    """How many days lie between a day and those on which a requirement is asked; 0 on one of them."""
    if day < row.starts_on:
        return (row.starts_on - day).days
    return max(0, (day - row.ends_on).days + 1) if row.ends_on else 0


@transaction.atomic
def correct_completion(
    *, actor: Actor, ref: str, reason: str, at: dt.datetime, completed_on: dt.date | None = None
) -> str | None:
    """Take a completion back; return the ref of the row that puts it right, if one does.

    With `completed_on` the same evidence is written again for that day, and a newer certificate replaces the one that
    was given for it; without, nothing takes its place and the certificate is withdrawn. Raises `Invalid` for a day to
    come, `NotFound`, and `WrongState` when it was taken back before. Needs `completions.record`.
    """
    require(actor, "completions.record", Place(actor.district_id))
    if completed_on and completed_on > district_of(actor=actor).day(at):
        raise Invalid(_("Choose today or a day in the past."), "completed_on")
    old = Completion.objects.filter(ref=ref).first()
    if old is None:
        raise NotFound(_("There is no such completion."))
    _retract(old, actor, reason, at)
    new = _put_right(old, actor, completed_on, at) if completed_on else None
    settle_papers(actor, old, new, at)
    refresh(actor, [old.person_id], subjects={old.subject})
    replaced_by = new.ref if new else None
    record(events.COMPLETION_CORRECTED, actor=actor, subject=ref, at=at, reason=reason, replaced_by=replaced_by)
    return replaced_by


def _retract(old: Completion, actor: Actor, reason: str, at: dt.datetime) -> None:
    said = {"district_id": old.district_id, "recorded_at": at, "recorded_by": actor.name}
    try:
        with transaction.atomic():
            Retraction.objects.create(completion=old, reason=reason, **said)
    except IntegrityError:
        raise WrongState(_("This completion was taken back before.")) from None


def _put_right(old: Completion, actor: Actor, completed_on: dt.date, at: dt.datetime) -> Completion:
    return Completion.objects.create(
        district_id=old.district_id,
        person_id=old.person_id,
        subject=old.subject,
        completed_on=completed_on,
        expires_on=_Expiry({old.subject}).of(old.subject, completed_on, old.evidence_kind),
        evidence_kind=old.evidence_kind,
        evidence_ref=old.evidence_ref,
        content_version=old.content_version,
        replaces=old,
        recorded_at=at,
        recorded_by=actor.name,
    )
