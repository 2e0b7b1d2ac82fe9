"""Reading when sites can be trained."""

import datetime as dt

from django.db.models import Q

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.training.models import SiteWindow

LEVELS: list[tuple[str, object]] = list(SiteWindow.Level.choices)


def windows_for(*, actor: Actor, on: dt.date) -> list[SiteWindow]:
    """The windows that hold on a day or later: the rules for levels first, then single sites by name."""
    require(actor, "training.plan", Place(actor.district_id))
    holding = SiteWindow.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), district_id=actor.district_id)
    in_order = holding.select_related("site").order_by("site__sort_key", "level", "audience", "weekday", "starts", "id")
    return list(in_order)
