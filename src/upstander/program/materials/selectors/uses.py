"""Which printed edition shows which fact."""

from collections.abc import Iterator
from datetime import date

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.facts.selectors.uses import Use
from upstander.program.materials.models import Edition


def material_uses(*, actor: Actor, on: date) -> Iterator[Use]:
    """Every fact on every edition of the district that is still given out. For editors: no reader sees the shelf."""
    editions = Edition.objects.filter(district_id=actor.district_id, withdrawn_at__isnull=True)
    for edition in editions.select_related("material"):
        for fact in edition.prints:
            material = edition.material
            yield Use("material", material.ref, Text(material.title_en, material.title_es), False, fact)
