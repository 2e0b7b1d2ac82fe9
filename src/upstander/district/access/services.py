"""Giving a role by hand, to somebody whose posts do not bring it, and always until a day."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.access import events
from upstander.district.access.models import RoleGrant
from upstander.district.access.policies import GIVEN_BY_HAND
from upstander.district.accounts.models import Account
from upstander.district.places.policies import held_on
from upstander.district.places.services.dated import replace
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid

LONGEST = dt.timedelta(days=366)


@transaction.atomic
def give_role(
    *, actor: Actor, account: Account, role: str, starts_on: dt.date, ends_on: dt.date, at: dt.datetime
) -> RoleGrant:
    """Let an account hold a role in the actor's district from `starts_on` to the day before `ends_on`.

    Only roles of `policies.GIVEN_BY_HAND`, and for a year at most: who signs for a district is asked again each year.
    Raises Invalid. Needs `access.manage`, which nobody has who proposes.
    """
    require(actor, "access.manage", Place(actor.district_id))
    if role not in GIVEN_BY_HAND:
        raise Invalid(_("This role comes with a post."), "role")
    if not starts_on < ends_on <= starts_on + LONGEST:
        raise Invalid(_("A role is given for at least a day and a year at most."), "ends_on")
    grant = RoleGrant(
        district_id=actor.district_id,
        account=account,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
    )
    grant.save(force_insert=True)
    told = {"role": role, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    record(events.ROLE_GIVEN, actor=actor, subject=account.ref, at=at, **told)
    return grant


@transaction.atomic
def end_role(*, actor: Actor, account: Account, role: str, ends_on: dt.date, at: dt.datetime) -> int:
    """End a role given by hand; `ends_on` is the first day without it. Gives how many grants ended. `access.manage`."""
    require(actor, "access.manage", Place(actor.district_id))
    held = RoleGrant.objects.select_for_update().filter(
        held_on(ends_on), district_id=actor.district_id, account=account, role=role, starts_on__lt=ends_on
    )
    ended = [replace(grant, at=at, ends_on=ends_on) for grant in held]
    record(events.ROLE_ENDED, actor=actor, subject=account.ref, at=at, role=role, ends_on=ends_on.isoformat())
    return len(ended)
