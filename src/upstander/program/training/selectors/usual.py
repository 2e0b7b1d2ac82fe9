"""Reading how sites are trained that have not asked for anything themselves."""

from django.db.models import QuerySet

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training.models import UsualSession


def usual_sessions(*, actor: Actor) -> list[UsualSession]:
    """Every site for which something is noted, by name. Needs `training.plan` in the whole district."""
    return list(_all(actor).order_by("site__sort_key", "site_id"))


def usual_session(*, actor: Actor, site_ref: str) -> UsualSession:
    """What is noted for a site. Needs `training.plan` in the whole district. Raises NotFound."""
    found = _all(actor).filter(site__ref=site_ref).first()
    if found is None:
        raise NotFound
    return found


def _all(actor: Actor) -> QuerySet[UsualSession]:
    require(actor, "training.plan", Place(actor.district_id))
    return UsualSession.objects.filter(district_id=actor.district_id).select_related("site", "account")
