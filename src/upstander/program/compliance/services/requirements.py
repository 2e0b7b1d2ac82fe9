"""What a district asks of its staff, from one day to another: rows are added and closed, never written over."""

import datetime as dt
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from upstander.district.places.services.dated import written_again
from upstander.engines.obligations import Cadence
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_turn
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.foundation.kernel.seen import require_seen
from upstander.program.compliance import events
from upstander.program.compliance.models import Requirement
from upstander.program.compliance.selectors.reach import Reach, reach_of
from upstander.program.compliance.selectors.requirements import stand_of
from upstander.program.compliance.services.obligations import refresh
from upstander.program.compliance.services.recounts import queue_recount


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
    source_link: str = ""


@transaction.atomic
def set_requirement(
    *,
    actor: Actor,
    terms: Terms,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    at: dt.datetime,
    reason: str = Requirement.Reason.NEW,
    by_job: bool = False,
    seen: str | None = None,
) -> Requirement:
    """Let `terms` hold from `starts_on` on, and keep what held before. Needs `requirements.manage`.

    Rows of the same subject that reach into the period are closed as known so far, and told again up to `starts_on`
    and from `ends_on`: coverage of a past day, as it was known then, stays what it was. Everyone's due days are counted
    again, at once or, `by_job`, soon after by a job that tells how far it is. `seen` is the seal of what stood of the
    subject when the actor looked (None: whatever stands). Raises Outdated, Invalid for a period without days, and for a
    training without due days that no board counts.
    """
    require(actor, "requirements.manage", Place(actor.district_id))
    _hold(actor, terms.subject, seen)
    if ends_on and ends_on <= starts_on:
        raise Invalid(_("The last day must not be before the first."), "starts_on")
    new = _write(actor, terms, starts_on, ends_on, reason, at)
    told = {"training": new.subject, "starts_on": starts_on.isoformat(), "reason": reason}
    record(events.REQUIREMENT_SET, actor=actor, subject=new.ref, at=at, **told)
    _count_again(actor, new, by_job, at)
    return new


@transaction.atomic
def end_requirement(
    *,
    actor: Actor,
    ref: str,
    ends_on: dt.date,
    reason: str,
    at: dt.datetime,
    by_job: bool = False,
    seen: str | None = None,
) -> Requirement:
    """Let a requirement hold until the day before `ends_on`; what held until then stays asked.

    Needs `requirements.manage`. Raises NotFound for a row that was replaced, Invalid for a day outside its period, and
    Outdated like `set_requirement`.
    """
    require(actor, "requirements.manage", Place(actor.district_id))
    subject = Requirement.objects.filter(ref=ref).values_list("subject", flat=True).first()
    if subject is None:
        raise NotFound("requirement")
    _hold(actor, subject, seen)
    old = Requirement.objects.select_for_update().filter(ref=ref, superseded_at__isnull=True).first()
    if old is None:
        raise NotFound("requirement")
    if ends_on <= old.starts_on or (old.ends_on and ends_on >= old.ends_on):
        raise Invalid(_("Choose a day on which it is asked."), "last_day")
    _close(old, at)
    new = written_again(old, ends_on=ends_on, at=at, reason=reason, recorded_by=actor.name)
    new.save(force_insert=True)
    told = {"training": new.subject, "ends_on": ends_on.isoformat(), "reason": reason}
    record(events.REQUIREMENT_ENDED, actor=actor, subject=new.ref, at=at, **told)
    _count_again(actor, new, by_job, at)
    return new


@transaction.atomic
def preview_requirement(
    *,
    actor: Actor,
    terms: Terms,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    today: dt.date,
    at: dt.datetime,
    seen: str | None = None,
) -> Reach:
    """Whom `terms` would concern, and how many of them are done already. Nothing is left of it: it is written, counted,
    and taken back, so that it is counted exactly as it would be. Needs `requirements.manage`; raises as
    `set_requirement` does.
    """
    require(actor, "requirements.manage", Place(actor.district_id))
    _hold(actor, terms.subject, seen)
    try:
        with transaction.atomic():
            new = _write(actor, terms, starts_on, ends_on, "", at)
            raise _TakenBack(reach_of(actor=actor, requirement=new, today=today, known_at=at))
    except _TakenBack as taken:
        return taken.reach


def _hold(actor: Actor, subject: str, seen: str | None) -> None:
    """One change of a subject at a time, from here to the end of the transaction; held against what the actor saw."""
    in_turn(f"requirement:{actor.district_id}:{subject}")
    require_seen(seen, stand_of(subject))


class _TakenBack(Exception):
    def __init__(self, reach: Reach) -> None:
        super().__init__()
        self.reach = reach


def _count_again(actor: Actor, requirement: Requirement, by_job: bool, at: dt.datetime) -> None:
    if by_job:
        queue_recount(actor=actor, requirement=requirement, at=at)
    else:
        refresh(actor)


def _write(
    actor: Actor, terms: Terms, starts_on: dt.date, ends_on: dt.date | None, reason: str, at: dt.datetime
) -> Requirement:
    _counted_somewhere(terms)
    reaching = Requirement.objects.select_for_update().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on), subject=terms.subject, superseded_at__isnull=True
    )
    if ends_on:
        reaching = reaching.filter(starts_on__lt=ends_on)
    for old in reaching.order_by("starts_on"):
        _cut_out(old, starts_on, ends_on, at)
    return Requirement.objects.create(
        district_id=actor.district_id,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
        recorded_by=actor.name,
        reason=reason,
        **asdict(terms),
    )


def _counted_somewhere(terms: Terms) -> None:
    """What is never due on a day of its own is counted by school: boards and reports tell of secondary schools."""
    if terms.cadence == Cadence.ROLLING and terms.audience != Requirement.Audience.SECONDARY_STAFF:
        raise Invalid(_("Without due days it is counted at secondary schools only. Choose a cycle."), "audience")


def _cut_out(old: Requirement, starts_on: dt.date, ends_on: dt.date | None, at: dt.datetime) -> None:
    _close(old, at)
    pieces: list[tuple[dt.date, dt.date | None]] = [(old.starts_on, starts_on)] if old.starts_on < starts_on else []
    if ends_on and (old.ends_on is None or old.ends_on > ends_on):
        pieces.append((ends_on, old.ends_on))
    for first, last in pieces:
        written_again(old, starts_on=first, ends_on=last, at=at).save(force_insert=True)


def _close(old: Requirement, at: dt.datetime) -> None:
    old.superseded_at = at
    old.save(update_fields=["superseded_at"])
