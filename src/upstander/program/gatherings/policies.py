"""Who may do what with a symposium."""

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor


def require_manager(actor: Actor) -> None:
    """A symposium belongs to the whole district: raise NotAllowed unless the actor manages gatherings there."""
    require(actor, "gatherings.manage", Place(actor.district_id))
