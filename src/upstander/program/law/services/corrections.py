"""A wrong phone number is put right at once; a second person looks at it afterwards."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from upstander.district.places.models import LawStation, Site
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.program.law import events, policies, states
from upstander.program.law.content import Line, Own
from upstander.program.law.models import LocalEntry
from upstander.program.law.selectors.entries import before, correctors_of, entries_that_hold, last_signed, own_of
from upstander.program.law.services import _fitting
from upstander.program.law.services._copies import tell_change
from upstander.program.law.services._entries import (
    account_of,
    decide,
    for_second_person,
    keep,
    lock_layer,
    replace_entry,
)
from upstander.program.law.services._stations import save
from upstander.program.law.states import Entry


@transaction.atomic
def correct_phone(*, actor: Actor, ref: str, position: int, phone: str, at: dt.datetime) -> LocalEntry:
    """Put a wrong number of an entry in force right at once; it holds and waits for a second person to confirm it.

    The same number once more says that somebody called it today and it was right: that needs nobody else. Raises
    WrongState when the entry is no longer in force. Needs `local.propose` there and an account.
    """
    on = policies.today(actor, at)
    lock_layer(actor)
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
        again.state, again.proposed_by_id, again.proposed_at = Entry.CORRECTED, account_of(actor), at
        again.decided_by = again.decided_at = None
    replace_entry(entry, None)
    keep(again, tuple(lines))
    event = events.NUMBER_CHECKED if is_same else events.NUMBER_CORRECTED
    tell_change(actor)
    record(event, actor=actor, subject=again.ref, at=at, kind=again.kind)
    return again


def correct_station(actor: Actor, site: Site, known: LawStation, kind: str, line: Line, at: dt.datetime) -> LocalEntry:
    """Write the changed number of a site's station as a correction that waits for a second person.

    A station may never have been an entry: then what it was until now is written first, as what the correction
    replaces, so that it can be taken back. Only `enter_station` calls it, which makes the number hold.
    """
    lock_layer(actor)
    current = entries_that_hold(actor=actor).filter(kind=LocalEntry.Kind.STATION, site=site).first()
    of_station = {"district_id": actor.district_id, "kind": LocalEntry.Kind.STATION, "site": site}
    by = {"proposed_by_id": account_of(actor), "proposed_at": at}
    if current is None:
        base = LocalEntry(level=known.kind, state=Entry.SUPERSEDED, **of_station, **by)
        keep(base, [Line(Text(known.name, known.name), known.phone, "", known.verified_on)])
    else:
        base = last_signed(actor=actor, entry=current) or current.replaces or current
        replace_entry(current, None)
    correction = LocalEntry(level=kind, state=Entry.CORRECTED, replaces=base, **of_station, **by)
    keep(correction, [line])
    return correction


@transaction.atomic
def confirm_correction(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Say, as a second person, that a corrected number is right. Needs `local.sign` there.

    Whoever corrected a number of it since the last signature is no second person, also when somebody else came after.
    """
    entry = for_second_person(actor, ref, policies.today(actor, at))
    if actor.account_id in correctors_of(actor=actor, entry=entry):
        raise WrongState(_("You corrected a number here too. Somebody else decides about it."))
    decide(entry, states.after(entry.state, "confirm"), actor, at)
    record(events.CORRECTION_CONFIRMED, actor=actor, subject=ref, at=at, kind=entry.kind)


@transaction.atomic
def take_correction_back(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Say, as a second person, that what was last signed is right: it is written again. Needs `local.sign`."""
    entry = for_second_person(actor, ref, policies.today(actor, at))
    former = before(actor=actor, entry=entry)
    decide(entry, states.after(entry.state, "take_back"), actor, at)
    if former is not None and entry.kind == LocalEntry.Kind.STATION:
        _station_again(actor, entry, former, at)
    # What stood at a station before anybody wrote an entry about it is not one now either.
    if former is not None and (former.decided_by_id or entry.kind != LocalEntry.Kind.STATION):
        again = _copy(former, replaces=entry)
        again.state = Entry.IN_FORCE if former.decided_by_id else Entry.CORRECTED
        keep(again, own_of(former).lines)
    tell_change(actor)
    record(events.CORRECTION_TAKEN_BACK, actor=actor, subject=ref, at=at, kind=entry.kind)


def _station_again(actor: Actor, entry: LocalEntry, former: LocalEntry, at: dt.datetime) -> None:
    """The number of before is the station's again, unless the site has another station by now."""
    (line,) = own_of(former).lines
    site = entry.site
    if site is not None and site.law_station is not None and site.law_station.name == line.name.en:
        save(actor, site, site.law_station, former.level, line, at)


def _copy(entry: LocalEntry, *, replaces: LocalEntry) -> LocalEntry:
    """The entry once more, with the people who stood for it; not saved."""
    kept = ("district_id", "kind", "level", "site_id", "region_id", "state", "proposed_by_id", "proposed_at")
    decided = ("decided_by_id", "decided_at")
    return LocalEntry(**{name: getattr(entry, name) for name in (*kept, *decided)}, replaces=replaces)
