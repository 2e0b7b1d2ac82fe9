"""Requests that look like the same once more."""

import datetime as dt

from django.db.models import Q, QuerySet

from upstander.district.places.models import Site
from upstander.district.places.selectors import school_year_on
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies, states
from upstander.program.training.content.kinds import TRAINING
from upstander.program.training.models import Request

MOST = 5
ALL_STAFF = "all_staff"


def asked_already(*, actor: Actor, on: dt.date) -> set[tuple[int, str]]:
    """Site and kind of every request that is on its way, or was held this school year; one statement for a whole list.

    Of sessions of staff only those for all of a site's: for them a list from elsewhere is read, and one for its drivers
    is another. Needs `training.coordinate` everywhere.
    """
    require(actor, "training.coordinate", Place(actor.district_id))
    found = _standing(actor, Request.objects.all(), on).values_list("site_id", "kind", "audience", "site__kind")
    return {(site, kind) for site, kind, audience, whose in found if kind != TRAINING or _is_whole(audience, whose)}


def twins_of(*, actor: Actor, site: Site, kind: str, audience: str, at: dt.datetime, besides: int = 0) -> list[Request]:
    """Requests of the site for the same kind and audience that are on their way or were held this school year.

    Newest first, five at most; `besides` leaves out the one that is compared. Whoever may see a request of the site
    may be told of them: they are the site's own.
    """
    same = Request.objects.filter(site=site, kind=kind, audience=audience)
    found = _standing(actor, same, policies.today(actor, at)).exclude(pk=besides)
    return list(found.order_by("-requested_at", "-id")[:MOST])


def _is_whole(audience: str, site_kind: str) -> bool:
    return audience in (ALL_STAFF, policies.whole_staff_of(site_kind))


def _standing(actor: Actor, found: QuerySet[Request], on: dt.date) -> QuerySet[Request]:
    """Those on their way, or held this school year."""
    year = school_year_on(actor=actor, on=on)
    first = year.starts_on if year else on - dt.timedelta(days=365)
    held = Q(state=states.Request.DELIVERED, state_since__date__gte=first)
    return found.filter(Q(state__in=states.ON_THEIR_WAY) | held, district_id=actor.district_id)
