"""Building the actor from the account, its posts and its grants, as they stand on one day."""

import datetime as dt
from collections.abc import Collection

from django.db import connection

from upstander.district.access.models import RoleGrant
from upstander.district.access.policies import GIVEN_BY_HAND, ROLE_OF_POST, ROLES
from upstander.district.accounts.models import Account
from upstander.district.places.policies import held_on
from upstander.foundation.kernel.actor import Actor, Grant, Kind

# One statement, because every signed-in page asks it: who the account is here, and what it holds on the day.
HOLDS = (
    "{row}.superseded_at IS NULL AND {row}.starts_on <= %(on)s AND ({row}.ends_on IS NULL OR {row}.ends_on > %(on)s)"
)
HELD = f"""
    WITH person AS (SELECT id FROM people_person WHERE district_id = %(district)s AND account_id = %(account)s)
    SELECT 'person', id, 'staff', NULL::bigint, NULL::bigint FROM person
    UNION ALL
    SELECT 'post', person.id, post.role, post.region_id, post.site_id
    FROM people_post post JOIN person ON person.id = post.person_id
    WHERE post.district_id = %(district)s AND {HOLDS.format(row="post")}
    UNION ALL
    SELECT 'grant', NULL::bigint, given.role, given.region_id, given.site_id FROM access_rolegrant given
    WHERE given.district_id = %(district)s AND given.account_id = %(account)s AND {HOLDS.format(row="given")}
"""  # noqa: S608 - constants only


def actor_for(account: Account, district_id: int, on: dt.date) -> Actor:
    """The signed-in person with the grants of this district on this day. Takes no actor: it makes one."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"account": account.pk, "district": district_id, "on": on})
        rows = cursor.fetchall()
    return Actor(
        Kind.PERSON,
        district_id,
        account.ref,
        account_id=account.pk,
        person_id=next((person_id for kind, person_id, *_rest in rows if kind == "person"), None),
        grants=frozenset(
            Grant(capability, region_id, site_id)
            for kind, _person_id, role, region_id, site_id in rows
            for capability in ROLES.get(ROLE_OF_POST.get(role, "") if kind == "post" else role, frozenset())
        ),
        display_name=account.display_name,
    )


def given_by_hand(*, actor: Actor, capabilities: Collection[str], on: dt.date) -> dict[str, dict[int, Account]]:
    """By capability and id the accounts that hold it on a day by a role given by hand, by name. One query."""
    roles = [role for role in GIVEN_BY_HAND if not ROLES[role].isdisjoint(capabilities)]
    grants = RoleGrant.objects.filter(
        held_on(on), district_id=actor.district_id, role__in=roles, account__is_active=True
    ).select_related("account")
    found: dict[str, dict[int, Account]] = {capability: {} for capability in capabilities}
    for grant in grants.order_by("account__display_name", "account_id"):
        for capability in ROLES[grant.role] & found.keys():
            found[capability][grant.account_id] = grant.account
    return found
