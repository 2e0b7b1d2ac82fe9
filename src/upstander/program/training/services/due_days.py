"""Saying in how many school days a district acts on what is asked of it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, refuse
from upstander.foundation.kernel.seen import require_seen
from upstander.program.training import events, policies
from upstander.program.training.models import MOST_DUE_DAYS, DueDays
from upstander.program.training.selectors.due_days import Step, step_of
from upstander.program.training.services._hold import hold_plans


@transaction.atomic
def set_due_days(
    *,
    actor: Actor,
    kind: str,
    state: str,
    days: int | None,
    starts_on: dt.date,
    at: dt.datetime,
    seen: str | None = None,
) -> DueDays:
    """Say in how many school days somebody acts on this kind where it stands, from a day on; None: as it ships.

    Requests that have their day keep it. `seen` is the seal of what `stand_of` told before. Needs `training.plan` in
    the whole district. Raises Invalid at `days` and `starts_on`, Outdated when somebody else was faster, NotFound for
    a step that is none.
    """
    hold_plans(actor)
    on = policies.today(actor, at)
    require_seen(seen, stand_of(step_of(actor=actor, kind=kind, state=state, on=on)))
    found = []
    if days is not None and not 1 <= days <= MOST_DUE_DAYS:
        found.append(Invalid(_("Please give a number from 1 to %(most)s.") % {"most": MOST_DUE_DAYS}, "days"))
    if starts_on < on:
        found.append(Invalid(_("Please choose a day from today on."), "starts_on"))
    refuse(found)
    row = DueDays.objects.create(
        district_id=actor.district_id,
        kind=kind,
        state=state,
        days=days,
        starts_on=starts_on,
        account_id=actor.account_id,
        at=at,
    )
    told = {"kind": kind, "state": state, "days": days or 0, "starts_on": starts_on.isoformat()}
    record(events.DUE_DAYS_SET, actor=actor, subject=row.ref, at=at, **told)
    return row


def stand_of(step: Step) -> tuple[object, ...]:
    """What a page shows of a step, for the seal of its form."""
    coming = step.coming and (step.coming.days, step.coming.starts_on)
    return (step.kind, step.state, step.days, coming)
