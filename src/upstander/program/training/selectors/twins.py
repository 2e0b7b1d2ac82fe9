"""Requests that look like the same once more."""

import datetime as dt

from upstander.district.places.models import Site
from upstander.district.places.selectors import school_year_on
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies, states
from upstander.program.training.models import Request

MOST = 5


def twins_of(*, actor: Actor, site: Site, kind: str, audience: str, at: dt.datetime, besides: int = 0) -> list[Request]:
    """Requests of the site for the same kind and audience that are on their way or were held this school year.

    Newest first, five at most; `besides` leaves out the one that is compared. Whoever may see a request of the site
    may be told of them: they are the site's own.
    """
    year = school_year_on(actor=actor, on=policies.today(actor, at))
    first = year.starts_on if year else at.date() - dt.timedelta(days=365)
    same = Request.objects.filter(district_id=actor.district_id, site=site, kind=kind, audience=audience)
    on_their_way = same.filter(state__in=states.ON_THEIR_WAY)
    held = same.filter(state=states.Request.DELIVERED, state_since__date__gte=first)
    return list((on_their_way | held).exclude(pk=besides).order_by("-requested_at", "-id")[:MOST])
