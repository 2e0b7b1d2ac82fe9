"""A stored plan as the engine's problem and answer, with what people pinned and left out; and its check."""

from collections.abc import Iterable
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
from upstander.program.training.planning.agreed import ELSEWHERE
from upstander.program.training.planning.calendar import minute_of


def entries_of(plan: Plan) -> list[PlanEntry]:
    """The plan's entries with sites and seats, in the order in which they were made."""
    entries = PlanEntry.objects.filter(plan=plan).select_related("site", "session", "request", "host__site")
    rows = entries.prefetch_related("seats__member", "host__seats__member__person", "guests__site")
    return list(rows.order_by("id"))


def stored_problem(plan: Plan) -> Problem:
    """What the plan was made from. Raises ProblemError if an older engine stored it otherwise."""
    return problem_from_dict(plan.problem)


def as_entered(problem: Problem, entries: list[PlanEntry]) -> Problem:
    """The problem with the rooms that people named in the entries."""
    seats = {entry.key: (entry.room, entry.seat_count) for entry in entries}
    known = ((site, seats.get(site.ref, (site.room, site.seats))) for site in problem.sites)
    return replace(problem, sites=tuple(replace(site, room=room, seats=count) for site, (room, count) in known))


def problem_as_changed(problem: Problem, entries: list[PlanEntry]) -> Problem:
    """The problem with people's own word: left-out sites are gone, pinned sessions stay as they are."""
    problem = as_entered(problem, entries)
    out = {entry.key for entry in entries if entry.is_left_out}
    pins = {group[0].key: _fixed(group) for group in _groups(entries) if group[0].is_pinned and group[0].on}
    kept = tuple(each for each in problem.fixed if not out & set(each.sites) and each.sites[0] not in pins)
    return replace(
        problem,
        sites=tuple(site for site in problem.sites if site.ref not in out),
        fixed=(*kept, *pins.values()),
    )


def without_left_out(problem: Problem, entries: list[PlanEntry]) -> Problem:
    """The problem as the checker judges it: no site that was left out, and no pin that would excuse a rule."""
    problem = as_entered(problem, entries)
    out = {entry.key for entry in entries if entry.is_left_out}
    kept = tuple(each for each in problem.fixed if not out & set(each.sites))
    return replace(problem, sites=tuple(site for site in problem.sites if site.ref not in out), fixed=kept)


def answer_of(problem: Problem, entries: list[PlanEntry]) -> Answer:
    """The entries as an answer; agreed sessions elsewhere stand in it as they are in the problem."""
    groups = _groups(entries)
    placed = [_placement(group) for group in groups if group[0].on]
    unplaced = [Unplaced(_refs(group), ()) for group in groups if not group[0].on]
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
    answer = answer_of(judged, [entry for entry in entries if entry.key not in changed.sites])
    return check(judged, replace(answer, placements=(*answer.placements, changed)))


def team_of(entry: PlanEntry) -> tuple[Assigned, ...]:
    """Who comes, as the engine says it."""
    return tuple(Assigned(seat.member.ref, Role(seat.role)) for seat in entry.seats.all())


def placement_of(entry: PlanEntry, team: tuple[Assigned, ...], guests: Iterable[PlanEntry] = ()) -> Placement:
    """The entry's session with this team and these guests. Only for an entry that has a day."""
    if entry.on is None or entry.starts is None or entry.ends is None:
        raise ValueError("an entry without a day has no placement")
    times = minute_of(entry.starts), minute_of(entry.ends)
    return Placement(_refs([entry, *guests]), entry.on, *times, team, entry.is_pinned)


def guests_in(entries: Iterable[PlanEntry], host: PlanEntry) -> list[PlanEntry]:
    """The entries that are trained with this one."""
    return [entry for entry in entries if entry.host_id == host.pk and not entry.is_left_out]


def heads_of(entry: PlanEntry) -> int:
    """How many people the entry's session is for, those of its guests included."""
    guests = entry.guests.filter(is_left_out=False).values_list("head_count", flat=True)
    return entry.head_count + sum(guests)


def has_guests(entry: PlanEntry) -> bool:
    """Whether other sites are trained with this one in its plan."""
    return entry.guests.filter(is_left_out=False).exists()


def _groups(entries: Iterable[PlanEntry]) -> list[list[PlanEntry]]:
    """The sessions of the entries: each host with its guests behind it. Nobody who was left out."""
    groups = {entry.pk: [entry] for entry in entries if entry.host_id is None and not entry.is_left_out}
    for entry in entries:
        if entry.host_id is not None and not entry.is_left_out:
            groups.setdefault(entry.host_id, []).append(entry)
    return [group for group in groups.values() if group]


def _refs(group: Iterable[PlanEntry]) -> tuple[str, ...]:
    return tuple(entry.key for entry in group)


def _placement(group: list[PlanEntry]) -> Placement:
    host, *guests = group
    return placement_of(host, team_of(host), guests)


def _fixed(group: list[PlanEntry]) -> Fixed:
    held = _placement(group)
    return Fixed(held.sites, held.day, held.starts, held.members, is_pinned=True)
