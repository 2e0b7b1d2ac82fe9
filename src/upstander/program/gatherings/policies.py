"""Who may do what with a symposium, and how long a link waits."""

import datetime as dt

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.gatherings import states
from upstander.program.gatherings.models import Guest

LINK_LIVES = dt.timedelta(hours=24)


def require_manager(actor: Actor) -> None:
    """A symposium belongs to the whole district: raise NotAllowed unless the actor manages gatherings there."""
    require(actor, "gatherings.manage", Place(actor.district_id))


def is_over(guest: Guest, at: dt.datetime) -> bool:
    """Whether nobody followed a guest's link in its time: it leads nowhere, and the guest will be deleted."""
    return guest.state == states.Place.UNPROVEN and guest.state_since + LINK_LIVES <= at
