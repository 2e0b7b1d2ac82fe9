"""Reading which travel times are kept."""

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.training.models import TravelFile


def travel_file(*, actor: Actor) -> TravelFile | None:
    """The file whose travel times hold, with who read it; None while all ways are estimated."""
    require(actor, "training.plan", Place(actor.district_id))
    return TravelFile.objects.filter(district_id=actor.district_id).select_related("account").first()
