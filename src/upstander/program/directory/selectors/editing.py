"""The directory as its editors see it: every entry with its last check, and what readers say is wrong."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.directory import policies
from upstander.program.directory.content.wording import TEXTS, Remark, remarks
from upstander.program.directory.models import Correction, Service, Verification
from upstander.program.directory.selectors.incoming import waiting
from upstander.program.directory.states import STALE_DAYS, Standing, State, standing


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in the editors' list."""

    service: Service
    checked_on: dt.date | None
    standing: Standing


def entries(*, actor: Actor, show: str, on: dt.date) -> QuerySet[Service]:
    """Entries with `checked_on`. `show`: check (due for a check, the longest overdue first), drafts, published,
    off, units, reports (who takes them), or all. Needs `directory.edit`.
    """
    policies.require_editor(actor)
    right = Q(verifications__outcome=Verification.Outcome.RIGHT)
    rows = Service.objects.filter(district_id=actor.district_id).select_related("organization")
    rows = rows.annotate(checked_on=Max("verifications__on", filter=right))
    live = Q(state__in=[State.PUBLISHED, State.CHANGED])
    stale = Q(state=State.CHANGED) | Q(checked_on__lte=on - dt.timedelta(days=STALE_DAYS))
    wanted = {
        "check": live & stale,
        "drafts": Q(state=State.DRAFT),
        "published": live,
        "off": Q(state=State.WITHDRAWN),
        "units": Q(kind=Service.Kind.UNIT),
        "reports": Q(takes_report=Service.TakesReport.YES),
    }
    order = ("checked_on", "name_en", "id") if show == "check" else ("name_en", "id")
    return rows.filter(wanted.get(show, Q())).order_by(*order)


def lines(*, actor: Actor, services: Iterable[Service], on: dt.date) -> list[Line]:
    """The lines of rows from `entries`; asks the database nothing."""
    policies.require_editor(actor)
    return [_line(service, on) for service in services]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for an editor: entries due for a check, corrections by readers, records of lists."""

    entries: int
    corrections: int
    records: int


def waiting_for_editors(*, actor: Actor, on: dt.date) -> Waiting:
    """What waits for an editor on a day, in three queries. Needs `directory.edit`."""
    due = entries(actor=actor, show="check", on=on).count()
    return Waiting(due, corrections(actor=actor).count(), waiting(actor=actor).count())


def entry_by_ref(*, actor: Actor, ref: str, on: dt.date) -> Line:
    """One entry with its parts. Needs `directory.edit`; raises NotFound."""
    rows = entries(actor=actor, show="all", on=on).filter(ref=ref)
    found = rows.prefetch_related("phones", "schedules", "at_locations__location").first()
    if found is None:
        raise NotFound(ref)
    return _line(found, on)


def checks_of(*, actor: Actor, service: Service) -> QuerySet[Verification]:
    """Every check of an entry, the newest first. Needs `directory.edit`."""
    policies.require_editor(actor)
    return Verification.objects.filter(district_id=actor.district_id, service=service).order_by("-at", "-id")


def remarks_on(*, actor: Actor, service: Service) -> list[Remark]:
    """What is better said otherwise in an entry, and what keeps it from readers. Needs `directory.edit`."""
    policies.require_editor(actor)
    return list(remarks({field: getattr(service, field) for field in TEXTS}))


def corrections(*, actor: Actor, service: Service | None = None) -> QuerySet[Correction]:
    """What readers say is wrong and nobody has settled, the oldest first. Needs `directory.edit`."""
    policies.require_editor(actor)
    rows = Correction.objects.filter(district_id=actor.district_id, settled_at__isnull=True).select_related("service")
    return (rows.filter(service=service) if service else rows).order_by("sent_at", "id")


def _line(service: Service, on: dt.date) -> Line:
    checked_on: dt.date | None = service.checked_on  # type: ignore[attr-defined]
    return Line(service, checked_on, standing((on - checked_on).days if checked_on else None))
