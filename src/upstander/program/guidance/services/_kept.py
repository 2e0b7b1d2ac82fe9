"""What every step of a kept clock begins with, and how one ends."""

import datetime as dt
from collections.abc import Sequence

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.queue.queue import defer_until
from upstander.program.guidance.models import ReportClock, ReportClockLine
from upstander.program.guidance.states import LineKind, moved

KEPT = dt.timedelta(days=90)  # after closing; an open clock nobody touches is closed after the same time
TIDY = "guidance.tidy_clock"
REMIND = "guidance.remind"


def locked_clock(actor: Actor, ref: str) -> ReportClock:
    """The actor's own clock, locked; anyone else's is `NotFound`, whatever their role."""
    found = ReportClock.objects.select_for_update().filter(
        district_id=actor.district_id, account_id=actor.account_id or 0, ref=ref
    )
    clock = found.first()
    if clock is None:
        raise NotFound("clock")
    return clock


def lines_of(clock_id: int) -> list[ReportClockLine]:
    """What a clock holds, in its order."""
    return list(ReportClockLine.objects.filter(clock_id=clock_id).order_by("number"))


def came_at(lines: Sequence[ReportClockLine]) -> dt.datetime | None:
    """When the information came: what the person said last. None once the lines are forgotten."""
    return next((line.happened_at for line in reversed(lines) if line.kind == LineKind.RECEIVED), None)


def standing(lines: Sequence[ReportClockLine]) -> list[ReportClockLine]:
    """The lines that no later one corrects."""
    replaced = {line.replaces for line in lines}
    return [line for line in lines if line.number not in replaced]


def defer_to_midnight(name: str, *, district_id: int, ref: str, at: dt.datetime) -> None:
    """Queue a job of forgetting for the first midnight (UTC) from `at` on: a waiting job must not tell the minute."""
    day = at.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    defer_until(name, district_id=district_id, ref=ref, at=day if day == at else day + dt.timedelta(days=1))


def end(clock: ReportClock, at: dt.datetime) -> None:
    """Close the clock's row, drop its reminder and begin the time for which it is still kept."""
    clock.state = moved(clock.state, "close")
    clock.closed_at, clock.keep_until = at, at + KEPT
    clock.remind_to = clock.remind_in = ""
    clock.save(update_fields=["state", "closed_at", "keep_until", "remind_to", "remind_in"])
