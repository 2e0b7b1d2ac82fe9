"""An instant draft: agreed sessions first, then the ones with the fewest choices, each at its cheapest.

What finds no place may push one other session to another team or time, if that one can go. No search, no chance:
the same problem gives the same draft.
"""

from collections.abc import Iterator
from typing import NamedTuple

from upstander.engines.planning import rules
from upstander.engines.planning.answer import Answer, Proof, Stage
from upstander.engines.planning.bounds import Choices
from upstander.engines.planning.choices import Choice, all_choices, is_possible, team_at
from upstander.engines.planning.diary import Book, Team, fixed_team
from upstander.engines.planning.ground import Ground, Slot, Wanted
from upstander.engines.planning.problem import Problem
from upstander.engines.planning.writing import answer_from


def draft(problem: Problem) -> Answer:
    """A plan at once, without any proof of how good it is."""
    ground = Ground(problem)
    choices = all_choices(ground)
    return answer_from(ground, choices, fill(ground, choices), Stage.DRAFT, Proof)


def fill(ground: Ground, choices: Choices) -> Book:
    """The draft as a book that others can go on with."""
    book = Book(ground)
    for wanted in ground.open_ones:
        if wanted.fixed and is_possible(ground, book, wanted, fixed_team(ground, wanted)):
            book.put(wanted, fixed_team(ground, wanted))
    mend(ground, choices, book)
    return book


def mend(ground: Ground, choices: Choices, book: Book) -> None:
    """Place what the book lacks, as far as that goes."""
    missing = [wanted for wanted in ground.open_ones if wanted.key not in book.teams]
    for wanted in sorted(missing, key=lambda each: (_freedom(choices[each.key]), each.key)):
        if team := _cheapest(book, wanted, choices[wanted.key]):
            book.put(wanted, team)
    by_key = {wanted.key: wanted for wanted in ground.open_ones}
    for wanted in missing:
        if wanted.key not in book.teams:
            _push(book, wanted, choices, by_key)


def _freedom(choices: tuple[Choice, ...]) -> int:
    return sum(len(choice.slots) for choice in choices)


def _cheapest(book: Book, wanted: Wanted, choices: tuple[Choice, ...]) -> Team | None:
    """The free team with the least travel and load, the earliest among equals."""
    weights, busiest = book.ground.problem.weights, book.busiest
    load = weights.busiest / max(busiest, 1)
    costs = [(choice.km + load * book.diaries[choice.member].count, choice) for choice in choices]
    by_cost = [_Asked(cost, choice, frozenset(choice.slots)) for cost, choice in sorted(costs, key=_by_cost)]
    best: tuple[float, Team] | None = None
    for slot in wanted.slots:
        day_cost = book.ground.day_cost(wanted, slot.day)
        if best and by_cost and by_cost[0].cost * wanted.needed + day_cost >= best[0]:
            continue  # not even the cheapest would be better then
        if found := _team_at(book, wanted, by_cost, slot):
            cost = found[0] + day_cost
            best = (cost, found[1]) if best is None or cost < best[0] else best
    return best[1] if best else None


class _Asked(NamedTuple):
    """A choice, what it costs as the book stands, and its times."""

    cost: float
    choice: Choice
    times: frozenset[Slot]


def _by_cost(pair: tuple[float, Choice]) -> tuple[float, int]:
    return pair[0], pair[1].member


def _team_at(book: Book, wanted: Wanted, by_cost: list[_Asked], slot: Slot) -> tuple[float, Team] | None:
    """The cheapest team that is free at this time. Whoever is dearer is not even asked."""
    free: list[_Asked] = []
    for asked in by_cost:
        if slot in asked.times and _is_free(book, wanted, asked.choice.member, slot):
            free.append(asked)
            if team := team_at(wanted, tuple(each.choice for each in free), slot):
                costs = {each.choice.member: each.cost for each in free}
                return sum(costs[number] for number, _ in team.members), team
    return None


def _is_free(book: Book, wanted: Wanted, member: int, slot: Slot) -> bool:
    return next(rules.planned(book.ground, wanted, member, slot, book.diaries), None) is None


def _push(book: Book, wanted: Wanted, choices: Choices, by_key: dict[int, Wanted]) -> bool:
    """Place the session where exactly one other has to give way, and that one elsewhere; undone if it cannot go."""
    for other in _in_the_way(book, wanted, choices[wanted.key]):
        before = book.take(other)
        team = _cheapest(book, wanted, choices[wanted.key])
        if team:
            book.put(wanted, team)
            if instead := _cheapest(book, other, choices[other.key]):
                book.put(other, instead)
                return True
            book.take(wanted)
        book.put(other, before)
    return False


def _in_the_way(book: Book, wanted: Wanted, choices: tuple[Choice, ...]) -> Iterator[Wanted]:
    """The movable sessions in the weeks and diaries that the wanted one could use, each once, in a fixed order."""
    seen: dict[int, Wanted] = {}
    for choice in choices:
        for slot in choice.slots:
            for other, _ in book.diaries[choice.member].on(slot.day):
                if other.fixed is None:
                    seen.setdefault(other.key, other)
    return iter(seen.values())
