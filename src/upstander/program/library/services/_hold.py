"""What every change of a district's own words begins with: one at a time, and by a person."""

from upstander.district.places.models import District
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed


def hold_district(actor: Actor) -> District:
    """The actor's district, held until the transaction ends: what was decided is read before more is."""
    return District.objects.select_for_update(no_key=True).get(pk=actor.district_id)


def account_id(actor: Actor) -> int:
    """Whose name stands beside it. Raises NotAllowed for who has no account."""
    if actor.account_id is None:
        raise NotAllowed("pages.edit")
    return actor.account_id
