"""Reminders by mail, for those who ask: to an address of their own, with a subject that says nothing."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import holding
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.foundation.kernel.secrets import pseudonym
from upstander.foundation.notices.services import Recipient, post_notice
from upstander.foundation.queue.queue import defer_until
from upstander.program.guidance import events
from upstander.program.guidance.models import ReportClock, ReportClockLine
from upstander.program.guidance.policies import reminder_at
from upstander.program.guidance.services._kept import REMIND, locked_clock
from upstander.program.guidance.services._mail import check_address
from upstander.program.guidance.services._veil import veiled_record
from upstander.program.guidance.states import ClockState, LineKind

__all__ = ["REMIND", "remind", "set_reminder"]


@transaction.atomic
def set_reminder(
    *, actor: Actor, ref: str, email: str, language: str, employer_is_meant: bool = False, at: dt.datetime
) -> None:
    """Remind the owner of a clock by mail some hours before the written report is due; an empty address drops it.

    Raises `Invalid` for an employer's address that is not meant, and when it is too late to be reminded.
    """
    clock = locked_clock(actor, ref)
    due = _due(clock)
    if clock.state != ClockState.OPEN or due is None:
        raise WrongState(_("This record is not in a state in which that can be done."))
    check_address(actor, email, employer_is_meant)
    moment = reminder_at(due, at)
    if email and moment is None:
        raise Invalid(_("It is too late for a reminder. Please send the report now."), "email")
    clock.remind_to, clock.remind_in = email, language if email else ""
    clock.save(update_fields=["remind_to", "remind_in"])
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
        due = _due(clock)
        if due and not ReportClockLine.objects.filter(clock=clock, kind=LineKind.WRITTEN).exists():
            post_notice(
                actor=actor,
                kind="reminder",
                to=Recipient(clock.remind_to, clock.remind_in),
                key=f"reminder:{pseudonym('reminder', f'{ref}:{due.isoformat()}')}",
                at=at,
                facts={},
                is_private=True,
            )
        clock.remind_to = clock.remind_in = ""  # their purpose is fulfilled, or there is none any more
        clock.save(update_fields=["remind_to", "remind_in"])


def _due(clock: ReportClock) -> dt.datetime | None:
    last = ReportClockLine.objects.filter(clock=clock, kind=LineKind.RECEIVED).order_by("-number").first()
    return last.happened_at + dt.timedelta(hours=clock.hours) if last else None
