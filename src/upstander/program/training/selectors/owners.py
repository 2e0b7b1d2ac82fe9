"""Whose hands a request can be in."""

import datetime as dt

from upstander.district.access.selectors import actor_for
from upstander.district.accounts.models import Account
from upstander.district.people.models import Person
from upstander.district.people.selectors import lead_and_deputy, people_in_role
from upstander.district.places.models import Site
from upstander.district.places.selectors import place_of, region_of
from upstander.foundation.kernel.access import require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed
from upstander.program.training import policies
from upstander.program.training.models import Request


def first_owner(*, actor: Actor, site: Site, on: dt.date) -> Account | None:
    """Who a new request of the site belongs to: see `owners_above`. None where the district has named nobody."""
    return next(iter(owners_above(actor=actor, site=site, on=on)), None)


def owners_above(*, actor: Actor, site: Site, on: dt.date) -> list[Account]:
    """Who may own a request of the site, in order: its region's lead and deputy, then the coordinators."""
    return [*leads_of(actor=actor, site=site, on=on), *coordinators(actor=actor, on=on)]


def leads_of(*, actor: Actor, site: Site, on: dt.date) -> list[Account]:
    """The lead of the site's region and the deputy, as far as they can sign in."""
    region = region_of(actor=actor, site=site, on=on)
    return _accounts(*lead_and_deputy(actor=actor, region=region, on=on)) if region else []


def coordinators(*, actor: Actor, on: dt.date) -> list[Account]:
    """The coordinators of the district, by name, as far as they can sign in."""
    return _accounts(*people_in_role(actor=actor, role="coordinator", on=on).select_related("account"))


def owners_for(*, actor: Actor, request: Request, at: dt.datetime) -> list[Account]:
    """To whom the request can be handed: everybody who may coordinate its site and does not have it yet."""
    on = policies.today(actor, at)
    found = owners_above(actor=actor, site=request.site, on=on)
    return list({each.pk: each for each in found if each.pk != request.owner_id}.values())


def may_own(*, actor: Actor, account: Account, request: Request, at: dt.datetime) -> bool:
    """Whether the account coordinates the request's site today."""
    on = policies.today(actor, at)
    try:
        held = actor_for(account, actor.district_id, on)
        require(held, "training.coordinate", place_of(actor=actor, site=request.site, on=on))
    except NotAllowed:
        return False
    return True


def _accounts(*people: Person | None) -> list[Account]:
    return [person.account for person in people if person is not None and person.account is not None]
