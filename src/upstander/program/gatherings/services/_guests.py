"""A symposium locked, and its places: who has one, who is next. Only services of this part call it."""

import datetime as dt

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.gatherings import policies, states
from upstander.program.gatherings.models import Guest, Symposium
from upstander.program.gatherings.services import _mails
from upstander.program.gatherings.states import Place


def locked(actor: Actor, ref: str) -> Symposium:
    """The symposium for who manages gatherings, locked until the transaction ends. Raises NotFound, NotAllowed."""
    policies.require_manager(actor)
    return locked_for_guests(actor, ref)


def locked_for_guests(actor: Actor, ref: str) -> Symposium:
    """The symposium, locked, for who has just proved to hold a key of it, or signs up. Raises NotFound."""
    found = Symposium.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def told(symposium: Symposium, *in_states: str) -> list[Guest]:
    """The guests in these states, in the order of their signing up."""
    return list(Guest.objects.filter(symposium=symposium, state__in=in_states).order_by("proved_at", "id"))


def seated_count(symposium: Symposium) -> int:
    """How many have a place."""
    return Guest.objects.filter(symposium=symposium, state=Place.SEATED).count()


def place(guest: Guest, move: str, at: dt.datetime) -> None:
    """Take the guest to the state to which `move` leads. Raises WrongState."""
    guest.state, guest.state_since = states.after(states.PLACE_MOVES, guest.state, move), at


def move_up(actor: Actor, symposium: Symposium, at: dt.datetime) -> int:
    """Give free places to the waiting list in its order, and tell each by mail; how many moved up."""
    if symposium.state not in states.COMING:
        return 0
    free = max(symposium.capacity - seated_count(symposium), 0)
    moved = told(symposium, Place.WAITING)[:free]
    for guest in moved:
        place(guest, "seat", at)
        guest.save(update_fields=["state", "state_since"])
    _mails.tell_guests(actor, symposium, moved, "gathering_seated", at)
    return len(moved)
