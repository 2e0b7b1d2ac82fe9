"""The search for a better plan: asked for by a person, done by a job, stopped by a person or by the clock."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.engines.planning import Answer, Problem, Progress
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.queue.queue import defer_each
from upstander.program.training import events, states
from upstander.program.training.models import Plan, PlanMove, PlanRun
from upstander.program.training.planning import answers
from upstander.program.training.services import _plan_rows

SEARCH = "training.search_plan"
LEAST_SECONDS, MOST_SECONDS = 5, 600
SILENT_SECONDS = 60  # a job tells something every second; after so long it is gone


@dataclass(frozen=True, slots=True)
class Work:
    """What the job has to do."""

    problem: Problem
    limit_seconds: int


@transaction.atomic
def ask_for_search(*, actor: Actor, plan_ref: str, limit_seconds: int, at: dt.datetime) -> PlanRun:
    """Queue a search for a better plan. Pinned sessions stay, left-out sites stay out. Needs `training.plan`.

    Raises WrongState for what is no draft, or is searched already; Invalid for an impossible limit.
    """
    plan = _plan_rows.locked_plan(actor, plan_ref)
    if plan.state != states.Plan.DRAFT:
        raise WrongState(_("This plan is no longer a draft. Make a new one to change it; what is agreed stays."))
    _plan_rows.require_quiet(plan)
    if not LEAST_SECONDS <= limit_seconds <= MOST_SECONDS:
        raise Invalid(_("Please choose one of the limits."), "limit")
    run = PlanRun.objects.create(
        district_id=plan.district_id, plan=plan, state=states.Run.QUEUED, limit_seconds=limit_seconds, asked_at=at
    )
    record(events.RUN_ASKED, actor=actor, subject=plan.ref, at=at, run=run.ref)
    defer_each(SEARCH, district_id=plan.district_id, refs=[run.ref])
    return run


@transaction.atomic
def begin_search(*, actor: Actor, ref: str, at: dt.datetime) -> Work | None:
    """The job begins, or begins again after it was killed; None when there is nothing left to do."""
    run = _locked(ref)
    if run.state == states.Run.ENDED:
        return None
    run.state, run.began_at, run.told_at = states.after(states.RUN_MOVES, run.state, "begin"), at, at
    run.save(update_fields=["state", "began_at", "told_at"])
    record(events.RUN_BEGAN, actor=actor, subject=ref, at=at)
    entries = answers.entries_of(run.plan)
    problem = answers.problem_as_changed(answers.stored_problem(run.plan), entries)
    return Work(problem, run.limit_seconds)


@transaction.atomic
def tell_progress(*, actor: Actor, ref: str, progress: Progress | None, at: dt.datetime) -> bool:
    """Note how far the search is (None: still alive); whether it shall go on."""
    told: dict[str, object] = {"told_at": at}
    if progress is not None:
        told |= {
            "stage": progress.stage.value,
            "best": progress.best,
            "bound": progress.bound,
            "seconds": progress.seconds,
        }
    alive = PlanRun.objects.filter(district_id=actor.district_id, ref=ref, state=states.Run.RUNNING)
    alive.update(**told)
    return alive.filter(stop_wished_at__isnull=True).exists()


@transaction.atomic
def stop_search(*, actor: Actor, plan_ref: str, at: dt.datetime) -> None:
    """Ask the search to stop; it keeps the best plan so far. One that never began, or fell silent, ends at once."""
    plan = _plan_rows.locked_plan(actor, plan_ref)
    run = PlanRun.objects.select_for_update().filter(plan=plan).exclude(state=states.Run.ENDED).first()
    if run is None:
        raise WrongState(_("The search has ended already."))
    run.stop_wished_at = run.stop_wished_at or at
    run.save(update_fields=["stop_wished_at"])
    record(events.RUN_STOPPED, actor=actor, subject=run.ref, at=at)
    is_silent = run.told_at is None or (at - run.told_at).total_seconds() > SILENT_SECONDS
    if is_silent:
        _end(run, PlanRun.Ended.STOPPED if run.state == states.Run.QUEUED else PlanRun.Ended.FAILED, at)


@transaction.atomic
def end_search(*, actor: Actor, ref: str, answer: Answer | None, at: dt.datetime, how: str = "failed") -> None:
    """Keep what the search found, if the plan still waits for it; `how` tells why there is nothing to keep.

    Run twice, it does nothing the second time: an ended run stays as it ended.
    """
    run = _locked(ref)
    if run.state == states.Run.ENDED:
        return
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=run.plan_id)
    if answer is not None:
        how = _kept(actor, plan, run, answer, at).value
        run.best, run.bound = answer.proof.cost, run.bound if answer.proof.bound is None else answer.proof.bound
        run.seconds = (at - run.began_at).total_seconds() if run.began_at else run.seconds
    _end(run, PlanRun.Ended(how), at)
    record(events.RUN_ENDED, actor=actor, subject=ref, at=at, how=run.ended_how)


def _kept(actor: Actor, plan: Plan, run: PlanRun, answer: Answer, at: dt.datetime) -> PlanRun.Ended:
    if plan.state != states.Plan.DRAFT:
        return PlanRun.Ended.CHANGED
    entries = answers.entries_of(plan)
    before = [(entry.on, entry.starts, answers.team_of(entry)) for entry in entries]
    problem = answers.problem_as_changed(answers.stored_problem(plan), entries)
    _plan_rows.place_entries(plan, problem, answer, [entry for entry in entries if not entry.is_left_out])
    after = [(entry.on, entry.starts, answers.team_of(entry)) for entry in answers.entries_of(plan)]
    if run.stop_wished_at:
        how = PlanRun.Ended.STOPPED
    elif answer.proof.is_stopped:
        how = PlanRun.Ended.TIME
    else:
        how = PlanRun.Ended.SAME if before == after else PlanRun.Ended.BETTER
    if before != after:
        _plan_rows.note(plan, PlanMove.Step.IMPROVED, actor, at)
    return how


def _end(run: PlanRun, how: PlanRun.Ended, at: dt.datetime) -> None:
    run.state, run.ended_at, run.ended_how = states.after(states.RUN_MOVES, run.state, "end"), at, how
    run.save(update_fields=["state", "ended_at", "ended_how", "best", "bound", "seconds"])


def _locked(ref: str) -> PlanRun:
    run = PlanRun.objects.select_for_update(of=("self",)).select_related("plan").filter(ref=ref).first()
    if run is None:
        raise NotFound(ref)
    return run
