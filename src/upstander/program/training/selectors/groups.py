"""Reading which sites are trained together in a school year."""

import datetime as dt
from dataclasses import dataclass

from upstander.district.places.models import SchoolYear, Site
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.training.models import Hosting


@dataclass(frozen=True, slots=True)
class Group:
    """A host with its guests by name; since when, and who joined the first of them."""

    host: Site
    guests: list[Site]
    since: dt.datetime
    by: str


def groups_for(*, actor: Actor, year: SchoolYear) -> list[Group]:
    """The groups of a year that hold, by the host's name. Needs `training.plan` in the whole district."""
    require(actor, "training.plan", Place(actor.district_id))
    live = Hosting.objects.filter(district_id=actor.district_id, year=year, ended_at__isnull=True)
    rows = live.select_related("host", "guest", "account").order_by("host__sort_key", "host_id", "at", "id")
    found: dict[int, list[Hosting]] = {}
    for row in rows:
        found.setdefault(row.host_id, []).append(row)
    return [_group(rows) for rows in found.values()]


def _group(rows: list[Hosting]) -> Group:
    first, guests = rows[0], sorted((row.guest for row in rows), key=lambda site: (site.sort_key, site.pk))
    return Group(first.host, guests, first.at, first.account.display_name if first.account else first.actor_name)
