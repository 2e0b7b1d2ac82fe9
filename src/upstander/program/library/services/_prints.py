"""Asking for new prints, in the same transaction as the change that they have to show."""

from collections.abc import Sequence

from upstander.district.places.selectors import district_of
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.queue.queue import defer_each

MAKE_PRINTS = "library.make_prints"


def make_prints_again(actor: Actor, _ids: Sequence[int] | None = None) -> None:
    """Queue the making of the prints of the actor's district that read otherwise now; see `insights.prints`."""
    defer_each(MAKE_PRINTS, district_id=actor.district_id, refs=[district_of(actor=actor).ref])
