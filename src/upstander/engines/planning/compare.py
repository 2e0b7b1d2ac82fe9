"""Two plans side by side, and the day on which all sites are trained."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from upstander.engines.planning.answer import Answer, Placement
from upstander.engines.planning.problem import Problem


@dataclass(frozen=True, slots=True)
class Figures:
    """A plan in numbers. Sessions of the busiest and of the least busy member; kilometres there and back."""

    sessions: int
    unplaced: int
    cost: int
    travel_km: int
    busiest: int
    least_busy: int
    latest: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """A session that is another in the second plan; None: the plan has none for these sites."""

    sites: tuple[str, ...]
    before: Placement | None
    after: Placement | None

    @property
    def members(self) -> frozenset[str]:
        """Whom it concerns."""
        return frozenset(each.member for plan in (self.before, self.after) if plan for each in plan.members)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both plans in numbers, and every session that differs, by site."""

    first: Figures
    second: Figures
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """How many sites are trained at the end of a day."""

    day: date
    trained: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """How the year goes on if the plan is held as it stands. `full_on` is the day on which all `total` sites are
    trained; None while sites are without a place. `relaxed_on`: that day if every relaxation offered is granted."""

    total: int
    days: tuple[Reached, ...]
    full_on: date | None
    relaxed_on: date | None


def compare(problem: Problem, first: Answer, second: Answer) -> Comparison:
    """Two plans of one problem (or of its earlier and later self): what the second one does otherwise."""
    return Comparison(_figures(problem, first), _figures(problem, second), tuple(_changes(first, second)))


def forecast(problem: Problem, answer: Answer) -> Forecast:
    """The sites trained by day, and when all of them are."""
    counts: Counter[date] = Counter()
    for placement in answer.placements:
        counts[placement.day] += len(placement.sites)
    days, trained = [], 0
    for day in sorted(counts):
        trained += counts[day]
        days.append(Reached(day, trained))
    last = days[-1].day if days else None
    offered = [each.relaxation.placement.day for each in answer.unplaced if each.relaxation]
    is_enough = len(offered) == len(answer.unplaced)
    relaxed = max([*offered, *([last] if last else [])], default=None) if is_enough else None
    return Forecast(len(problem.sites), tuple(days), None if answer.unplaced else last, relaxed)


def _figures(problem: Problem, answer: Answer) -> Figures:
    held = Counter(each.member for placement in answer.placements for each in placement.members)
    loads = [held[member.ref] for member in problem.members]
    return Figures(
        sessions=len(answer.placements),
        unplaced=len(answer.unplaced),
        cost=answer.proof.cost,
        travel_km=answer.travel_km,
        busiest=max(loads, default=0),
        least_busy=min(loads, default=0),
        latest=max((placement.day for placement in answer.placements), default=None),
    )


def _changes(first: Answer, second: Answer) -> Iterator[Change]:
    """By sites: sites that are trained together in one plan only show up as they stand in each."""
    before = {placement.sites: placement for placement in first.placements}
    after = {placement.sites: placement for placement in second.placements}
    for sites in sorted(before.keys() | after.keys()):
        one, other = before.get(sites), after.get(sites)
        if one is None or other is None or _what(one) != _what(other):
            yield Change(sites, one, other)


def _what(placement: Placement) -> tuple[object, ...]:
    """What people would notice: a pin is none of it, nor the order in which members are named."""
    return placement.day, placement.starts, placement.ends, frozenset(placement.members)
