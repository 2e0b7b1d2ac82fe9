"""Reading which slides a district has named."""

from upstander.foundation.kernel.actor import Actor
from upstander.program.training.models import OfferingSlides


def slides_named(*, actor: Actor) -> dict[str, OfferingSlides]:
    """The slides of each edition as they were named last, by the edition's name; one query."""
    rows = OfferingSlides.objects.filter(district_id=actor.district_id).order_by("id")
    return {row.edition: row for row in rows}
