"""One change at a time of what belongs to the whole district. Only services of this part call it."""

from upstander.district.places.models import District
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor


def hold_plans(actor: Actor) -> None:
    """Let others wait who change what plans and requests of the district go by; needs `training.plan` everywhere."""
    require(actor, "training.plan", Place(actor.district_id))
    District.objects.select_for_update(no_key=True).get(pk=actor.district_id)
