"""The district's own layer: one person proposes, a second one signs. A wrong phone number is put right at once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from upstander.district.places.models import District, Region, Site
from upstander.district.places.selectors import region_by_ref, site_by_ref
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.program.law import events, policies, states
from upstander.program.law.content import Line, Own
from upstander.program.law.models import LocalEntry, LocalLine
from upstander.program.law.selectors.local import (
    before,
    correctors_of,
    entries_that_hold,
    entry_by_ref,
    last_signed,
    own_of,
    seen_before,
    thing_of,
)
from upstander.program.law.services import _fitting
from upstander.program.law.services._copies import copy_calls_again
from upstander.program.law.services._stations import put_station
from upstander.program.law.states import Entry

OF_A_SITE = (LocalEntry.Kind.STEPS, LocalEntry.Kind.STATION)


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
    _lock(actor)
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
        proposed_by_id=_account(actor),
        proposed_at=at,
    )
    current = before(actor=actor, entry=entry)
    if own.lines == (own_of(current).lines if current else ()):
        raise Invalid(_("This is what is in force already. Nothing was changed."))
    if _same_thing(entry).filter(state=Entry.PROPOSED).exists():
        raise WrongState(
            _("A change of this waits for its second person already. Take it back or have it decided first.")
        )
    _keep(entry, own.lines)
    record(events.LOCAL_PROPOSED, actor=actor, subject=entry.ref, at=at, kind=str(thing.kind), lines=len(own.lines))
    return entry


@transaction.atomic
def sign_entry(*, actor: Actor, ref: str, over: str, at: dt.datetime) -> None:
    """Put a proposal in force in place of the entry `over` ("" for nothing), which the signer saw beside it.

    Raises WrongState for one's own proposal, for one that was decided meanwhile, and when something else is in force
    than the signer saw. Needs `local.sign` there.
    """
    on = policies.today(actor, at)
    entry = _second_persons(actor, ref, on)
    current = before(actor=actor, entry=entry)
    if entry.state == Entry.PROPOSED and seen_before(actor=actor, entry=entry)[0] != over:
        raise WrongState(_("What is in force has changed since you opened this page. Please look at both once more."))
    target = states.after(entry.state, "sign")
    _fitting.check_own(actor, own_of(entry), on)
    _fitting.check_contacts(actor, own_of(entry), on)
    _replace(current, entry)
    _decide(entry, target, actor, at)
    if entry.site is not None and entry.kind == LocalEntry.Kind.STATION:
        put_station(actor, entry.site, entry.level, own_of(entry).lines[0], at)
    copy_calls_again(actor)
    record(events.LOCAL_SIGNED, actor=actor, subject=ref, at=at, kind=entry.kind)


@transaction.atomic
def refuse_entry(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Decide that a proposal does not come into force. Needs `local.sign` there, and that somebody else proposed it."""
    entry = _second_persons(actor, ref, policies.today(actor, at))
    _decide(entry, states.after(entry.state, "refuse"), actor, at)
    record(events.LOCAL_REFUSED, actor=actor, subject=ref, at=at, kind=entry.kind)


@transaction.atomic
def withdraw_entry(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Take one's own proposal back. Raises NotFound for somebody else's."""
    entry = _locked(actor, ref, policies.today(actor, at))
    if entry.proposed_by_id != actor.account_id:
        raise NotFound(ref)
    _decide(entry, states.after(entry.state, "withdraw"), actor, at)
    record(events.LOCAL_WITHDRAWN, actor=actor, subject=ref, at=at, kind=entry.kind)


@transaction.atomic
def correct_phone(*, actor: Actor, ref: str, position: int, phone: str, at: dt.datetime) -> LocalEntry:
    """Put a wrong number of an entry in force right at once; it holds and waits for a second person to confirm it.

    The same number once more says that somebody called it today and it was right: that needs nobody else. Raises
    WrongState when the entry is no longer in force. Needs `local.propose` there and an account.
    """
    on = policies.today(actor, at)
    _lock(actor)
    entry = entries_that_hold(actor=actor).exclude(kind=LocalEntry.Kind.STATION).filter(ref=ref).first()
    if entry is None:
        raise WrongState(_("This number was changed by someone else in the meantime."))
    require(actor, "local.propose", policies.place_of_thing(actor, entry.site, entry.region, on))
    lines = list(own_of(entry).lines)
    if position >= len(lines) or not lines[position].phone:
        raise NotFound(ref)
    is_same = lines[position].phone == phone
    lines[position] = replace(lines[position], phone=phone, verified_on=on)
    _fitting.check_own(actor, Own(entry.kind, entry.level, tuple(lines)), on)
    again = _copy(entry, replaces=last_signed(actor=actor, entry=entry) or entry)
    if not is_same:
        again.state, again.proposed_by_id, again.proposed_at = Entry.CORRECTED, _account(actor), at
        again.decided_by = again.decided_at = None
    _replace(entry, None)
    _keep(again, tuple(lines))
    event = events.NUMBER_CHECKED if is_same else events.NUMBER_CORRECTED
    copy_calls_again(actor)
    record(event, actor=actor, subject=again.ref, at=at, kind=again.kind)
    return again


@transaction.atomic
def confirm_correction(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Say, as a second person, that a corrected number is right. Needs `local.sign` there.

    Whoever corrected a number of it since the last signature is no second person, also when somebody else came after.
    """
    entry = _second_persons(actor, ref, policies.today(actor, at))
    if actor.account_id in correctors_of(actor=actor, entry=entry):
        raise WrongState(_("You corrected a number here too. Somebody else decides about it."))
    _decide(entry, states.after(entry.state, "confirm"), actor, at)
    record(events.CORRECTION_CONFIRMED, actor=actor, subject=ref, at=at, kind=entry.kind)


@transaction.atomic
def take_correction_back(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Say, as a second person, that what was last signed is right: it is written again. Needs `local.sign`."""
    entry = _second_persons(actor, ref, policies.today(actor, at))
    former = before(actor=actor, entry=entry)
    _decide(entry, states.after(entry.state, "take_back"), actor, at)
    if former is not None:
        again = _copy(former, replaces=entry)
        again.state = Entry.IN_FORCE if former.decided_by_id else Entry.CORRECTED
        _keep(again, own_of(former).lines)
    copy_calls_again(actor)
    record(events.CORRECTION_TAKEN_BACK, actor=actor, subject=ref, at=at, kind=entry.kind)


def _lock(actor: Actor) -> None:
    """One change of a district's layer at a time: what is in force is read before it is replaced."""
    District.objects.select_for_update(no_key=True).get(pk=actor.district_id)


def _locked(actor: Actor, ref: str, on: dt.date) -> LocalEntry:
    _lock(actor)
    return entry_by_ref(actor=actor, ref=ref, on=on)


def _second_persons(actor: Actor, ref: str, on: dt.date) -> LocalEntry:
    """The entry, if the actor may decide about it: it is in their reach and somebody else's."""
    entry = _locked(actor, ref, on)
    if not policies.may_sign(actor, entry, on):
        raise NotFound(ref)
    if entry.proposed_by_id == _account(actor):
        raise WrongState(_("This is your own change. A second person decides about it."))
    return entry


def _where(actor: Actor, thing: Thing, on: dt.date) -> tuple[Site | None, Region | None]:
    capability = "local.propose"
    if thing.kind in OF_A_SITE:
        return site_by_ref(actor=actor, ref=thing.site_ref, on=on, capability=capability), None
    region = region_by_ref(actor=actor, ref=thing.region_ref) if thing.kind == LocalEntry.Kind.REGION_LEAD else None
    require(actor, capability, policies.place_of_thing(actor, None, region, on))
    return None, region


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise NotAllowed("local.propose")
    return actor.account_id


def _same_thing(entry: LocalEntry) -> QuerySet[LocalEntry]:
    return LocalEntry.objects.filter(district_id=entry.district_id, **thing_of(entry))


def _replace(current: LocalEntry | None, by: LocalEntry | None) -> None:
    if current is None:
        return
    current.state = states.after(current.state, "replace")
    current.save(update_fields=["state"])
    if by is not None:
        by.replaces = current


def _decide(entry: LocalEntry, target: Entry, actor: Actor, at: dt.datetime) -> None:
    entry.state, entry.decided_by_id, entry.decided_at = target, _account(actor), at
    entry.save(update_fields=["state", "decided_by", "decided_at", "replaces"])


def _copy(entry: LocalEntry, *, replaces: LocalEntry) -> LocalEntry:
    """The entry once more, with the people who stood for it; not saved."""
    kept = ("district_id", "kind", "level", "site_id", "region_id", "state", "proposed_by_id", "proposed_at")
    decided = ("decided_by_id", "decided_at")
    return LocalEntry(**{name: getattr(entry, name) for name in (*kept, *decided)}, replaces=replaces)


def _keep(entry: LocalEntry, lines: Sequence[Line]) -> None:
    entry.save(force_insert=True)
    LocalLine.objects.bulk_create(
        LocalLine(
            district_id=entry.district_id,
            entry=entry,
            position=position,
            name=line.name.en,
            name_es="" if line.name.es == line.name.en else line.name.es,
            phone=line.phone,
            deputy=line.deputy,
            verified_on=line.verified_on,
        )
        for position, line in enumerate(lines)
    )
