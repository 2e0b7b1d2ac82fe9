"""WHEN each session is held, its members given: first that all are held, then the last one early, then all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from upstander.engines.planning import capacity
from upstander.engines.planning.bounds import Choices
from upstander.engines.planning.capacity import Presence
from upstander.engines.planning.diary import Book, Team
from upstander.engines.planning.ground import Ground, Slot
from upstander.engines.planning.problem import Role
from upstander.engines.planning.who import Pick, way_cost


@dataclass(frozen=True, slots=True, eq=False)
class _Time:
    """The decision to hold a session at a time by a team."""

    chosen: Any
    key: int
    team: Team
    cost: int


class When:
    """The model of the times; three objectives in turn, each without giving up what the one before reached."""

    def __init__(self, ground: Ground, choices: Choices, picks: Mapping[int, Pick]) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - slow, and installed only where plans are made

        self._expression: Any = cp_model.LinearExpr
        self.ground = ground
        self.model: Any = cp_model.CpModel()
        self._times: list[_Time] = []
        self._dropped: dict[int, Any] = {}
        self._first = ground.first_and_last_day[0]
        for key, pick in picks.items():
            self._add(choices, key, pick)
        capacity.limit(self.model, ground, self._presences(), Book(ground))
        self._losses = self._weighted(
            [(dropped, ground.problem.weights.unplaced) for dropped in self._dropped.values()]
        )
        self._losses += self._weighted([(time.chosen, time.cost) for time in self._times])

    def hold_all(self, picks: Mapping[int, Pick]) -> None:
        """Drop as few as possible and meet wishes and agreements; begin with the days that WHO saw."""
        self.model.minimize(self._losses)
        seen = set()
        for time in self._times:
            is_first = time.key not in seen and time.team.slot.day == picks[time.key].day
            seen |= {time.key} if is_first else set()
            self.model.add_hint(time.chosen, is_first)

    def soon(self, losses: int, teams: Mapping[int, Team]) -> Any:
        """The last day as early as possible; gives the variable that counts it from the first day of all windows."""
        self.model.add(self._losses <= losses)
        last = self.model.new_int_var(0, max(map(self._days, self._times), default=0), "")
        by_session: dict[int, list[tuple[Any, int]]] = defaultdict(list)
        for time in self._times:
            by_session[time.key].append((time.chosen, self._days(time)))
        for held in by_session.values():
            self.model.add(self._weighted(held) <= last)
        self._hint(teams)
        self.model.add_hint(last, max((team.slot.day - self._first for team in teams.values()), default=0))
        self.model.minimize(last)
        return last

    def sooner(self, last: Any, days: int, teams: Mapping[int, Team]) -> None:
        """All as early as possible, in sum, with the last one after so many days or before."""
        self.model.add(last <= days)
        self._hint(teams)
        self.model.add_hint(last, days)
        self.model.minimize(self._weighted([(time.chosen, self._days(time)) for time in self._times]))

    def teams(self, value: Any) -> dict[int, Team]:
        """What a solution chose, by session."""
        return {time.key: time.team for time in self._times if value(time.chosen)}

    def _days(self, time: _Time) -> int:
        return time.team.slot.day - self._first

    def _hint(self, teams: Mapping[int, Team]) -> None:
        self.model.clear_hints()
        for key, dropped in self._dropped.items():
            self.model.add_hint(dropped, key not in teams)
        for time in self._times:
            self.model.add_hint(time.chosen, teams.get(time.key) == time.team)

    def _weighted(self, terms: list[tuple[Any, int]]) -> Any:
        if not terms:
            return 0
        variables, weights = zip(*terms, strict=True)
        return self._expression.weighted_sum(variables, weights)

    def _add(self, choices: Choices, key: int, pick: Pick) -> None:
        wanted, weights = self.ground.wanted[key], self.ground.problem.weights
        chosen = []
        teams = possible_teams(self.ground, choices, key, pick)
        # Who goes is settled; what counts of the way is how much further they go on some days than on others.
        ways = [way_cost(self.ground, wanted, team) for team in teams]
        for team, way in zip(teams, ways, strict=True):
            held = self.model.new_bool_var("")
            cost = self.ground.day_cost(wanted, team.slot.day) + way - min(ways)
            cost += weights.moved if wanted.fixed and pick.agreed is None else 0
            self._times.append(_Time(held, key, team, cost))
            chosen.append(held)
        self._dropped[key] = self.model.new_bool_var("")
        self.model.add_exactly_one([self._dropped[key], *chosen])

    def _presences(self) -> Iterable[Presence]:
        for time in self._times:
            for number, _ in time.team.members:
                slot = time.team.slot
                yield Presence(time.chosen, self.ground.wanted[time.key], number, slot.day, (slot,))


def possible_teams(ground: Ground, choices: Choices, key: int, pick: Pick) -> list[Team]:
    """The picked members at each time that all of them can, led by the nearest who can lead then."""
    if pick.agreed:
        return [pick.agreed]
    mine = [choice for choice in choices[key] if choice.member in pick.members]
    found = []
    for slot in ground.wanted[key].slots:
        here = [choice for choice in mine if slot in choice.slots]
        leads = [choice.member for choice in here if slot in choice.leads]
        if leads and len(here) == len(pick.members):
            found.append(_team(slot, leads[0], [choice.member for choice in here]))
    return found


def _team(slot: Slot, lead: int, members: list[int]) -> Team:
    others = tuple((number, Role.CO_LEAD) for number in members if number != lead)
    return Team(slot, ((lead, Role.LEAD), *others))
