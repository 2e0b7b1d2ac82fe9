"""Which parts of the programme besides staff training a site has held: the evening for families, the presentation."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from upstander.district.places.models import SchoolYear
from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import states
from upstander.program.training.models import HeadCount, Session
from upstander.program.training.selectors.requests import in_reach

EVENING, PRESENTATION = "evening", "presentation"


@dataclass(frozen=True, slots=True)
class Held:
    """One session that was held and closed. `head_count` is what was counted in the room; None where nobody counted."""

    ref: str
    on: dt.date
    head_count: int | None


@dataclass(frozen=True, slots=True)
class SitePhases:
    """What one site has held in a school year, each in the order of the days; () for what it has not."""

    site_id: int
    evenings: tuple[Held, ...]
    presentations: tuple[Held, ...]


def phases_held(
    *, actor: Actor, year: SchoolYear, on: dt.date, known_at: dt.datetime | None = None
) -> dict[int, SitePhases]:
    """What each site has held from the year's first day until `on` (included), by the site's id; one query.

    Only sites that held something are in it. With `known_at` as it was known at that moment: what was closed later is
    left out. Within the reach of the actor's `coverage.read`.
    """
    sites = in_reach(actor=actor, reach=scope(actor, "coverage.read"), on=on)
    counted = HeadCount.objects.filter(session=OuterRef("pk")).order_by("-id").values("counted")[:1]
    held = Session.objects.filter(
        sites,
        state=states.Session.CLOSED,
        request__kind__in=(EVENING, PRESENTATION),
        on__gte=year.starts_on,
        on__lte=min(on, year.ends_on - dt.timedelta(days=1)),
        **({"state_since__lte": known_at} if known_at else {}),
    )
    told = held.annotate(counted=Subquery(counted)).order_by("on", "id")
    found: dict[int, dict[str, list[Held]]] = {}
    for site_id, kind, ref, day, heads in told.values_list("site_id", "request__kind", "ref", "on", "counted"):
        found.setdefault(site_id, {EVENING: [], PRESENTATION: []})[kind].append(Held(ref, day, heads))
    return {
        site_id: SitePhases(site_id, tuple(each[EVENING]), tuple(each[PRESENTATION])) for site_id, each in found.items()
    }
