"""Who may do what with materials."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import Site
from upstander.district.places.selectors import place_of, school_year_on
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound
from upstander.program.training.policies import today

MANAGE = "materials.manage"
RECALL_DAYS = 10  # school days in which copies are taken away
MOST_AT_ONCE = 100_000


def require_manager(actor: Actor) -> None:
    """Raise NotAllowed unless the actor looks after the district's materials."""
    require(actor, MANAGE, Place(actor.district_id))


def require_site(actor: Actor, capability: str, site: Site, at: dt.datetime) -> None:
    """Raise NotFound unless the actor holds the capability at the site: what is out of reach does not exist."""
    try:
        require(actor, capability, place_of(actor=actor, site=site, on=today(actor, at)))
    except NotAllowed:
        raise NotFound(site.ref) from None


def require_count(count: int, field: str) -> None:
    """Raise Invalid unless this many copies can be booked at once."""
    if not 1 <= count <= MOST_AT_ONCE:
        raise Invalid(_("Please give a number from %(least)s to %(most)s.") % {"least": 1, "most": MOST_AT_ONCE}, field)


def year_begins(actor: Actor, at: dt.datetime) -> dt.date:
    """The first day of the school year in which limits are counted; in the summer, the last twelve months."""
    on = today(actor, at)
    year = school_year_on(actor=actor, on=on)
    return year.starts_on if year else on - dt.timedelta(days=365)
