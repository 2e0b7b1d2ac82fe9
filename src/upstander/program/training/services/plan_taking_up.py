"""A draft that was set aside is taken up again."""

import datetime as dt

from django.db import transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import events
from upstander.program.training.models import PlanMove
from upstander.program.training.services import _plan_rows


@transaction.atomic
def take_plan_up(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Make a plan that was set aside a draft again, with its pins and all that was changed by hand.

    Needs `training.plan` in the whole district. Raises WrongState for a plan that stands elsewhere, also for one
    that was released and replaced.
    """
    plan = _plan_rows.locked_plan(actor, ref)
    _plan_rows.move_plan(plan, "take_up", at)
    _plan_rows.note(plan, PlanMove.Step.TAKEN_UP, actor, at)
    record(events.PLAN_TAKEN_UP, actor=actor, subject=ref, at=at)
