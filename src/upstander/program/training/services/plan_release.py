"""Releasing a plan: its days become sessions that sites are asked about, and each person hears what is new for them."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.people.models import Person
from upstander.district.places.models import SchoolYear
from upstander.engines.planning import Problem, ProblemError, Violation, check
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.program.training import events, policies, states
from upstander.program.training.models import Plan, PlanEntry, PlanMove, Session
from upstander.program.training.planning import answers
from upstander.program.training.planning.agreed import ELSEWHERE
from upstander.program.training.planning.allowances import unexplained
from upstander.program.training.planning.corrections import asked_anew, take_rooms
from upstander.program.training.planning.problems import Source, read_settings, source_for
from upstander.program.training.planning.words import broken_rule
from upstander.program.training.services import _moves, _plan_asking, _plan_mails, _plan_rows
from upstander.program.training.services._endings import call_off
from upstander.program.training.services._plan_sessions import ask_for, assign_all, hold_all
from upstander.program.training.services.plans import MOST_NAMED

DAY = dt.timedelta(days=1)
KEPT = ("answer", "answered_at", *_plan_asking.ASKED)  # what stays true of a session that the next plan takes over
Answered = dict[tuple[int | None, int], dict[str, Any]]


@dataclass(slots=True)
class Outcome:
    """What a release did: sessions proposed anew, and the sites whose agreed session was moved or given to others."""

    proposed: list[PlanEntry] = field(default_factory=list)
    moved: list[PlanEntry] = field(default_factory=list)


@transaction.atomic
def release_plan(*, actor: Actor, ref: str, at: dt.datetime) -> Outcome:
    """Make the plan the one that holds. Needs `training.plan` in the whole district.

    It is checked against the calendars as they stand now, by the independent checker: raises Invalid naming what it
    finds, and then nothing has changed. Each site that is new in the plan, or whose session moves, is asked by one
    mail; each consultant gets one with what is new for them. The plan released before is replaced.
    """
    plan = _plan_rows.locked_plan(actor, ref)
    _plan_rows.require_quiet(plan)
    states.after(states.PLAN_MOVES, plan.state, "release")
    SchoolYear.objects.select_for_update().get(pk=plan.year_id)  # of two releases the second sees the first
    # locked before anything is read: a site that takes its decline back comes before this release or after it
    before = Plan.objects.select_for_update().filter(year=plan.year, state=states.Plan.RELEASED).first()
    entries, source = answers.entries_of(plan), _as_it_stands(actor, plan, at)
    take_rooms(plan, source, entries)
    _require_sound(source, entries)
    old_answers = _supersede(actor, before, at)
    outcome = _carry_out(actor, plan, entries, source, old_answers, at)
    _plan_rows.move_plan(plan, "release", at)
    _plan_rows.note(plan, PlanMove.Step.RELEASED, actor, at)
    told = {"new_count": len(outcome.proposed), "moved_count": len(outcome.moved)}
    record(events.PLAN_RELEASED, actor=actor, subject=ref, at=at, **told)
    return outcome


def _as_it_stands(actor: Actor, plan: Plan, at: dt.datetime) -> Source:
    """What the plan would be made from today; windows that have passed are gone."""
    settings = read_settings(plan.settings)
    settings = replace(settings, first_on=max(settings.first_on, policies.today(actor, at) + DAY))
    try:
        source = source_for(actor=actor, year=plan.year, settings=settings, at=at)
    except ProblemError as error:
        raise Invalid(_("The calendars contradict each other: %(where)s") % {"where": error}) from None
    if source is None:
        raise WrongState(
            _("No requirement that sessions fulfill holds at the end of this school year, so there is no plan to make.")
        )
    return source


def _require_sound(source: Source, entries: list[PlanEntry]) -> None:
    """Raise Invalid with the first findings, by site. A site that is trained by now is simply not asked any more."""
    in_plan = {entry.key: entry for entry in entries if not entry.is_left_out}
    judged = _only(answers.as_entered(source.problem, entries), in_plan.keys() & source.sites.keys())
    known = [entry for ref, entry in in_plan.items() if ref in source.sites]
    found = (
        _regrouped(source, in_plan)
        + asked_anew(source, in_plan)
        + unexplained(check(judged, answers.answer_of(judged, known)), source.allowances.values())
    )
    if found:
        named = dict.fromkeys((each.sites[0], each.rule) for each in found)
        lines = [f"{_name(source, site)}: {broken_rule(rule)}" for site, rule in named]
        more = _(" And %(count)s more.") % {"count": len(lines) - MOST_NAMED} if len(lines) > MOST_NAMED else ""
        sentence = _(
            "This plan no longer fits; please draft a new one, or leave the sites named here out of it. "
            "%(lines)s%(more)s"
        )
        raise Invalid(sentence % {"lines": " ".join(lines[:MOST_NAMED]), "more": more})


def _regrouped(source: Source, in_plan: dict[str, PlanEntry]) -> list[Violation]:
    """The sites that are to be trained in parts by now, or as a whole, and that the plan has the other way round."""
    now = {each.site.pk: bool(each.part) for each in source.sites.values()}
    others = {ref: now.get(entry.site_id, bool(entry.part)) != bool(entry.part) for ref, entry in in_plan.items()}
    return [Violation("regrouped", (ref,)) for ref, is_regrouped in others.items() if is_regrouped]


def _name(source: Source, ref: str) -> str:
    site_ref = ref.partition(":")[0]
    names = (each.site.name for each in source.sites.values() if each.site.ref == site_ref)
    return next(names, str(_("Another session")))


def _only(problem: Problem, refs: set[str]) -> Problem:
    kept = [site for site in problem.sites if site.ref in refs or site.ref.startswith(ELSEWHERE)]
    there = {site.ref for site in kept}
    return replace(problem, sites=tuple(kept), fixed=tuple(each for each in problem.fixed if there >= set(each.sites)))


def _supersede(actor: Actor, before: Plan | None, at: dt.datetime) -> Answered:
    """End the plan that held so far; gives what sites were asked and had answered, by session and site."""
    if before is None:
        return {}
    _plan_rows.move_plan(before, "supersede", at)
    _plan_rows.note(before, PlanMove.Step.SUPERSEDED, actor, at)
    told = PlanEntry.objects.filter(plan=before, session__isnull=False)
    return {(row.pop("session_id"), row.pop("site_id")): row for row in told.values("session_id", "site_id", *KEPT)}


def _carry_out(
    actor: Actor,
    plan: Plan,
    entries: list[PlanEntry],
    source: Source,
    old_answers: Answered,
    at: dt.datetime,
) -> Outcome:
    outcome, gone, by_pk = Outcome(), [], {entry.pk: entry for entry in entries}
    for entry in sorted(entries, key=lambda entry: entry.host_id is not None):  # hosts first
        agreed = source.sessions.get(entry.key)
        entry.session, entry.request = agreed, source.request_of(entry.key)
        if entry.on is None or entry.is_left_out or entry.key not in source.sites:
            _keep(entry, old_answers)
            continue
        host = by_pk[entry.host_id] if entry.host_id else entry
        if agreed and _is_same(host, answers.guests_in(entries, host), agreed, source):
            _keep(entry, old_answers)
            continue
        if agreed:
            outcome.moved.append(entry)
            if agreed.state != states.Session.CANCELLED:  # with a host its guests' was taken back
                gone.append((agreed, _take_back(actor, agreed, at)))
        outcome.proposed.append(entry)
    principals = _plan_mails.principals(actor, outcome.proposed, policies.today(actor, at))
    ask_for(actor, outcome.proposed, source, principals, at)
    _hold(actor, outcome.proposed, source, at)
    _plan_asking.ask(actor, plan, outcome.proposed, principals, at)
    PlanEntry.objects.bulk_update(entries, ["session", "request", "room", "seat_count", *KEPT], batch_size=500)
    _plan_mails.tell_sites(actor, plan, outcome.proposed, source.sessions, principals, at)
    _plan_mails.tell_consultants(actor, plan, outcome.proposed, gone, at)
    return outcome


def _keep(entry: PlanEntry, old_answers: Answered) -> None:
    """What the site was asked about this session, and what it said, stays true in the new plan."""
    for name, value in old_answers.get((entry.session_id, entry.site_id), {}).items():
        setattr(entry, name, value)


def _is_same(entry: PlanEntry, guests: list[PlanEntry], session: Session, source: Source) -> bool:
    """Whether the agreed session is already the planned one, with the same guests."""
    known = {each.site_id for each in session.here if each.site.ref in source.sites}  # type: ignore[attr-defined]
    if {guest.site_id for guest in guests if guest.site.ref in source.sites} != known:
        return False
    held = {(each.member_id, each.role) for each in session.held}  # type: ignore[attr-defined]
    planned = {(seat.member_id, seat.role) for seat in entry.seats.all()}
    return (entry.on, entry.starts, entry.ends, planned) == (session.on, session.starts, session.ends, held)


def _take_back(actor: Actor, session: Session, at: dt.datetime) -> list[Person]:
    """Call the agreed session off; its request waits for the new one. Gives who has yet to hear that it is off.

    That is the team as a swap may just have left it; of a confirmed session everybody gets a cancellation.
    """
    request = _moves.locked_request(session.request.ref)
    live = _moves.live_session(request)
    if live is None or live.pk != session.pk:
        raise Invalid(
            _("A session at %(site)s was changed a moment ago. Please look again.") % {"site": session.site.name}
        )
    team = [] if live.state == states.Session.CONFIRMED else _plan_mails.people_of(live)
    call_off(actor, request, live, at, is_asked_again=True)
    session.state = live.state
    _moves.move_request(request, "release", actor, at)
    return team


def _hold(actor: Actor, proposed: list[PlanEntry], source: Source, at: dt.datetime) -> None:
    hold_all(actor, proposed, policies.zone_of(actor), at)
    try:
        with transaction.atomic():
            assign_all(proposed, source.problem)
    except IntegrityError:
        raise Invalid(
            _("Somebody gave one of these consultants another session a moment ago. Please draft the plan again.")
        ) from None
