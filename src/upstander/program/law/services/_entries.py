"""What the steps of an entry share: the lock, whoever is the second person, and writing. Only services here call it."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from upstander.district.places.models import District
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed, NotFound, WrongState
from upstander.program.law import policies, states
from upstander.program.law.content import Line
from upstander.program.law.models import LocalEntry, LocalLine
from upstander.program.law.selectors.entries import entry_by_ref
from upstander.program.law.states import Entry


def lock_layer(actor: Actor) -> None:
    """One change of a district's layer at a time: what is in force is read before it is replaced."""
    District.objects.select_for_update(no_key=True).get(pk=actor.district_id)


def locked_entry(actor: Actor, ref: str, on: dt.date) -> LocalEntry:
    lock_layer(actor)
    return entry_by_ref(actor=actor, ref=ref, on=on)


def for_second_person(actor: Actor, ref: str, on: dt.date) -> LocalEntry:
    """The entry, if the actor may decide about it: it is in their reach and somebody else's."""
    entry = locked_entry(actor, ref, on)
    if not policies.may_sign(actor, entry, on):
        raise NotFound(ref)
    if entry.proposed_by_id == account_of(actor):
        raise WrongState(_("This is your own change. A second person decides about it."))
    return entry


def account_of(actor: Actor) -> int:
    if actor.account_id is None:
        raise NotAllowed("local.propose")
    return actor.account_id


def replace_entry(current: LocalEntry | None, by: LocalEntry | None) -> None:
    if current is None:
        return
    current.state = states.after(current.state, "replace")
    current.save(update_fields=["state"])
    if by is not None:
        by.replaces = current


def decide(entry: LocalEntry, target: Entry, actor: Actor, at: dt.datetime) -> None:
    entry.state, entry.decided_by_id, entry.decided_at = target, account_of(actor), at
    entry.save(update_fields=["state", "decided_by", "decided_at", "replaces"])


def keep(entry: LocalEntry, lines: Sequence[Line]) -> None:
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
            room=line.room,
            open_at=line.open_at,
            email=line.email,
        )
        for position, line in enumerate(lines)
    )
