"""Entering a version of the district's own reporting policy."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid
from upstander.program.law import events, policies
from upstander.program.law.models import PolicyVersion


@transaction.atomic
def add_policy_version(
    *,
    actor: Actor,
    number: str,
    name: str,
    starts_on: dt.date,
    address: str,
    reviewed_on: dt.date | None,
    at: dt.datetime,
) -> PolicyVersion:
    """Enter the version that is in force from `starts_on` on; what was in force before stays told.

    One person is enough: the policy was decided elsewhere and is published, and this only says where. A mistake is put
    right by entering the version again, with the same first day. Needs `local.propose` in the whole district.
    """
    require(actor, "local.propose", Place(actor.district_id))
    policies.check_policy(number, name, address)
    if reviewed_on is not None and reviewed_on > policies.today(actor, at):
        raise Invalid(_("It cannot have been reviewed on a day that is still to come."), "reviewed_on")
    version = PolicyVersion(
        district_id=actor.district_id,
        number=number,
        name=name,
        starts_on=starts_on,
        address=address,
        reviewed_on=reviewed_on,
        entered_by_id=actor.account_id,
        recorded_at=at,
    )
    version.save(force_insert=True)
    told = {"number": number, "starts_on": starts_on.isoformat()}
    record(events.POLICY_ADDED, actor=actor, subject=version.ref, at=at, **told)
    return version
