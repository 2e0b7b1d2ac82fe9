"""The district's own reporting policy: one person enters a version, a second one signs it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.program.law import events, policies
from upstander.program.law.models import PolicySignature, PolicyVersion
from upstander.program.law.services._copies import tell_change
from upstander.program.law.services._entries import lock_layer


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
    name_es: str = "",
) -> PolicyVersion:
    """Enter the version that is in force from `starts_on` on; what was in force before stays told.

    It is shown to others once a second person has signed it: its number and address stand on the public call screen. A
    mistake is put right by entering the version again, with the same first day. Needs `local.propose` in the whole
    district.
    """
    require(actor, "local.propose", Place(actor.district_id))
    version = PolicyVersion(
        district_id=actor.district_id,
        number=number,
        name=name,
        name_es=name_es,
        starts_on=starts_on,
        address=address,
        reviewed_on=reviewed_on,
        entered_by_id=actor.account_id,
        recorded_at=at,
    )
    policies.check_policy(version, policies.today(actor, at))
    version.save(force_insert=True)
    told = {"number": number, "starts_on": starts_on.isoformat()}
    record(events.POLICY_ADDED, actor=actor, subject=version.ref, at=at, **told)
    return version


@transaction.atomic
def sign_policy_version(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Say, as a second person, that a version is the district's own. Needs `local.sign` in the district or a region.

    Raises NotFound out of reach, WrongState for one's own version and for one that is signed already.
    """
    lock_layer(actor)
    version = PolicyVersion.objects.filter(district_id=actor.district_id, ref=ref).first()
    if version is None or actor.account_id is None or not policies.may_sign_for_district(actor):
        raise NotFound(ref)
    if version.entered_by_id == actor.account_id:
        raise WrongState(_("This is your own change. A second person decides about it."))
    if version.signatures.exists():
        raise WrongState(_("Somebody has signed this version already."))
    PolicySignature(
        district_id=actor.district_id,
        version=version,
        entered_by_id=version.entered_by_id,
        signed_by_id=actor.account_id,
        signed_at=at,
    ).save(force_insert=True)
    tell_change(actor)
    record(events.POLICY_SIGNED, actor=actor, subject=ref, at=at, number=version.number)
