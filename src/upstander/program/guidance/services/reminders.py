"""Reminders by mail, for those who ask: to an address of their own, with a subject that says nothing."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import holding
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.foundation.queue.queue import defer_until
from upstander.program.guidance import events
from upstander.program.guidance.models import ReportClock, ReportClockLine
from upstander.program.guidance.policies import reminder_at
from upstander.program.guidance.services._kept import REMIND as REMIND
from upstander.program.guidance.services._kept import came_at, lines_of, locked_clock
from upstander.program.guidance.services._mail import check_address, keep_address, post_reminder
from upstander.program.guidance.services._veil import veiled_record
from upstander.program.guidance.states import ClockState, LineKind


@transaction.atomic
def set_reminder(
    *, actor: Actor, ref: str, email: str, language: str, employer_is_meant: bool = False, at: dt.datetime
) -> None:
    """Remind the owner of a clock by mail some hours before the written report is due; an empty address drops it.

    Raises `Invalid` for an employer's address that is not meant, and when it is too late to be reminded.
    """
    clock = locked_clock(actor, ref)
    due = _due(clock, lines_of(clock.pk))
    if clock.state != ClockState.OPEN or due is None:
        raise WrongState(_("This record is not in a state in which that can be done."))
    check_address(actor, email, employer_is_meant)
    moment = reminder_at(due, at)
    if email and moment is None:
        raise Invalid(_("It is too late for a reminder. Please send the report now."), "email")
    keep_address(clock, email, language)
    veiled_record(events.REMINDER_SET, actor=actor, ref=ref, at=at)
    if email and moment:
        defer_until(REMIND, district_id=clock.district_id, ref=ref, at=moment)


@transaction.atomic
def remind(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Write the reminder of one clock if it still makes sense. A job's work; run twice it writes one notice."""
    with holding(ref):
        clock = ReportClock.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
        if clock is None or clock.state != ClockState.OPEN or not clock.remind_to:
            return
        lines = lines_of(clock.pk)
        due = _due(clock, lines)
        if due and not any(line.kind == LineKind.WRITTEN for line in lines):
            post_reminder(actor, "reminder", clock, f"{ref}:{due.isoformat()}", at)
        keep_address(clock, "", "")  # its purpose is fulfilled, or there is none any more


def _due(clock: ReportClock, lines: Sequence[ReportClockLine]) -> dt.datetime | None:
    came = came_at(lines)
    return came + dt.timedelta(hours=clock.hours) if came else None
