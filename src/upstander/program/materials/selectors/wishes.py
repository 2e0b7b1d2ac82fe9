"""The wish list: for everyone, for whoever promised something, and for its keeper."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.materials import policies, states
from upstander.program.materials.models import DonorWish, DropOff, Pledge
from upstander.program.training.policies import require_key, today


@dataclass(frozen=True, slots=True)
class WishLine:
    """A wish with what was received for it and what is promised."""

    wish: DonorWish
    received: int
    promised: int

    @property
    def still(self) -> int:
        """How many are still wanted."""
        return max(0, self.wish.wanted_count - self.received - self.promised)


def open_wishes(*, actor: Actor, at: dt.datetime) -> list[WishLine]:
    """The public list, whatever ends first in front; any actor may read it. One query."""
    found = _counted(actor).filter(ended_at__isnull=True, last_on__gte=today(actor, at))
    return [line(wish) for wish in found.order_by("last_on", "id")]


def open_wish(*, actor: Actor, ref: str, at: dt.datetime) -> WishLine:
    """One wish of the public list. Raises NotFound once it has ended."""
    found = next((each for each in open_wishes(actor=actor, at=at) if each.wish.ref == ref), None)
    if found is None:
        raise NotFound(ref)
    return found


def all_wishes(*, actor: Actor) -> QuerySet[DonorWish]:
    """Every wish, the newest first, with `received` and `promised`. Needs `materials.manage`."""
    policies.require_manager(actor)
    return _counted(actor).order_by("-id")


def wish_by_ref(*, actor: Actor, ref: str) -> WishLine:
    """One wish for its keeper. Needs `materials.manage`; raises NotFound."""
    found = all_wishes(actor=actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return line(found)


def pledges_of(*, actor: Actor, wish: DonorWish) -> QuerySet[Pledge]:
    """The promises for a wish, as far as their addresses were proved. Needs `materials.manage`."""
    policies.require_manager(actor)
    found = Pledge.objects.filter(district_id=actor.district_id, wish=wish)
    return found.exclude(state=states.Pledge.UNPROVEN).order_by("state_since", "id")


def pledge_by_key(*, actor: Actor, ref: str, key: str, at: dt.datetime) -> Pledge:
    """One promise for whoever holds its key. Raises NotFound for a wrong key, and for a link that ran out."""
    require_key(ref, key)
    found = Pledge.objects.filter(district_id=actor.district_id, ref=ref).select_related("wish__place").first()
    if found is None or (found.state == states.Pledge.UNPROVEN and found.expires_at <= at):
        raise NotFound(ref)
    return found


def places(*, actor: Actor) -> QuerySet[DropOff]:
    """Where gifts can be brought. Needs `materials.manage`."""
    policies.require_manager(actor)
    return DropOff.objects.filter(district_id=actor.district_id).order_by("name", "id")


def place_by_ref(*, actor: Actor, ref: str) -> DropOff:
    """One of them. Needs `materials.manage`; raises NotFound."""
    found = places(actor=actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def promised_for(*, actor: Actor, place: DropOff) -> int:
    """How many promises are to be brought there. Needs `materials.manage`."""
    policies.require_manager(actor)
    return Pledge.objects.filter(district_id=actor.district_id, wish__place=place, state=states.Pledge.PROMISED).count()


def _counted(actor: Actor) -> QuerySet[DonorWish]:
    promised = Sum("pledges__count", filter=Q(pledges__state=states.Pledge.PROMISED))
    found = DonorWish.objects.filter(district_id=actor.district_id).select_related("place")
    return found.annotate(received=Coalesce(Sum("pledges__received_count"), 0), promised=Coalesce(promised, 0))


def line(wish: DonorWish) -> WishLine:
    """The line of a wish from `all_wishes`. Takes no actor: the wish was given to one."""
    return WishLine(wish, wish.received, wish.promised)  # type: ignore[attr-defined]
