"""Why a session found no place, and the least that would have to change so that it gets one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import inf

from upstander.engines.planning import rules
from upstander.engines.planning.answer import Placement, Reason, Relaxation, Rule, Step, Unplaced
from upstander.engines.planning.diary import Book, Team, assigned
from upstander.engines.planning.ground import DAYS_PER_WEEK, Ground, Slot, Wanted
from upstander.engines.planning.problem import Role

# What it takes to relax a rule, roughly as coordinators see it: asking a school for a day or a member for a session
# more is least, a new skill or language most. What is not here cannot be relaxed. A travel limit counts by its excess.
EFFORT = {
    Rule.WINDOW: 1.0,
    Rule.DAY_FULL: 1.0,
    Rule.WEEK_FULL: 1.0,
    Rule.REGION: 2.0,
    Rule.SKILL: 2.0,
    Rule.FREE: 3.0,
    Rule.RELEASED: 3.0,
    Rule.ROOM: 3.0,
    Rule.CERTIFIED: 4.0,
    Rule.PAIR: 4.0,
    Rule.LANGUAGE: 5.0,
}
EFFORT_OF_DOUBLE_LIMIT = 10.0


Standing = tuple[float, int, tuple[Step, ...]]  # how much is asked, of which member, and what


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to place the session: at what time, by whom, and what would have to change."""

    slot: Slot
    team: tuple[tuple[int, Role], ...]
    steps: tuple[Step, ...]

    @property
    def effort(self) -> float:
        return sum(map(effort, self.steps))


def unplaced(ground: Ground, book: Book, wanted: Wanted) -> Unplaced:
    """The reasons as counts of members, and the nearest relaxation while everything else of the plan stays."""
    best = min(_ways(ground, book, wanted), key=lambda way: (way.effort, len(way.steps), way.slot), default=None)
    found = None
    if best and best.effort < inf:
        day = date.fromordinal(best.slot.day)
        team = assigned(ground, Team(best.slot, best.team))
        found = Relaxation(best.steps, Placement(wanted.refs, day, best.slot.starts, best.slot.ends, team))
    return Unplaced(wanted.refs, _reasons(ground, book, wanted), found)


def effort(step: Step) -> float:
    """How much one step asks; infinite for what nobody can relax."""
    if step.rule is Rule.TRAVEL_LIMIT:
        limit = max(float(step.now), 1.0)
        return EFFORT_OF_DOUBLE_LIMIT * (float(step.needed) - limit) / limit
    return EFFORT.get(step.rule, inf)


def _ways(ground: Ground, book: Book, wanted: Wanted) -> Iterator[_Way]:
    """For every time, the least that would do with one lead, and with a second member where a pair is required."""
    own = tuple(rules.own(wanted))
    leads = _standing(ground, wanted, Role.LEAD)
    others = _standing(ground, wanted, Role.CO_LEAD) if wanted.is_pair else []
    for slot, extra in [(slot, ()) for slot in wanted.slots] + [
        (slot, (Step(Rule.WINDOW),)) for slot in _more(ground, wanted)
    ]:
        lead = _least(ground, book, wanted, slot, Role.LEAD, leads)
        if lead is None:
            continue
        number, steps = lead
        team = ((number, Role.LEAD),)
        if not wanted.is_pair:
            yield _Way(slot, team, own + extra + steps)
            continue
        yield _Way(slot, team, own + extra + steps + (Step(Rule.PAIR, now="2", needed="1"),))
        rest = [each for each in others if each[1] != number]
        if second := _least(ground, book, wanted, slot, Role.CO_LEAD, rest):
            yield _Way(slot, (*team, (second[0], Role.CO_LEAD)), own + extra + steps + second[1])


def _standing(ground: Ground, wanted: Wanted, role: Role) -> list[Standing]:
    """What stands against each member on any day, least first; without those for whom nothing helps."""
    found = []
    for number in range(len(ground.members)):
        steps = tuple(rules.standing(ground, wanted, number, role))
        if (asked := sum(map(effort, steps))) < inf:
            found.append((asked, number, steps))
    return sorted(found, key=lambda each: each[:2])


def _least(
    ground: Ground, book: Book, wanted: Wanted, slot: Slot, role: Role, standing: list[Standing]
) -> tuple[int, tuple[Step, ...]] | None:
    """The member against whom least stands at this time, and what."""
    best: Standing = (inf, -1, ())
    for asked, number, steps in standing:
        if asked >= best[0]:
            break
        whole = steps + _against(ground, book, wanted, slot, role, number)
        best = min(best, (sum(map(effort, whole)), number, whole), key=lambda each: each[:2])
    return best[1:] if best[0] < inf else None


def _against(ground: Ground, book: Book, wanted: Wanted, slot: Slot, role: Role, number: int) -> tuple[Step, ...]:
    dated = rules.dated(ground, wanted, number, role, slot)
    return (*dated, *rules.planned(ground, wanted, number, slot, book.diaries))


def _more(ground: Ground, wanted: Wanted) -> list[Slot]:
    """The session's usual time on the days of its usual weekday on which it has no window."""
    usual = Counter((slot.day % DAYS_PER_WEEK, slot.starts) for slot in wanted.slots) or ground.usual_times
    if not usual:
        return []
    weekday, starts = min(usual, key=lambda time: (-usual[time], time))
    closed = ground.problem.closed.union(*(site.closed for site in wanted.sites))
    taken = {slot.day for slot in wanted.slots} | {day.toordinal() for day in closed}
    first, last = ground.first_and_last_day
    days = (day for day in range(first, last + 1) if day % DAYS_PER_WEEK == weekday and day not in taken)
    return [Slot(day, starts, starts + wanted.minutes) for day in days]


def _reasons(ground: Ground, book: Book, wanted: Wanted) -> tuple[Reason, ...]:
    """The rules that stood in the way, most often first."""
    if own := next(rules.own(wanted), None):
        return (Reason(own.rule, 0),)
    if not wanted.slots:
        has_windows = all(site.hours for site in wanted.sites)
        return (Reason(Rule.CLOSED if has_windows and _is_closed(ground, wanted) else Rule.WINDOW, 0),)
    first = [_first_against(ground, book, wanted, number) for number in range(len(ground.members))]
    counts = Counter(rule for rule in first)
    return tuple(Reason(rule, count) for rule, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _is_closed(ground: Ground, wanted: Wanted) -> bool:
    closed = ground.problem.closed.union(*(site.closed for site in wanted.sites))
    return all(window.day in closed for site in wanted.sites for window in site.hours)


def _first_against(ground: Ground, book: Book, wanted: Wanted, number: int) -> Rule:
    """The first rule against a member as the lead, at the time when fewest are against; PAIR when none is."""
    if standing := next(rules.standing(ground, wanted, number, Role.LEAD), None):
        return standing.rule
    tried = (_against(ground, book, wanted, slot, Role.LEAD, number) for slot in wanted.slots)
    least = min(tried, key=len)
    return least[0].rule if least else Rule.PAIR
