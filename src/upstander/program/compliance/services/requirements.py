"""What a district asks of its staff, from one day to another."""

import datetime as dt
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.db.models import Q

from upstander.district.places.services.dated import written_again
from upstander.engines.obligations import Cadence
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance import events
from upstander.program.compliance.models import Requirement
from upstander.program.compliance.services.obligations import refresh


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
    roles: list[str] = field(default_factory=list)
    cadence: str = Cadence.ROLLING
    every_months: int = 12
    grace_days: int = 0
    opens_days: int = 0
    break_days: int = 0
    also_counts: list[str] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)
    content_version: str = ""
    fact_key: str = ""


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
    refresh(actor)
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
    pieces: list[tuple[dt.date, dt.date | None]] = [(old.starts_on, starts_on)] if old.starts_on < starts_on else []
    if ends_on and (old.ends_on is None or old.ends_on > ends_on):
        pieces.append((ends_on, old.ends_on))
    for first, last in pieces:
        written_again(old, starts_on=first, ends_on=last, at=at).save(force_insert=True)
