"""Building the actor from the account, its posts and its grants, as they stand on one day."""

import datetime as dt

from django.db.models import Q

from upstander.district.access.models import RoleGrant
from upstander.district.access.policies import ROLE_OF_POST, ROLES
from upstander.district.accounts.models import Account
from upstander.district.people.models import Person, Post
from upstander.foundation.kernel.actor import Actor, Grant, Kind


def actor_for(account: Account, district_id: int, on: dt.date) -> Actor:
    """The signed-in person with the grants of this district on this day. Takes no actor: it makes one."""
    person = Person.objects.filter(account=account).first()
    held: list[tuple[str, int | None, int | None]] = [("staff", None, None)] if person else []
    if person:
        held += [
            (ROLE_OF_POST[role], region_id, site_id)
            for role, region_id, site_id in Post.objects.filter(
                _holds(on), person=person, role__in=ROLE_OF_POST
            ).values_list("role", "region_id", "site_id")
        ]
    held += list(RoleGrant.objects.filter(_holds(on), account=account).values_list("role", "region_id", "site_id"))
    return Actor(
        Kind.PERSON,
        district_id,
        account.ref,
        account_id=account.pk,
        person_id=person.pk if person else None,
        grants=frozenset(
            Grant(capability, region_id, site_id)
            for role, region_id, site_id in held
            for capability in ROLES.get(role, frozenset())
        ),
        display_name=account.display_name,
    )


def _holds(on: dt.date) -> Q:
    return Q(superseded_at__isnull=True, starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
