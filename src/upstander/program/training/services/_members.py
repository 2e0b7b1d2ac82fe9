"""Finding and locking a member of the Cadre for a change. Only services of this part call it."""

import datetime as dt

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import policies
from upstander.program.training.models import CadreMember


def coordinated(actor: Actor, ref: str, at: dt.datetime) -> CadreMember:
    """The member, locked, if the actor coordinates their region; else NotFound."""
    member = _locked(ref)
    policies.require_member(actor, member, at)
    return member


def kept_by(actor: Actor, ref: str, at: dt.datetime) -> CadreMember:
    """The member, locked, if it is the actor or the actor coordinates their region; else NotFound."""
    member = _locked(ref)
    policies.require_own_or_coordinated(actor, member, at)
    return member


def own(actor: Actor, ref: str, at: dt.datetime) -> CadreMember:
    """The member, locked, if it is the actor; else NotFound."""
    member = kept_by(actor, ref, at)
    if not policies.is_own(actor, member):
        raise NotFound(ref)
    return member


def _locked(ref: str) -> CadreMember:
    found = CadreMember.objects.select_for_update(of=("self",)).select_related("person").filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found
