"""Letting go of kept clocks: by their owner at once, else by time. Each step says how many rows it destroyed."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import holding
from upstander.foundation.queue.queue import withdraw
from upstander.program.guidance import events
from upstander.program.guidance.models import JointMember, JointReport, ReportClock, ReportClockLine, ReportProof
from upstander.program.guidance.services._joint import FORGET, take_out
from upstander.program.guidance.services._kept import KEPT, REMIND, TIDY, defer_to_midnight, end, locked_clock
from upstander.program.guidance.services._veil import veiled_record
from upstander.program.guidance.states import ClockState, moved

SOON = dt.timedelta(seconds=1)  # rounded up: the next midnight


@transaction.atomic
def erase_clock(*, actor: Actor, ref: str, at: dt.datetime) -> int:
    """Erase one's own clock with all its lines, at once and for good; gives the number of rows destroyed."""
    clock = locked_clock(actor, ref)
    rows = _empty(clock) + clock.delete()[0]
    withdraw(ref, TIDY, REMIND)  # a job that waits on would tell when there was something to wait for
    veiled_record(events.CLOCK_ERASED, actor=actor, ref=ref, at=at, rows=rows)
    return rows


@transaction.atomic
def tidy_clock(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Do what time asks of one clock: close it when nobody touched it for long, reduce it when it was closed long ago.

    A job's work, reached by the clock's ref alone; one waits for each clock, and it queues the next. Too early: it
    waits on. Erased in between, or run twice: nothing happens. While a legal hold lasts, it asks again each day.
    """
    with holding(ref):
        clock = ReportClock.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
        if clock is None or clock.state == ClockState.STUB:
            return
        if clock.keep_until > at or settings.LEGAL_HOLD:
            defer_to_midnight(TIDY, district_id=clock.district_id, ref=ref, at=max(clock.keep_until, at + SOON))
            return
        if clock.state == ClockState.OPEN:
            end(clock, at)
            veiled_record(events.CLOCK_CLOSED, actor=actor, ref=ref, at=at, by_time=True)
            defer_to_midnight(TIDY, district_id=clock.district_id, ref=ref, at=clock.keep_until)
            return
        clock.state = moved(clock.state, "reduce")
        clock.save(update_fields=["state"])
        veiled_record(events.CLOCK_REDUCED, actor=actor, ref=ref, at=at, rows=_empty(clock))


@transaction.atomic
def forget_membership(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Take one member out of a joint report when its time is over, by the part's ref. Run twice it does nothing.

    While a legal hold lasts, it asks again each day.
    """
    with holding(ref):
        member = JointMember.objects.filter(district_id=actor.district_id, ref=ref).first()
        joint = JointReport.objects.select_for_update().filter(pk=member.joint_id).first() if member else None
        if member is None or joint is None or member.joined_at + KEPT > at:
            return
        if settings.LEGAL_HOLD:
            defer_to_midnight(FORGET, district_id=actor.district_id, ref=ref, at=at + SOON)
            return
        joint_ref = joint.ref
        rows = take_out(joint, member)
        veiled_record(events.JOINT_LEFT, actor=actor, ref=joint_ref, at=at, rows=rows)


def _empty(clock: ReportClock) -> int:
    """Destroy what the clock holds; gives the number of rows."""
    held = (ReportProof.objects.filter(clock=clock), ReportClockLine.objects.filter(clock=clock))
    return sum(rows.delete()[0] for rows in held)
