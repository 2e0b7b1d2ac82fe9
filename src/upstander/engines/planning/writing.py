"""A finished book written down as an answer: costs, the latest day, what moved, what is lacking and why."""

from collections.abc import Callable
from datetime import date

from upstander.engines.planning.answer import Answer, Latest, Placement, Proof, Stage
from upstander.engines.planning.bounds import Choices, not_before
from upstander.engines.planning.diary import Book, Team, assigned, fixed_team
from upstander.engines.planning.ground import Ground, Wanted
from upstander.engines.planning.relax import unplaced


def answer_from(ground: Ground, choices: Choices, book: Book, stage: Stage, proof: Callable[[int], Proof]) -> Answer:
    """The book as an answer; `proof` is made from the plan's cost."""
    placed = [wanted for wanted in ground.wanted if wanted.key in book.teams]
    placements = tuple(sorted((_placement(ground, book, wanted) for wanted in placed), key=_order))
    return Answer(
        stage,
        placements,
        tuple(unplaced(ground, book, wanted) for wanted in ground.wanted if wanted.key not in book.teams),
        proof(cost_of(ground, book)),
        travel_km=travel_km(ground, book),
        busiest=book.busiest,
        latest=_latest(ground, choices, book),
        moved=tuple(
            ref for wanted in placed if is_moved(ground, wanted, book.teams[wanted.key]) for ref in wanted.refs
        ),
    )


def travel_km(ground: Ground, book: Book) -> int:
    """Kilometres of all members, there and back."""
    by_key = {wanted.key: wanted for wanted in ground.wanted}
    teams = book.teams.items()
    return sum(
        ground.round_trip_km(by_key[key], number, team.slot.day) for key, team in teams for number, _ in team.members
    )


def cost_of(ground: Ground, book: Book) -> int:
    """What the plan costs by the problem's weights."""
    weights = ground.problem.weights
    cost = travel_km(ground, book) + weights.busiest * book.busiest + lost(ground, book)
    return cost + sum(
        day_cost(ground, wanted, book.teams[wanted.key]) for wanted in ground.wanted if wanted.key in book.teams
    )


def lost(ground: Ground, book: Book) -> int:
    """The part of the cost that stands for sessions without a place."""
    return ground.problem.weights.unplaced * (len(ground.wanted) - len(book.teams))


def day_cost(ground: Ground, wanted: Wanted, team: Team) -> int:
    """What a session costs beside travel and balance: its day, and an agreed session moved."""
    return ground.day_cost(wanted, team.slot.day) + ground.problem.weights.moved * is_moved(ground, wanted, team)


def is_moved(ground: Ground, wanted: Wanted, team: Team) -> bool:
    """Whether people had agreed another time or other members."""
    if wanted.fixed is None:
        return False
    agreed = fixed_team(ground, wanted)
    return agreed.slot != team.slot or set(agreed.members) != set(team.members)


def _placement(ground: Ground, book: Book, wanted: Wanted) -> Placement:
    team = book.teams[wanted.key]
    day = date.fromordinal(team.slot.day)
    return Placement(
        wanted.refs, day, team.slot.starts, team.slot.ends, assigned(ground, team), is_pinned=wanted.is_pinned
    )


def _order(placement: Placement) -> tuple[date, int, tuple[str, ...]]:
    return placement.day, placement.starts, placement.sites


def _latest(ground: Ground, choices: Choices, book: Book) -> Latest | None:
    if not book.teams:
        return None
    last = max(team.slot.day for team in book.teams.values())
    return Latest(date.fromordinal(last), not_before(ground, choices, book.teams))
