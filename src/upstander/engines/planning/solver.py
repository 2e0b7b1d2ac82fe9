"""The whole planner: a draft, WHO, WHEN, and back to WHO with what WHEN found impossible."""

from collections.abc import Iterator, Mapping

from upstander.engines.planning.answer import Answer, Proof, Stage
from upstander.engines.planning.bounds import Choices
from upstander.engines.planning.choices import all_choices
from upstander.engines.planning.diary import Book, Team
from upstander.engines.planning.greedy import fill, mend
from upstander.engines.planning.ground import Ground
from upstander.engines.planning.problem import Problem
from upstander.engines.planning.search import Found, IsCancelled, Progress, Search, Tell
from upstander.engines.planning.when import When
from upstander.engines.planning.who import Couple, Pick, Who, beside_pinned
from upstander.engines.planning.writing import answer_from, cost_of, lost

LIMIT_SECONDS = 300.0
# Limits in the solver's own units of counted work (about a second each): they end a run at the same point everywhere.
WHO_WORK, WHEN_WORK, SOON_WORK = 60.0, 20.0, 5.0
GOOD_ENOUGH = 0.005  # the gap at which WHO may end, as a share of what the placed sessions cost
MOST_ROUNDS = 4  # of WHO and WHEN; what is then still impossible is mended as a draft is


def plan(
    problem: Problem,
    *,
    limit_seconds: float = LIMIT_SECONDS,
    good_enough: float = GOOD_ENOUGH,
    tell: Tell = lambda progress: None,
    is_cancelled: IsCancelled = lambda: False,
) -> Answer:
    """The plan with the least travel and load that keeps every rule, and how near to the best it is proven to be.

    Needs OR-Tools. `tell` gets the progress, `is_cancelled` is asked about ten times a second, both in the caller's
    thread. When cancelled or out of time, the best plan so far is given, at least the draft, marked as stopped.
    """
    return _Planning(problem, Search(problem.seed, limit_seconds, tell, is_cancelled)).run(good_enough)


class _Planning:
    def __init__(self, problem: Problem, search: Search) -> None:
        self.ground = Ground(problem)
        self.choices = all_choices(self.ground)
        self.near = beside_pinned(self.ground, self.choices)
        self.search = search
        self.best = fill(self.ground, self.choices)
        self.bound: int | None = None
        search.tell(Progress(Stage.DRAFT, cost_of(self.ground, self.best), None, search.seconds))

    def run(self, good_enough: float) -> Answer:
        """Rounds of WHO and WHEN until nothing is dropped, the rounds are used up, or it is stopped."""
        if not any(self.near.values()):
            return self._answer(Stage.DONE)
        who, stage = Who(self.ground, self.near), Stage.DRAFT
        for _ in range(MOST_ROUNDS):
            who.hint(self.best)
            found = self.search.run(Stage.WHO, who.model, WHO_WORK, self._may_lack(good_enough))
            self._note_bound(found)
            if found.value is None:
                break
            stage = Stage.WHO
            cuts = list(self._time(who.picks(found.value)))
            if not cuts or self.search.is_stopped:
                break
            for couples in cuts:
                who.cut(couples)
        return self._answer(stage if self.search.is_stopped else Stage.DONE)

    def _may_lack(self, share: float) -> float:
        """The gap at which WHO may end, in cost: too small to hide an agreed session that is moved without need."""
        allowed = share * (cost_of(self.ground, self.best) - lost(self.ground, self.best))
        is_agreed = any(wanted.fixed for wanted in self.ground.open_ones)
        return min(allowed, self.ground.problem.weights.moved / 2) if is_agreed else allowed

    def _note_bound(self, found: Found) -> None:
        """A later round has more cuts, all valid, so its bound is as valid and not lower."""
        if found.bound is not None:
            self.bound = max(self.bound or found.bound, found.bound)

    def _time(self, picks: Mapping[int, Pick]) -> Iterator[list[Couple]]:
        """Find the times; keep the plan if it is the best so far; give what no plan can do."""
        model = When(self.ground, self.near, picks)
        teams = self._times(model, picks)
        book = Book(self.ground)
        for key, team in teams.items():
            book.put(self.ground.wanted[key], team)
        mend(self.ground, self.choices, book)
        if cost_of(self.ground, book) <= cost_of(self.ground, self.best):
            self.best = book
        for key in sorted(picks.keys() - teams.keys()):
            yield from self._impossible(picks, key)

    def _times(self, model: When, picks: Mapping[int, Pick]) -> dict[int, Team]:
        model.hold_all(picks)
        held = self.search.run(Stage.WHEN, model.model, WHEN_WORK)
        if held.value is None or held.best is None:
            return {}
        teams = model.teams(held.value)
        last = model.soon(held.best, teams)
        soon = self.search.run(Stage.WHEN, model.model, SOON_WORK)
        if soon.value is None or soon.best is None:
            return teams
        teams = model.teams(soon.value)
        model.sooner(last, soon.best, teams)
        sooner = self.search.run(Stage.WHEN, model.model, SOON_WORK)
        return teams if sooner.value is None else model.teams(sooner.value)

    def _impossible(self, picks: Mapping[int, Pick], dropped: int) -> Iterator[list[Couple]]:
        """For each member of a dropped session: the fewest of their sessions that they cannot hold together."""
        for member in picks[dropped].members:
            theirs = [key for key, pick in picks.items() if member in pick.members and pick.agreed is None]
            alone = {key: Pick(picks[key].day, (member,)) for key in theirs}
            if not self._fits(alone):
                for key in theirs:
                    without = {other: pick for other, pick in alone.items() if other != key}
                    alone = alone if self._fits(without) else without
                yield [(key, member) for key in alone]

    def _fits(self, picks: Mapping[int, Pick]) -> bool:
        model = When(self.ground, _leading(self.near, picks), picks)
        model.hold_all(picks)
        found = self.search.run(Stage.WHEN, model.model, WHEN_WORK)
        return found.value is None or len(model.teams(found.value)) == len(picks)

    def _answer(self, stage: Stage) -> Answer:
        def proof(cost: int) -> Proof:
            most = max((len({each.member for each in found}) for found in self.near.values()), default=0)
            placed_cost = max(cost - lost(self.ground, self.best), 1)
            if self.bound is None:
                return Proof(cost, choices=most, is_stopped=self.search.is_stopped)
            bound = min(self.bound, cost)  # mending may go beyond the nearest, among whom the bound holds
            return Proof(cost, bound, (cost - bound) / placed_cost, most, self.search.is_stopped)

        return answer_from(self.ground, self.choices, self.best, stage, proof)


def _leading(choices: Choices, picks: Mapping[int, Pick]) -> Choices:
    """The choices as if everyone could lead: one member alone is looked at, whatever the role."""
    return {
        key: tuple(type(each)(each.member, each.km, each.slots, frozenset(each.slots)) for each in choices[key])
        for key in picks
    }
