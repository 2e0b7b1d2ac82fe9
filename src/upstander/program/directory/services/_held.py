"""A record of the directory, locked for this transaction."""

from typing import TypeVar

from django.db.models import QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_turn
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.seen import require_same
from upstander.program.directory.models import Location, Organization, Service
from upstander.program.directory.states import AFTER_WRITING, State

Record = TypeVar("Record", Organization, Location, Service)


def editing(actor: Actor) -> None:
    """Write in a district's directory in turns, from here to the end of the transaction.

    Editors are few and their steps short. In turns, a check never publishes an address that somebody is just closing,
    and no two wait for one another.
    """
    in_turn(f"directory:{actor.district_id}")


def held(model: type[Record], actor: Actor, ref: str, over: int | None = None) -> Record:
    """The record, locked. `over` is the version that the actor had seen; None asks for whatever stands there.

    Raises NotFound, and Outdated when somebody was faster.
    """
    found = model.objects.select_for_update(of=("self",)).filter(district_id=actor.district_id, ref=ref).first()
    if found is None:
        raise NotFound(ref)
    if over is not None:
        require_same(over, found.version)
    return found


def touch(services: QuerySet[Service]) -> None:
    """What is published of these is to be checked again: something they are told with has changed."""
    services.filter(state=State.PUBLISHED).update(state=AFTER_WRITING[State.PUBLISHED])
