"""Writing exceptions for sessions of a plan. Only services of this part call it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid
from upstander.program.training import policies
from upstander.program.training.models import Allowance, Plan, PlanEntry


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why the exception is made, and the last day on which it holds; None: the day of the session."""

    reason: str
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Which rules, and for which team, both as the engine tells them."""

    steps: list[dict[str, Any]]
    team: list[dict[str, Any]]


def allow(actor: Actor, plan: Plan, entry: PlanEntry, relaxed: Relaxed, grounds: Grounds, at: dt.datetime) -> Allowance:
    """Keep the exception in place of the session's one before. Raises Invalid for its reason or its last day."""
    if entry.on is None or entry.starts is None:
        raise ValueError("an exception is made for a session with a day")
    until = grounds.until or entry.on
    if not policies.today(actor, at) <= until < plan.year.ends_on:
        raise Invalid(_("Please choose a day in the rest of this school year."), "until")
    if grounds.reason not in Allowance.Reason.values:
        raise Invalid(_("Please choose one of the reasons."), "reason")
    Allowance.objects.filter(year=plan.year, site=entry.site, part=entry.part, ended_at__isnull=True).update(
        ended_at=at
    )
    return Allowance.objects.create(
        district_id=plan.district_id,
        year=plan.year,
        plan=plan,
        site=entry.site,
        part=entry.part,
        on=entry.on,
        starts=entry.starts,
        team=relaxed.team,
        steps=relaxed.steps,
        reason=grounds.reason,
        until=until,
        account_id=actor.account_id,
        actor_name=actor.name,
        at=at,
    )


def is_by_exception(entry: PlanEntry) -> bool:
    """Whether the session of a plan stands by an exception that still holds."""
    rows = Allowance.objects.filter(plan=entry.plan_id, site=entry.site_id, part=entry.part)
    return rows.filter(ended_at__isnull=True).exists()


def end_allowance(entry: PlanEntry, at: dt.datetime) -> None:
    """An exception is for one session as it was: whoever changes or frees it has ended it."""
    Allowance.objects.filter(plan=entry.plan_id, site=entry.site, part=entry.part, ended_at__isnull=True).update(
        ended_at=at
    )
