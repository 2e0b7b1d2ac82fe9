"""Requests from before the district kept them here."""

from django.db.models import QuerySet

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.imports.models import EarlierRequest
from upstander.program.imports.policies import IMPORT


def earlier_requests(*, actor: Actor) -> QuerySet[EarlierRequest]:
    """Every earlier request that stands, the latest first, with its site. Needs `ledger.import`."""
    require(actor, IMPORT, Place(actor.district_id))
    rows = EarlierRequest.objects.filter(district_id=actor.district_id, retractions__isnull=True)
    return rows.select_related("site").order_by("-asked_on", "site__sort_key", "id")
