"""Year plans: draft one at once, change it by hand, set it aside."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import SchoolYear
from upstander.engines.planning import Assigned, ProblemError, Role, Rule, draft, problem_to_dict
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, refuse
from upstander.foundation.kernel.seen import require_seen
from upstander.program.training import events, policies, states
from upstander.program.training.models import MOST_HEADS, Allowance, Plan, PlanEntry, PlanMove
from upstander.program.training.planning import answers
from upstander.program.training.planning.calendar import minute_of, time_of
from upstander.program.training.planning.problems import ENGINE, Settings, Source, source_for
from upstander.program.training.planning.ways import RoundTrips
from upstander.program.training.planning.words import broken_rules
from upstander.program.training.selectors.offerings import lengths_of_plans
from upstander.program.training.services import _plan_rows
from upstander.program.training.services._allowing import Grounds, Relaxed, allow, end_allowance
from upstander.program.training.services._plan_marks import MARKS
from upstander.program.training.services._rooms import Room, too_few_seats, wrong_with
from upstander.program.training.services._standing import Standing, marks_of

__all__ = ["Change", "Room", "change_entry", "make_plan", "mark_entry", "marks_of", "set_plan_aside", "set_room"]

MOST_SEED = 1_000_000
MOST_NAMED = 5  # findings that a refusal tells; more are counted
_MIDNIGHT = 24 * 60


@transaction.atomic
def make_plan(*, actor: Actor, year: SchoolYear, settings: Settings, at: dt.datetime) -> Plan:
    """Draft a plan of the year at once, from the requirements, the calendars and what is agreed already.

    Sessions that people agreed to stay where that is possible. Needs `training.plan` in the whole district.
    Raises Invalid for settings that cannot be, and when the district has no requirement or no Cadre.
    """
    require(actor, "training.plan", Place(actor.district_id))
    _check(actor, year, settings, at)
    source = _source(actor, year, settings, at)
    answer = draft(source.problem)
    SchoolYear.objects.select_for_update().get(pk=year.pk)  # two plans made at once get two numbers
    plan = _new_plan(actor, year, settings, source, at)
    _plan_rows.new_entries(plan, source)
    entries = answers.entries_of(plan)
    _plan_rows.place_entries(plan, source.problem, answer, entries)
    _plan_rows.note(plan, PlanMove.Step.DRAFTED, actor, at)
    placed = sum(entry.on is not None for entry in entries)
    told = {"placed_count": placed, "unplaced_count": len(entries) - placed}
    record(events.PLAN_DRAFTED, actor=actor, subject=plan.ref, at=at, **told)
    return plan


@transaction.atomic
def set_plan_aside(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Put a draft aside; it can still be read and compared. Needs `training.plan` in the whole district."""
    plan = _plan_rows.locked_plan(actor, ref)
    _plan_rows.require_quiet(plan)
    _plan_rows.move_plan(plan, "set_aside", at)
    _plan_rows.note(plan, PlanMove.Step.SET_ASIDE, actor, at)
    record(events.PLAN_SET_ASIDE, actor=actor, subject=ref, at=at)


@dataclass(frozen=True, slots=True)
class Change:
    """Another day, start or team for one site of a draft; None leaves what there is."""

    on: dt.date | None = None
    starts: dt.time | None = None
    members: tuple[str, ...] = ()  # refs, the lead first
    is_known: bool = False  # the room has too few seats, and it shall be so
    is_pinned: bool = True  # the planner shall not touch it from now on


@transaction.atomic
def change_entry(*, actor: Actor, ref: str, change: Change, at: dt.datetime, seen: str | None = None) -> PlanEntry:
    """Give a site of a draft another day, time or consultant, and pin it so unless the change says otherwise.

    The rules hold for people as for the planner: raises Invalid with a sentence that names what stands in the way.
    Only too few seats are theirs to judge: where they know of it, an exception is put on record. `seen` is the seal of
    the `Standing` that the actor had before them (None: whatever stands); raises Outdated when it is another by now.
    Needs `training.plan` in the whole district.
    """
    plan, entry = _plan_rows.held_entry(actor, ref)
    require_seen(seen, Standing.of(entry))
    problem, entries = answers.stored_problem(plan), answers.entries_of(plan)
    before = set(answers.violations(problem, entries))
    mine = next(each for each in entries if each.pk == entry.pk)
    team = _team(mine, change)
    _put(mine, change)
    judged = answers.without_left_out(problem, entries)
    held = answers.placement_of(mine, team, answers.guests_in(entries, mine))
    found = set(answers.check_with(judged, entries, held)) - before
    if against := [each for each in found if each.rule != Rule.ROOM]:
        raise Invalid(broken_rules(against), "change")
    end_allowance(mine, at)
    mine.is_pinned, mine.is_left_out = change.is_pinned, False
    _allow_room(actor, plan, mine, team, at, is_known=change.is_known)
    mine.travel_km, mine.lacking = RoundTrips(problem).km(mine.key, team, held.day), {}
    mine.save(update_fields=[*_plan_rows.PLACED, "is_pinned", "is_left_out"])
    _plan_rows.seat(plan, [(mine, team)])
    _plan_rows.follow(mine)
    _plan_rows.note(plan, PlanMove.Step.CHANGED, actor, at, mine)
    record(events.PLAN_CHANGED, actor=actor, subject=plan.ref, at=at, entry=mine.ref, step=PlanMove.Step.CHANGED.value)
    return mine


@transaction.atomic
def mark_entry(*, actor: Actor, ref: str, step: str, at: dt.datetime, seen: str | None = None) -> PlanEntry:
    """Pin a session of a draft, give it free again, leave its site out, or take that in again (a `PlanMove.Step`).

    A pinned one stays through every search; a left-out site gets no session from this plan. `seen` is the seal of
    `marks_of`, as the actor had it before them (None: whatever stands). Needs `training.plan` in the whole district.
    Raises WrongState where the step makes no sense, Outdated when somebody else was faster.
    """
    plan, entry = _plan_rows.draft_entry(actor, ref)
    require_seen(seen, marks_of(entry))
    mark = MARKS.get(step)
    if mark is None:
        raise NotFound(ref)
    mark(entry)
    if not entry.is_pinned:
        end_allowance(entry, at)
    entry.save(update_fields=["is_pinned", "is_left_out", "on", "starts", "ends"])
    _plan_rows.note(plan, PlanMove.Step(step), actor, at, entry)
    record(events.PLAN_CHANGED, actor=actor, subject=plan.ref, at=at, entry=entry.ref, step=step)
    return entry


@transaction.atomic
def set_room(*, actor: Actor, ref: str, room: Room, at: dt.datetime, seen: str | None = None) -> PlanEntry:
    """Say in which room a site of a draft is trained, and how many seats it has. Needs `training.plan` everywhere.

    Raises Invalid with the fields of `Room`: a session with a day stays in a room with too few seats only when that is
    known; then an exception is put on record, and the session is pinned. `seen` is the seal of the room that the actor
    had before them; raises Outdated when it is another by now.
    """
    plan, entry = _plan_rows.held_entry(actor, ref)
    require_seen(seen, Room.of(entry))
    refuse(wrong_with(room, entry.mode if entry.on else "", answers.heads_of(entry)))
    entry.room, entry.seat_count = room.name, room.seat_count
    if entry.on:
        end_allowance(entry, at)
        _allow_room(actor, plan, entry, answers.team_of(entry), at, is_known=room.is_known)
    entry.save(update_fields=["room", "seat_count", "is_pinned"])
    _plan_rows.note(plan, PlanMove.Step.CHANGED, actor, at, entry)
    record(events.PLAN_CHANGED, actor=actor, subject=plan.ref, at=at, entry=entry.ref, step="room")
    return entry


def _allow_room(
    actor: Actor, plan: Plan, entry: PlanEntry, team: tuple[Assigned, ...], at: dt.datetime, *, is_known: bool
) -> None:
    """Put on record that the room may be too small. Raises Invalid where it is, and nobody said so."""
    heads = answers.heads_of(entry)
    if not policies.lacks_seats(entry.mode, heads, entry.seat_count):
        return
    if not is_known:
        raise too_few_seats(heads, entry.seat_count)
    step = {"rule": Rule.ROOM.value, "member": "", "now": str(entry.seat_count), "needed": str(heads)}
    members = [{"member": each.member, "role": each.role.value} for each in team]
    allow(actor, plan, entry, Relaxed([step], members), Grounds(Allowance.Reason.OFFICE), at)
    entry.is_pinned = True


def _check(actor: Actor, year: SchoolYear, settings: Settings, at: dt.datetime) -> None:
    if not policies.today(actor, at) <= settings.first_on < year.ends_on:
        raise Invalid(_("Please choose a first day that lies in the rest of this school year."), "first_on")
    if settings.minutes not in dict(lengths_of_plans(actor=actor, on=policies.today(actor, at))):
        raise Invalid(_("Please choose one of the lengths."), "minutes")
    if settings.pair_from and not 2 <= settings.pair_from <= MOST_HEADS:
        most = _("Please give a number from 2 to %(most)s, or leave it empty.") % {"most": MOST_HEADS}
        raise Invalid(most, "pair_from")
    if not 0 < settings.seed <= MOST_SEED:
        raise Invalid(_("Please choose a number from 1 to %(most)s.") % {"most": MOST_SEED}, "seed")


def _source(actor: Actor, year: SchoolYear, settings: Settings, at: dt.datetime) -> Source:
    try:
        source = source_for(actor=actor, year=year, settings=settings, at=at)
    except ProblemError as error:
        raise Invalid(_("The calendars contradict each other: %(where)s") % {"where": error}) from None
    if source is None:
        raise Invalid(
            _("No requirement that sessions fulfill holds at the end of this school year, so there is no plan to make.")
        )
    if not source.problem.members:
        raise Invalid(_("The Cadre has no members yet. A plan needs somebody who comes."))
    return source


def _new_plan(actor: Actor, year: SchoolYear, settings: Settings, source: Source, at: dt.datetime) -> Plan:
    last = Plan.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    return Plan.objects.create(
        district_id=actor.district_id,
        year=year,
        number=last + 1,
        seed=settings.seed,
        settings=settings.plain(),
        problem=problem_to_dict(source.problem),
        engine=ENGINE,
        state=states.Plan.DRAFT,
        state_since=at,
        made_by_id=actor.account_id,
        made_at=at,
    )


def _team(entry: PlanEntry, change: Change) -> tuple[Assigned, ...]:
    if not change.members:
        return answers.team_of(entry)
    first, *others = change.members
    if first in others:
        raise Invalid(_("The same consultant cannot lead and co-lead."), "change")
    return (Assigned(first, Role.LEAD), *(Assigned(other, Role.CO_LEAD) for other in others))


def _put(entry: PlanEntry, change: Change) -> None:
    entry.on, entry.starts = change.on or entry.on, change.starts or entry.starts
    if entry.on is None or entry.starts is None:
        raise Invalid(_("Please choose a day and a start."), "change")
    if minute_of(entry.starts) + entry.minutes >= _MIDNIGHT:
        raise Invalid(_("A session ends on the day on which it begins."), "change")
    entry.ends = time_of(minute_of(entry.starts) + entry.minutes)
