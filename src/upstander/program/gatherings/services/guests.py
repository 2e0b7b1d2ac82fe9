"""Signing up from outside: an address is proved by a link, places go in order, and a link gives a place back.

Nobody has a place before the link is followed. The symposium is locked while places are given, so the last one is
given once.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState, refuse
from upstander.foundation.kernel.limits import within_limit
from upstander.program.gatherings import events, policies, states
from upstander.program.gatherings.content.choices import NEEDS, are_tongues
from upstander.program.gatherings.models import Guest, Symposium
from upstander.program.gatherings.services import _guests, _mails
from upstander.program.gatherings.services._guests import locked, locked_for_guests
from upstander.program.gatherings.states import Place
from upstander.program.training.policies import require_key

MAILS_A_DAY = 5  # to one address: nobody's mailbox is filled by strangers


@dataclass(frozen=True, slots=True)
class SignUp:
    """What a guest says: a name for the door, an address, and what they need, chosen."""

    name: str
    email: str
    language: str
    organization: str = ""
    interpreter: str = ""
    needs: tuple[str, ...] = ()


@transaction.atomic
def sign_up(*, actor: Actor, ref: str, given: SignUp, at: dt.datetime) -> str:
    """Keep the wish aside and mail a link to the address; who has a place already gets the link to it instead.

    Says the same in both cases. Returns the ref of the guest, which is never shown to who signs up.
    Raises Invalid with the fields of `SignUp`, WrongState once signing up has ended.
    """
    symposium = _open(actor, ref, at)
    refuse(_wrong(given))
    email = given.email.lower()
    if not within_limit("sign-up", email, most=MAILS_A_DAY, seconds=24 * 60 * 60, at=at):
        sentence = _("Several links were sent to this address today. Please look for them, or try tomorrow.")
        raise Invalid(sentence, "email")
    known = Guest.objects.filter(symposium=symposium, email=email, state__in=(Place.SEATED, Place.WAITING)).first()
    guest = known or Guest.objects.create(
        district_id=actor.district_id,
        symposium=symposium,
        name=given.name,
        organization=given.organization,
        email=email,
        language=given.language,
        interpreter=given.interpreter,
        needs=sorted(given.needs),
        state=Place.UNPROVEN,
        state_since=at,
    )
    record(events.GUEST_ASKED, actor=actor, subject=ref, at=at)
    _mails.tell_link(actor, symposium, guest, at)
    return guest.ref


@transaction.atomic
def prove_guest(*, actor: Actor, ref: str, key: str, at: dt.datetime) -> Guest:
    """Give the guest behind this link a place, or the next one on the waiting list; following it again changes nothing.

    Raises NotFound for a link that ran out, WrongState once signing up has ended.
    """
    require_key(ref, key)
    symposium_ref = _found(actor, ref).symposium.ref
    symposium = _open(actor, symposium_ref, at)
    guest = _found(actor, ref)
    if guest.state != Place.UNPROVEN:
        return guest
    if policies.is_over(guest, at):
        raise NotFound(ref)
    twin = Guest.objects.filter(symposium=symposium, email=guest.email, state__in=(Place.SEATED, Place.WAITING)).first()
    if twin is not None:
        return twin
    _guests.place(guest, "seat" if _guests.seated_count(symposium) < symposium.capacity else "queue", at)
    guest.proved_at = at
    guest.save(update_fields=["state", "state_since", "proved_at"])
    record(events.GUEST_PROVED, actor=actor, subject=symposium.ref, at=at, guest=guest.ref, state=str(guest.state))
    kind = "gathering_seated" if guest.state == Place.SEATED else "gathering_waiting"
    _mails.tell_guests(actor, symposium, [guest], kind, at)
    return guest


@transaction.atomic
def withdraw_guest(*, actor: Actor, ref: str, key: str, at: dt.datetime) -> None:
    """Give a place back for whoever holds the key: name and address are erased at once, and the next one moves up.

    Raises WrongState where it was given back before, or once it was held.
    """
    require_key(ref, key)
    symposium = locked_for_guests(actor, _found(actor, ref).symposium.ref)
    guest = _found(actor, ref)
    if symposium.state not in states.COMING:
        raise WrongState(_("It was held or cancelled; there is nothing to change any more."))
    was_seated = guest.state == Place.SEATED
    _guests.place(guest, "withdraw", at)
    _mails.tell_guests(actor, symposium, [guest], "gathering_withdrawn", at, had_file=was_seated)
    guest.name, guest.organization, guest.email, guest.interpreter, guest.needs = "", "", "", "", []
    guest.save()
    moved_up = _guests.move_up(actor, symposium, at)
    record(events.GUEST_WITHDREW, actor=actor, subject=symposium.ref, at=at, guest=ref, moved_up_count=moved_up)


@transaction.atomic
def note_came(*, actor: Actor, ref: str, guest_ref: str, is_here: bool, at: dt.datetime) -> None:
    """Tick a guest off at the door, or take the tick back. Whoever waits and is let in gets a place by it.

    Needs `gatherings.manage`. Raises WrongState before the day, and once it was noted as held.
    """
    symposium = locked(actor, ref)
    if symposium.state not in states.COMING or symposium.starts_at - dt.timedelta(hours=4) > at:
        raise WrongState(_("Guests are ticked off on the day itself."))
    guest = Guest.objects.filter(symposium=symposium, ref=guest_ref, state__in=(Place.SEATED, Place.WAITING)).first()
    if guest is None:
        raise NotFound(guest_ref)
    if is_here and guest.state == Place.WAITING:
        _guests.place(guest, "seat", at)
    guest.came_at = at if is_here else None
    guest.save(update_fields=["state", "state_since", "came_at"])
    record(events.GUEST_CAME, actor=actor, subject=ref, at=at, guest=guest_ref, is_here=is_here)


def _found(actor: Actor, ref: str) -> Guest:
    guest = Guest.objects.select_related("symposium").filter(district_id=actor.district_id, ref=ref).first()
    if guest is None:
        raise NotFound(ref)
    return guest


def _open(actor: Actor, ref: str, at: dt.datetime) -> Symposium:
    symposium = locked_for_guests(actor, ref)
    if symposium.state == states.Symposium.DRAFT:
        raise NotFound(ref)
    if symposium.state != states.Symposium.OPEN or symposium.starts_at <= at:
        raise WrongState(_("Signing up has ended. Nothing was kept."))
    return symposium


def _wrong(given: SignUp) -> Iterator[Invalid]:
    if not given.name.strip():
        yield Invalid(_("Please give a name for the door."), "name")
    if given.interpreter and not are_tongues([given.interpreter]):
        yield Invalid(_("Please choose from the languages."), "interpreter")
    if set(given.needs) - set(dict(NEEDS)):
        yield Invalid(_("Please choose from the answers."), "needs")
