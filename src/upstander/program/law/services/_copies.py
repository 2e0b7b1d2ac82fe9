"""Asking for new copies of the call screen, in the same transaction as the change that they have to show."""

from collections.abc import Sequence

from upstander.district.places.selectors import district_of
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.queue.queue import defer_each

COPY_CALLS = "law.copy_calls"


def copy_calls_again(actor: Actor) -> None:
    """Queue the writing of the copies of the actor's district; see `insights.call_copies`."""
    defer_each(COPY_CALLS, district_id=actor.district_id, refs=[district_of(actor=actor).ref])


def after_a_fact(actor: Actor, _ids: Sequence[int] | None) -> None:
    """A shared fact reads otherwise in the actor's district: its call screens may show it."""
    copy_calls_again(actor)
