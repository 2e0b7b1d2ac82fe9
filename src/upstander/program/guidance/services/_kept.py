"""What every step of a kept clock begins with, and how one ends."""

import datetime as dt

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.guidance.models import ReportClock
from upstander.program.guidance.states import moved

KEPT = dt.timedelta(days=90)  # after closing; an open clock nobody touches is closed after the same time
TIDY = "guidance.tidy_clock"


def locked_clock(actor: Actor, ref: str) -> ReportClock:
    """The actor's own clock, locked; anyone else's is `NotFound`, whatever their role."""
    found = ReportClock.objects.select_for_update().filter(
        district_id=actor.district_id, account_id=actor.account_id or 0, ref=ref
    )
    clock = found.first()
    if clock is None:
        raise NotFound("clock")
    return clock


def end(clock: ReportClock, at: dt.datetime) -> None:
    """Close the clock's row and begin the time for which it is still kept."""
    clock.state = moved(clock.state, "close")
    clock.closed_at, clock.keep_until = at, at + KEPT
    clock.save(update_fields=["state", "closed_at", "keep_until"])
