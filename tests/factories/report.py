"""Reporters with a kept clock. Everything a clock can hold is filled, so that a leak has something to leak."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from tests.factories import make_actor
from tests.moments import AT
from upstander.district.places.models import District
from upstander.engines.clocks import ElapsedHours
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.program.guidance.services.clocks import Line, add_line, keep_clock
from upstander.program.guidance.states import Agency, LineKind, Manner

RECEIVED = AT - dt.timedelta(hours=3)
DUTY = ElapsedHours("written", 36)
LAST_FOUR = "7391"


@contextmanager
def signed_in_as(actor: Actor) -> Iterator[None]:
    """A transaction as a request of this person opens it."""
    with in_district(actor.district_id, account_id=actor.account_id):
        yield


def make_clock(actor: Actor, *, received_at: dt.datetime = RECEIVED, at: dt.datetime = AT) -> str:
    """The ref of a new clock of `actor`, with a call."""
    with signed_in_as(actor):
        clock = keep_clock(actor=actor, received_at=received_at, zone="America/Los_Angeles", duty=DUTY, at=at)
        call = Line(LineKind.ATTEMPT, received_at, Agency.CHILD_WELFARE, Manner.ANSWERED, LAST_FOUR)
        add_line(actor=actor, ref=clock.ref, line=call, at=at)
        return clock.ref


def make_reporter(district: District) -> Actor:
    """A teacher."""
    return make_actor(district, "teacher")
