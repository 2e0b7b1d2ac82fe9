"""Where copies are, and which have to be taken away."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from upstander.district.places.models import Site
from upstander.district.places.selectors import sites_for
from upstander.foundation.kernel.actor import Actor
from upstander.program.materials import policies
from upstander.program.materials.models import Edition, Movement, Recall
from upstander.program.training.policies import today


@dataclass(frozen=True, slots=True)
class Held:
    """So many copies of an edition at a site."""

    site: Site
    edition: Edition
    count: int


def holders(*, actor: Actor, editions: Collection[Edition]) -> list[tuple[int, int, int]]:
    """Edition id, site id and number of copies, for each site that holds some of these editions."""
    found = Movement.objects.filter(district_id=actor.district_id, edition__in=editions, site__isnull=False)
    summed = found.values("edition_id", "site_id").annotate(count=Sum("site_change")).filter(count__gt=0)
    return list(summed.order_by("edition_id", "site_id").values_list("edition_id", "site_id", "count"))


def holdings(*, actor: Actor, edition_ref: str = "", only_withdrawn: bool = False) -> list[Held]:
    """Which site holds which edition, by site. Needs `materials.manage`; four queries however many there are."""
    policies.require_manager(actor)
    editions = Edition.objects.filter(district_id=actor.district_id).select_related("material")
    if edition_ref:
        editions = editions.filter(ref=edition_ref)
    if only_withdrawn:
        editions = editions.filter(withdrawn_at__isnull=False)
    by_id = {edition.pk: edition for edition in editions}
    found = holders(actor=actor, editions=list(by_id.values()))
    sites = Site.objects.in_bulk({site_id for _edition_id, site_id, _count in found})
    held = [Held(sites[site_id], by_id[edition_id], count) for edition_id, site_id, count in found]
    return sorted(held, key=lambda each: (each.site.sort_key, each.edition.material.title_en, each.edition.pk))


def recalls_for(*, actor: Actor, at: dt.datetime, done: bool = False) -> QuerySet[Recall]:
    """Copies to be taken away at the sites the actor follows, the one due first in front; or those that were."""
    sites = sites_for(actor=actor, on=today(actor, at), capability="training.follow", active_only=False)
    found = Recall.objects.filter(site__in=sites, done_at__isnull=not done)
    return found.select_related("edition__material", "site", "owner").order_by("due_on", "site__sort_key", "id")


def counts_of(*, actor: Actor, recalls: Collection[Recall]) -> dict[tuple[Any, Any], int]:
    """How many copies each of these sites still holds, by edition and site."""
    found = holders(actor=actor, editions=list({recall.edition for recall in recalls}))
    return {(edition_id, site_id): count for edition_id, site_id, count in found}
