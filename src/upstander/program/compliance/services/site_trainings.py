"""What lists from elsewhere say of whole sites: beside the ledger of people, and never counted as one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import WrongState
from upstander.program.compliance import events
from upstander.program.compliance.models import SiteTraining, SiteTrainingRetraction

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """One statement of a list; `school_year` is the calendar year in which the school year began."""

    site_id: int
    subject: str
    school_year: int
    held_on: dt.date | None
    head_count: int | None
    evidence_ref: str


@transaction.atomic
def record_site_trainings(*, actor: Actor, entries: Sequence[SiteEntry], at: dt.datetime) -> list[str]:
    """Write what a list says of sites; return the rows' refs in the order of `entries`. Needs `completions.record`."""
    require(actor, "completions.record", Place(actor.district_id))
    said = {"district_id": actor.district_id, "recorded_at": at, "recorded_by": actor.name}
    rows = [SiteTraining(**asdict(entry), **said) for entry in entries]
    SiteTraining.objects.bulk_create(rows, batch_size=BATCH)
    for subject in sorted({row.subject for row in rows}):
        count = sum(row.subject == subject for row in rows)
        evidence = rows[0].evidence_ref
        record(events.SITE_TRAININGS_RECORDED, actor=actor, subject=evidence, at=at, training=subject, count=count)
    return [row.ref for row in rows]


@transaction.atomic
def withdraw_site_trainings(*, actor: Actor, refs: Sequence[str], at: dt.datetime) -> None:
    """Take statements of sites back by rows. Raises `WrongState` when one was taken back before, or is not there.

    Needs `completions.record`.
    """
    require(actor, "completions.record", Place(actor.district_id))
    said = {"district_id": actor.district_id, "recorded_at": at, "recorded_by": actor.name}
    found = list(SiteTraining.objects.filter(ref__in=refs).values_list("pk", flat=True))
    settled = SiteTrainingRetraction.objects.filter(site_training_id__in=found).exists()
    if settled or len(found) != len(set(refs)):
        raise WrongState(_("This training of a site was taken back before."))
    rows = [SiteTrainingRetraction(site_training_id=pk, **said) for pk in found]
    SiteTrainingRetraction.objects.bulk_create(rows, batch_size=BATCH)
    if rows:
        record(events.SITE_TRAININGS_WITHDRAWN, actor=actor, subject="site-trainings", at=at, count=len(rows))


@transaction.atomic
def restore_site_trainings(*, actor: Actor, refs: Sequence[str], at: dt.datetime) -> dict[str, str]:
    """Say again what rows said that were taken back; return each one's new ref. Needs `completions.record`."""
    rows = list(SiteTraining.objects.filter(ref__in=refs).order_by("pk"))
    entries = [
        SiteEntry(row.site_id, row.subject, row.school_year, row.held_on, row.head_count, row.evidence_ref)
        for row in rows
    ]
    made = record_site_trainings(actor=actor, entries=entries, at=at)
    return {row.ref: ref for row, ref in zip(rows, made, strict=True)}
