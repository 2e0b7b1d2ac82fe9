"""What people ask of a plan: why this member at this time, what another choice would cost or break."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from upstander.engines.planning import rules
from upstander.engines.planning.answer import Answer, Placement, Step, Unplaced
from upstander.engines.planning.diary import Book, Team
from upstander.engines.planning.ground import Ground, Slot, Wanted
from upstander.engines.planning.problem import Problem, ProblemError, Role
from upstander.engines.planning.writing import day_cost


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another member (`member` in place of `instead_of`, at the same time) or another time (both empty).

    `cost` and `travel_km` are what the whole plan would cost and travel more (less than 0: less). `against` are the
    rules that stand in the way; empty: it could be chosen as it is.
    """

    day: date
    starts: int
    instead_of: str
    member: str
    cost: int
    travel_km: int
    against: tuple[Step, ...]

    @property
    def is_possible(self) -> bool:
        return not self.against


@dataclass(frozen=True, slots=True)
class Share:
    """What a member of the session brings to the plan's cost: their way there and back, and their year's load."""

    member: str
    travel_km: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Why:
    """A site's session, its parts, and what else could be: what is possible first, cheapest first."""

    placement: Placement | None
    unplaced: Unplaced | None
    shares: tuple[Share, ...] = ()
    is_busiest: bool = False  # one of its members has the most sessions of all
    wishes_missed: int = 0
    alternatives: tuple[Alternative, ...] = ()


def why(problem: Problem, answer: Answer, site: str) -> Why:
    """Why a site is trained then and by them. Everything else of the plan is taken as it stands.

    Raises ProblemError for a site that the plan does not know.
    """
    for lacking in answer.unplaced:
        if site in lacking.sites:
            return Why(None, lacking)
    placement = next((each for each in answer.placements if site in each.sites), None)
    if placement is None:
        raise ProblemError(f"the plan has no site {site}")
    ground = Ground(problem)
    book = book_of(ground, answer)
    wanted = next(each for each in ground.wanted if site in each.refs)
    return _explained(ground, book, wanted, placement)


def book_of(ground: Ground, answer: Answer) -> Book:
    """An answer read back into a book. Raises ProblemError when it is not one of this problem."""
    by_sites = {wanted.refs: wanted for wanted in ground.wanted}
    book = Book(ground)
    for placement in answer.placements:
        wanted = by_sites.get(placement.sites)
        if wanted is None or any(each.member not in ground.number_of for each in placement.members):
            raise ProblemError(f"this plan is of another problem: {', '.join(placement.sites)}")
        if not wanted.is_pinned:
            slot = Slot(placement.day.toordinal(), placement.starts, placement.ends)
            book.put(wanted, Team(slot, tuple((ground.number_of[m.member], m.role) for m in placement.members)))
    return book


def _explained(ground: Ground, book: Book, wanted: Wanted, placement: Placement) -> Why:
    team = book.teams[wanted.key]
    loads = {number: book.diaries[number].count for number, _ in team.members}
    shares = tuple(
        Share(ground.members[number].ref, ground.round_trip_km(wanted, number, team.slot.day), load)
        for number, load in loads.items()
    )
    return Why(
        placement,
        None,
        shares,
        is_busiest=book.busiest in loads.values(),
        wishes_missed=ground.wishes_missed(wanted, team.slot.day),
        alternatives=() if wanted.is_pinned else tuple(sorted(_alternatives(ground, book, wanted), key=_order)),
    )


def _order(each: Alternative) -> tuple[object, ...]:
    return len(each.against), each.cost, each.day, each.starts, each.instead_of, each.member


def _alternatives(ground: Ground, book: Book, wanted: Wanted) -> Iterator[Alternative]:
    team = book.take(wanted)
    cost, km = _with(ground, book, wanted, team)
    for instead_of, number, other in _others(ground, wanted, team):
        against = tuple(_against(ground, book, wanted, other))
        new_cost, new_km = _with(ground, book, wanted, other)
        refs = ["" if who is None else ground.members[who].ref for who in (instead_of, number)]
        day = date.fromordinal(other.slot.day)
        yield Alternative(day, other.slot.starts, refs[0], refs[1], new_cost - cost, new_km - km, against)
    book.put(wanted, team)


def _with(ground: Ground, book: Book, wanted: Wanted, team: Team) -> tuple[int, int]:
    """What this one session adds to a plan without it: cost, and kilometres there and back."""
    km = sum(ground.round_trip_km(wanted, number, team.slot.day) for number, _ in team.members)
    busiest = max([book.busiest, *(book.diaries[number].count + 1 for number, _ in team.members)])
    return km + ground.problem.weights.busiest * busiest + day_cost(ground, wanted, team), km


def _others(ground: Ground, wanted: Wanted, team: Team) -> Iterator[tuple[int | None, int | None, Team]]:
    """The same team at every other time; then, at the same time, every other member in place of each."""
    for slot in wanted.slots:
        if slot != team.slot:
            yield None, None, Team(slot, team.members)
    present = {number for number, _ in team.members}
    for old, role in team.members:
        for number in range(len(ground.members)):
            if number not in present:
                swapped = tuple((number, role) if who == old else (who, part) for who, part in team.members)
                yield old, number, Team(team.slot, swapped)


def _against(ground: Ground, book: Book, wanted: Wanted, team: Team) -> Iterator[Step]:
    for number, role in team.members:
        yield from _of_member(ground, book, wanted, number, role, team.slot)


def _of_member(ground: Ground, book: Book, wanted: Wanted, number: int, role: Role, slot: Slot) -> Iterator[Step]:
    yield from rules.standing(ground, wanted, number, role)
    yield from rules.dated(ground, wanted, number, role, slot)
    yield from rules.planned(ground, wanted, number, slot, book.diaries)
