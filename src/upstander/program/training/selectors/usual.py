"""Reading how sites are trained that have not asked for anything themselves."""

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.training.models import UsualSession


def usual_sessions(*, actor: Actor) -> list[UsualSession]:
    """Every site for which something is noted, by name. Needs `training.plan` in the whole district."""
    require(actor, "training.plan", Place(actor.district_id))
    rows = UsualSession.objects.filter(district_id=actor.district_id).select_related("site", "account")
    return list(rows.order_by("site__sort_key", "site_id"))
