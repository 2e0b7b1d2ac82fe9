"""Telling whoever keeps what a change has to be seen in, in its transaction; and asking for new copies of the call
screen among them."""

from collections.abc import Sequence

from upstander.district.places.selectors import district_of
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.queue.queue import defer_each
from upstander.program.law import events

COPY_CALLS = "law.copy_calls"


def tell_change(actor: Actor) -> None:
    """Tell that what the actor's district shows has changed, and queue the writing of the copies of its call screens;
    see `insights.call_copies`."""
    events.CHANGED.tell(actor)
    defer_each(COPY_CALLS, district_id=actor.district_id, refs=[district_of(actor=actor).ref])


def after_a_fact(actor: Actor, _ids: Sequence[int] | None) -> None:
    """A shared fact reads otherwise in the actor's district: its call screens may show it."""
    tell_change(actor)
