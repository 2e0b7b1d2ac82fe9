"""What the ledger holds of one person, whatever each row rests on: to be put right, and to be read by oneself."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Certificate, Completion, Retraction
from upstander.program.compliance.selectors.requirements import title_of


@dataclass(frozen=True, slots=True)
class Done:
    """One row of the ledger; the one that puts another right is a row of its own."""

    ref: str
    title: str
    completed_on: dt.date
    valid_through: dt.date
    evidence_kind: str
    is_taken_back: bool
    has_certificate: bool


def completions_of(*, actor: Actor, person_ref: str, language: str) -> list[Done]:
    """All that is on record of a person, newest day first, what was taken back too. Needs `completions.record`."""
    require(actor, "completions.record", Place(actor.district_id))
    return _done(language, district_id=actor.district_id, person__ref=person_ref)


def own_listed(*, actor: Actor, language: str) -> list[Done]:
    """The signed-in person's standing completions that no certificate tells of, newest first: from lists, mostly."""
    if actor.person_id is None:
        return []
    rows = _done(language, district_id=actor.district_id, person_id=actor.person_id)
    return [row for row in rows if not row.is_taken_back and not row.has_certificate]


def _done(language: str, **of: object) -> list[Done]:
    rows = Completion.objects.filter(**of).annotate(
        title=title_of("subject", language),
        is_taken_back=Exists(Retraction.objects.filter(completion_id=OuterRef("pk"))),
        has_certificate=Exists(Certificate.objects.filter(completion_id=OuterRef("pk"))),
    )
    return [
        Done(
            ref=row.ref,
            title=row.title,
            completed_on=row.completed_on,
            valid_through=row.expires_on - dt.timedelta(days=1),
            evidence_kind=row.evidence_kind,
            is_taken_back=row.is_taken_back,
            has_certificate=row.has_certificate,
        )
        for row in rows.order_by("-completed_on", "-pk")
    ]
