"""The district's own layer: one person proposes, a second one signs."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from upstander.district.places.models import Region, Site
from upstander.district.places.selectors import region_by_ref, site_by_ref
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.program.law import events, policies, states
from upstander.program.law.content import Line, Own
from upstander.program.law.models import LocalEntry
from upstander.program.law.selectors.entries import before, own_of, seen_before, thing_of
from upstander.program.law.services import _fitting
from upstander.program.law.services._copies import tell_change
from upstander.program.law.services._entries import (
    account_of,
    decide,
    for_second_person,
    keep,
    lock_layer,
    locked_entry,
    replace_entry,
)
from upstander.program.law.services._stations import put_station
from upstander.program.law.states import Entry

OF_A_SITE = (LocalEntry.Kind.STEPS, LocalEntry.Kind.STATION, LocalEntry.Kind.OFFICES)


@dataclass(frozen=True, slots=True)
class Thing:
    """What an entry is about: a kind, and the level, site or region it belongs to."""

    kind: str
    level: str = ""
    site_ref: str = ""
    region_ref: str = ""


@transaction.atomic
def propose_entry(*, actor: Actor, thing: Thing, lines: Sequence[Line], at: dt.datetime) -> LocalEntry:
    """Propose what the district says about one thing; nothing in force changes until a second person signs.

    No lines propose that it says nothing any more. Raises Invalid with the field it belongs to, WrongState while
    another proposal about the same thing waits, NotFound out of reach. Needs `local.propose` there and an account.
    """
    on = policies.today(actor, at)
    lock_layer(actor)
    site, region = _where(actor, thing, on)
    _fitting.check_thing(actor, thing.kind, thing.level, on)
    own = Own(thing.kind, thing.level, tuple(lines))
    _fitting.check_own(actor, own, on)
    entry = LocalEntry(
        district_id=actor.district_id,
        kind=thing.kind,
        level=thing.level,
        site=site,
        region=region,
        state=Entry.PROPOSED,
        proposed_by_id=account_of(actor),
        proposed_at=at,
    )
    current = before(actor=actor, entry=entry)
    if own.lines == (own_of(current).lines if current else ()):
        raise Invalid(_("This is what is in force already. Nothing was changed."))
    if _same_thing(entry).filter(state=Entry.PROPOSED).exists():
        raise WrongState(
            _("A change of this waits for its second person already. Take it back or have it decided first.")
        )
    keep(entry, own.lines)
    record(events.LOCAL_PROPOSED, actor=actor, subject=entry.ref, at=at, kind=str(thing.kind), lines=len(own.lines))
    return entry


@transaction.atomic
def sign_entry(*, actor: Actor, ref: str, over: str, at: dt.datetime) -> None:
    """Put a proposal in force in place of the entry `over` ("" for nothing), which the signer saw beside it.

    Raises WrongState for one's own proposal, for one that was decided meanwhile, and when something else is in force
    than the signer saw. Needs `local.sign` there.
    """
    on = policies.today(actor, at)
    entry = for_second_person(actor, ref, on)
    current = before(actor=actor, entry=entry)
    if entry.state == Entry.PROPOSED and seen_before(actor=actor, entry=entry)[0] != over:
        raise WrongState(_("What is in force has changed since you opened this page. Please look at both once more."))
    target = states.after(entry.state, "sign")
    _fitting.check_own(actor, own_of(entry), on)
    _fitting.check_contacts(actor, own_of(entry), on)
    replace_entry(current, entry)
    decide(entry, target, actor, at)
    if entry.site is not None and entry.kind == LocalEntry.Kind.STATION:
        put_station(actor, entry.site, entry.level, own_of(entry).lines[0], at)
    tell_change(actor)
    record(events.LOCAL_SIGNED, actor=actor, subject=ref, at=at, kind=entry.kind)


@transaction.atomic
def refuse_entry(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Decide that a proposal does not come into force. Needs `local.sign` there, and that somebody else proposed it."""
    entry = for_second_person(actor, ref, policies.today(actor, at))
    decide(entry, states.after(entry.state, "refuse"), actor, at)
    record(events.LOCAL_REFUSED, actor=actor, subject=ref, at=at, kind=entry.kind)


@transaction.atomic
def withdraw_entry(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Take one's own proposal back. Raises NotFound for somebody else's."""
    entry = locked_entry(actor, ref, policies.today(actor, at))
    if entry.proposed_by_id != actor.account_id:
        raise NotFound(ref)
    decide(entry, states.after(entry.state, "withdraw"), actor, at)
    record(events.LOCAL_WITHDRAWN, actor=actor, subject=ref, at=at, kind=entry.kind)


def _where(actor: Actor, thing: Thing, on: dt.date) -> tuple[Site | None, Region | None]:
    capability = "local.propose"
    if thing.kind in OF_A_SITE:
        site = site_by_ref(actor=actor, ref=thing.site_ref, on=on, capability=capability)
        if thing.kind == LocalEntry.Kind.OFFICES and not policies.speaks_for_site(actor, site):
            raise NotAllowed(capability)
        return site, None
    is_of_region = policies.is_of_a_region(thing.kind, thing.region_ref)
    region = region_by_ref(actor=actor, ref=thing.region_ref) if is_of_region else None
    require(actor, capability, policies.place_of_thing(actor, None, region, on))
    return None, region


def _same_thing(entry: LocalEntry) -> QuerySet[LocalEntry]:
    return LocalEntry.objects.filter(district_id=entry.district_id, **thing_of(entry))
