"""Gifts that come without a promise: in the same ledger, and thanked for where an address is given."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.materials import events, policies, states
from upstander.program.materials.models import DonorWish, Pledge
from upstander.program.materials.services import _pledge_mails
from upstander.program.materials.services.wishes import Wished, end_wish, write_wish
from upstander.program.training.policies import today


@dataclass(frozen=True, slots=True)
class Gift:
    """How many were brought, and where thanks go, if anywhere; the address is erased like that of a promise."""

    count: int
    email: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that was on no list, as a wish would name it."""

    title_en: str
    title_es: str
    purpose: str
    place_ref: str


@transaction.atomic
def receive_gift(*, actor: Actor, ref: str, gift: Gift, at: dt.datetime) -> Pledge:
    """Note what somebody brought for a wish without having promised it. Needs `materials.manage`.

    It counts for the wish, also when that is off the list. Raises Invalid (field "count") and NotFound.
    """
    policies.require_manager(actor)
    policies.require_count(gift.count, "count")
    wish = DonorWish.objects.select_related("place").filter(district_id=actor.district_id, ref=ref).first()
    if wish is None:
        raise NotFound(ref)
    received = Pledge.objects.create(
        district_id=actor.district_id,
        wish=wish,
        count=gift.count,
        received_count=gift.count,
        email=gift.email.lower(),
        language=gift.language,
        state=states.Pledge.RECEIVED,
        state_since=at,
        expires_at=at,
    )
    record(events.GIFT_RECEIVED, actor=actor, subject=received.ref, at=at, wish=ref, count=gift.count)
    _pledge_mails.tell(actor, received, "wish_gift", at)
    return received


@transaction.atomic
def receive_unwished(*, actor: Actor, thing: Thing, gift: Gift, at: dt.datetime) -> Pledge:
    """Note what somebody brought that nobody had wished for: a wish is written that never stands on the public list.

    Needs `materials.manage`; raises Invalid with a sentence at its field.
    """
    policies.require_manager(actor)
    policies.require_count(gift.count, "count")
    wished = Wished(
        title_en=thing.title_en,
        title_es=thing.title_es,
        purpose=thing.purpose,
        wanted_count=gift.count,
        place_ref=thing.place_ref,
        last_on=today(actor, at),
    )
    wish = write_wish(actor=actor, wished=wished, at=at)
    end_wish(actor=actor, ref=wish.ref, at=at)
    return receive_gift(actor=actor, ref=wish.ref, gift=gift, at=at)
