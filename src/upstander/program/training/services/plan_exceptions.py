"""An exception for a site without a day: the nearest one that the planner found, made by a person and on record."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.engines.planning import Assigned, Role
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.program.training import events
from upstander.program.training.models import Plan, PlanEntry, PlanMove
from upstander.program.training.planning import answers
from upstander.program.training.planning.calendar import time_of
from upstander.program.training.planning.ways import RoundTrips
from upstander.program.training.planning.words import broken_rules
from upstander.program.training.services import _plan_rows
from upstander.program.training.services._allowing import Grounds, Relaxed, allow

__all__ = ["Grounds", "allow_exception"]


@transaction.atomic
def allow_exception(*, actor: Actor, ref: str, grounds: Grounds, at: dt.datetime) -> PlanEntry:
    """Give a site of a draft the day that the nearest relaxation offers, pinned, and record who allowed it and why.

    Only the rules that the relaxation names are relaxed, and only for this session: raises Invalid when others stand
    in the way by now. Needs `training.plan` in the whole district. Raises WrongState without a relaxation.
    """
    plan, entry = _plan_rows.held_entry(actor, ref)
    found = entry.lacking.get("relaxation")
    if entry.on is not None or entry.is_left_out or not found:
        raise WrongState(_("There is nothing to allow here: the site has a day, or nothing was found that would help."))
    _put(plan, entry, found)
    allowance = allow(actor, plan, entry, Relaxed(found["steps"], found["placement"]["members"]), grounds, at)
    _plan_rows.note(plan, PlanMove.Step.ALLOWED, actor, at, entry)
    rules = ",".join(sorted({step["rule"] for step in found["steps"]}))
    told = {"entry": entry.ref, "rules": rules, "until": allowance.until.isoformat()}
    record(events.PLAN_ALLOWED, actor=actor, subject=plan.ref, at=at, **told)
    return entry


def _put(plan: Plan, entry: PlanEntry, found: dict[str, Any]) -> None:
    problem, entries = answers.stored_problem(plan), answers.entries_of(plan)
    placement = found["placement"]
    entry.on = dt.date.fromisoformat(placement["day"])
    entry.starts, entry.ends = time_of(placement["starts"]), time_of(placement["ends"])
    team = tuple(Assigned(each["member"], Role(each["role"])) for each in placement["members"])
    relaxed, before = {step["rule"] for step in found["steps"]}, set(answers.violations(problem, entries))
    judged = answers.without_left_out(problem, entries)
    held = answers.placement_of(entry, team, answers.guests_in(entries, entry))
    new = set(answers.check_with(judged, entries, held)) - before
    against = [each for each in new if each.rule not in relaxed]
    if against:
        raise Invalid(broken_rules(against), "change")
    entry.travel_km, entry.lacking = RoundTrips(problem).km(entry.key, team, held.day), {}
    entry.is_pinned = True
    entry.save(update_fields=[*_plan_rows.PLACED, "is_pinned"])
    _plan_rows.seat(plan, [(entry, team)])
    _plan_rows.follow(entry)
