"""A stored plan as the engine's problem and answer, with what people pinned and left out; and its check."""

from dataclasses import replace

from upstander.engines.planning import (
    Answer,
    Assigned,
    Fixed,
    Placement,
    Problem,
    Proof,
    Role,
    Stage,
    Unplaced,
    Violation,
    check,
    problem_from_dict,
)
from upstander.program.training.models import Plan, PlanEntry
from upstander.program.training.planning.calendar import minute_of
from upstander.program.training.planning.problems import ELSEWHERE


def entries_of(plan: Plan) -> list[PlanEntry]:
    """The plan's entries with sites and seats, in the order in which they were made."""
    entries = PlanEntry.objects.filter(plan=plan).select_related("site", "session", "request")
    return list(entries.prefetch_related("seats__member").order_by("id"))


def stored_problem(plan: Plan) -> Problem:
    """What the plan was made from. Raises ProblemError if an older engine stored it otherwise."""
    return problem_from_dict(plan.problem)


def as_entered(problem: Problem, entries: list[PlanEntry]) -> Problem:
    """The problem with the rooms that people named in the entries."""
    seats = {entry.site.ref: (entry.room, entry.seat_count) for entry in entries}
    known = ((site, seats.get(site.ref, (site.room, site.seats))) for site in problem.sites)
    return replace(problem, sites=tuple(replace(site, room=room, seats=count) for site, (room, count) in known))


def problem_as_changed(problem: Problem, entries: list[PlanEntry]) -> Problem:
    """The problem with people's own word: left-out sites are gone, pinned sessions stay as they are."""
    problem = as_entered(problem, entries)
    out = {entry.site.ref for entry in entries if entry.is_left_out}
    pins = {
        entry.site.ref: _fixed(entry) for entry in entries if entry.is_pinned and entry.on and not entry.is_left_out
    }
    kept = tuple(each for each in problem.fixed if not out & set(each.sites) and each.sites[0] not in pins)
    return replace(
        problem,
        sites=tuple(site for site in problem.sites if site.ref not in out),
        fixed=(*kept, *pins.values()),
    )


def without_left_out(problem: Problem, entries: list[PlanEntry]) -> Problem:
    """The problem as the checker judges it: no site that was left out, and no pin that would excuse a rule."""
    problem = as_entered(problem, entries)
    out = {entry.site.ref for entry in entries if entry.is_left_out}
    kept = tuple(each for each in problem.fixed if not out & set(each.sites))
    return replace(problem, sites=tuple(site for site in problem.sites if site.ref not in out), fixed=kept)


def answer_of(problem: Problem, entries: list[PlanEntry]) -> Answer:
    """The entries as an answer; agreed sessions elsewhere stand in it as they are in the problem."""
    placed = [_placement(entry) for entry in entries if entry.on and not entry.is_left_out]
    unplaced = [Unplaced((entry.site.ref,), ()) for entry in entries if not entry.on and not entry.is_left_out]
    minutes = {site.ref: site.minutes for site in problem.sites}
    taken = [
        Placement(each.sites, each.day, each.starts, each.starts + minutes[each.sites[0]], each.members, True)
        for each in problem.fixed
        if each.sites[0].startswith(ELSEWHERE)
    ]
    return Answer(Stage.DONE, (*placed, *taken), tuple(unplaced), Proof(0))


def violations(problem: Problem, entries: list[PlanEntry]) -> list[Violation]:
    """What the independent checker finds in the entries, pins not excused."""
    judged = without_left_out(problem, entries)
    return check(judged, answer_of(judged, entries))


def check_with(judged: Problem, entries: list[PlanEntry], changed: Placement) -> list[Violation]:
    """What the checker would find if this one session were held so."""
    answer = answer_of(judged, [entry for entry in entries if entry.site.ref not in changed.sites])
    return check(judged, replace(answer, placements=(*answer.placements, changed)))


def team_of(entry: PlanEntry) -> tuple[Assigned, ...]:
    """Who comes, as the engine says it."""
    return tuple(Assigned(seat.member.ref, Role(seat.role)) for seat in entry.seats.all())


def placement_of(entry: PlanEntry, team: tuple[Assigned, ...]) -> Placement:
    """The entry's session with this team. Only for an entry that has a day."""
    if entry.on is None or entry.starts is None or entry.ends is None:
        raise ValueError("an entry without a day has no placement")
    times = minute_of(entry.starts), minute_of(entry.ends)
    return Placement((entry.site.ref,), entry.on, *times, team, entry.is_pinned)


def _placement(entry: PlanEntry) -> Placement:
    return placement_of(entry, team_of(entry))


def _fixed(entry: PlanEntry) -> Fixed:
    held = _placement(entry)
    return Fixed(held.sites, held.day, held.starts, held.members, is_pinned=True)
