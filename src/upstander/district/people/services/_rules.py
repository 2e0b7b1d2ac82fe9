"""What holds for every post, however it is entered."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from upstander.district.people.policies import is_in_place, needs_to_give
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid


def require_to_give(actor: Actor, role: str) -> None:
    """Raise NotAllowed unless the actor may give, change and end posts of this role."""
    for capability in needs_to_give(role):
        require(actor, capability, Place(actor.district_id))


def check_place(role: str, site_id: int | None, region_id: int | None) -> None:
    """Raise Invalid where a post of this role cannot stand in such a place."""
    if not is_in_place(role, has_site=site_id is not None, has_region=region_id is not None):
        raise Invalid(
            _("Some posts are held at a site, some in a region, and those of the whole district in neither."), "role"
        )


def check_days(first: dt.date, back: dt.date | None) -> None:
    """Raise Invalid for a post that ends before it starts."""
    if back is not None and back <= first:
        raise Invalid(_("The last day lies before the first."), "ends_on")
