"""WHO serves whom, and on which day: a relaxation of the whole that leaves only the times of a day open.

A member's day holds few sessions, because windows are few and often the same everywhere. So capacity enters by day:
of sessions that clash at all their times, a member holds one. What this stage proves therefore binds every plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from upstander.engines.planning import capacity, rules
from upstander.engines.planning.bounds import Choices
from upstander.engines.planning.capacity import Presence
from upstander.engines.planning.choices import Choice, is_possible
from upstander.engines.planning.diary import Book, Team, fixed_team
from upstander.engines.planning.ground import Ground, Slot, Wanted

# How many members a session are looked at, nearest first; the proof holds among these.
MOST_CHOICES, LEAST_LEADS = 12, 4
Couple = tuple[int, int]  # a session and a member


@dataclass(frozen=True, slots=True)
class Pick:
    """Who holds a session, and on which day as far as this stage sees; `agreed` if it stays as people agreed."""

    day: int
    members: tuple[int, ...]
    agreed: Team | None = None


class Who:
    """The model; built once, solved again after each cut."""

    def __init__(self, ground: Ground, choices: Choices) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - slow, and installed only where plans are made

        self.ground, self.choices = ground, choices
        self.model: Any = cp_model.CpModel()
        self._of_session: dict[int, list[Presence]] = defaultdict(list)
        self._dropped: dict[int, Any] = {}
        self._kept: dict[int, Any] = {}
        self._held: dict[tuple[int, int], Any] = {}  # by session and day, of pairs
        self._cost: list[tuple[Any, int]] = []
        self._constant = fixed_cost(ground)
        for wanted in ground.open_ones:
            self._add(wanted)
        pinned = Book(ground)
        capacity.limit(self.model, ground, self._presences(), pinned)
        self._busiest = self._balance(pinned)
        variables, weights = zip(*self._cost, strict=True)
        self.model.minimize(cp_model.LinearExpr.weighted_sum(variables, weights) + self._constant)

    def cut(self, couples: Iterable[Couple]) -> None:
        """Forbid that all these members serve these sessions together, but as people agreed."""
        listed = list(couples)
        here = [each for key, member in listed for each in self._of_session[key] if each.member == member]
        self.model.add(capacity.sum_of(each for each in here if not each.is_kept) <= len(listed) - 1)

    def hint(self, book: Book) -> None:
        """Start from a plan that is known."""
        self.model.clear_hints()
        self.model.add_hint(self._busiest, book.busiest)
        for (key, day), held in self._held.items():
            self.model.add_hint(held, key in book.teams and self._is_new(book, key) and book.teams[key].slot.day == day)
        for key, dropped in self._dropped.items():
            team = book.teams.get(key)
            self.model.add_hint(dropped, team is None)
            is_new = team is not None and self._is_new(book, key)
            if key in self._kept:
                self.model.add_hint(self._kept[key], team is not None and not is_new)
            self._hint_days(key, team if is_new else None)

    def picks(self, value: Any) -> dict[int, Pick]:
        """What a solution chose, by session; those it dropped are not in it."""
        found = {}
        for key, presences in self._of_session.items():
            if chosen := [each for each in presences if value(each.chosen)]:
                agreed = fixed_team(self.ground, self.ground.wanted[key]) if chosen[0].is_kept else None
                found[key] = Pick(chosen[0].day, tuple(each.member for each in chosen), agreed)
        return found

    def _presences(self) -> Iterable[Presence]:
        return (each for presences in self._of_session.values() for each in presences)

    def _is_new(self, book: Book, key: int) -> bool:
        return key not in self._kept or book.teams[key] != fixed_team(self.ground, self.ground.wanted[key])

    def _hint_days(self, key: int, team: Team | None) -> None:
        present = {(number, team.slot.day) for number, _ in team.members} if team else set()
        for each in self._of_session[key]:
            if not each.is_kept:
                self.model.add_hint(each.chosen, (each.member, each.day) in present)

    def _add(self, wanted: Wanted) -> None:
        """The decisions about one session: a day and its members, or as agreed, or dropped."""
        weights = self.ground.problem.weights
        kept = self._keep(wanted)
        days = self._pair(wanted) if wanted.is_pair else self._single(wanted)
        if not days and kept is None:
            self._constant += weights.unplaced
            return
        dropped = self._dropped[wanted.key] = self.model.new_bool_var("")
        self.model.add_exactly_one([dropped, *([kept] if kept is not None else []), *(held for _, held in days)])
        self._cost.append((dropped, weights.unplaced))
        for day, held in days:
            if cost := self.ground.day_cost(wanted, day) + (weights.moved if wanted.fixed else 0):
                self._cost.append((held, cost))

    def _single(self, wanted: Wanted) -> list[tuple[int, Any]]:
        return [(each.day, each.chosen) for each in self._days(wanted)]

    def _pair(self, wanted: Wanted) -> list[tuple[int, Any]]:
        by_day: dict[int, list[Presence]] = defaultdict(list)
        for presence in self._days(wanted):
            by_day[presence.day].append(presence)
        for day, presences in by_day.items():
            held = self._held[wanted.key, day] = self.model.new_bool_var("")
            self.model.add(capacity.sum_of(presences) == wanted.needed * held)
            if not all(each.leads for each in presences):
                self.model.add_bool_or([each.chosen for each in presences if each.leads] + [held.negated()])
        return [(day, self._held[wanted.key, day]) for day in by_day]

    def _days(self, wanted: Wanted) -> list[Presence]:
        """A decision for each choice and each of its days."""
        found = []
        for choice in self.choices[wanted.key]:
            by_day: dict[int, list[Slot]] = defaultdict(list)
            for slot in choice.slots:
                by_day[slot.day].append(slot)
            for day, slots in by_day.items():
                leads = any(slot in choice.leads for slot in slots)
                chosen = self.model.new_bool_var("")
                self._cost.append((chosen, choice.km))
                found.append(Presence(chosen, wanted, choice.member, day, tuple(slots), leads))
        self._of_session[wanted.key] += found
        return found

    def _keep(self, wanted: Wanted) -> Any | None:
        """The decision to leave an agreed session as it is, where the rules allow it."""
        if wanted.fixed is None:
            return None
        team = fixed_team(self.ground, wanted)
        if not is_possible(self.ground, Book(self.ground), wanted, team):
            return None
        kept = self._kept[wanted.key] = self.model.new_bool_var("")
        slots = (team.slot,)
        self._of_session[wanted.key] += [
            Presence(kept, wanted, number, team.slot.day, slots, is_kept=True) for number, _ in team.members
        ]
        self._cost.append((kept, team_cost(self.ground, wanted, team)))
        return kept

    def _balance(self, pinned: Book) -> Any:
        by_member: dict[int, list[Presence]] = defaultdict(list)
        for presence in self._presences():
            by_member[presence.member].append(presence)
        busiest = self.model.new_int_var(pinned.busiest, pinned.busiest + len(self.ground.open_ones), "")
        for number, presences in by_member.items():
            self.model.add(capacity.sum_of(presences) + pinned.diaries[number].count <= busiest)
        self._cost.append((busiest, self.ground.problem.weights.busiest))
        return busiest


def team_cost(ground: Ground, wanted: Wanted, team: Team) -> int:
    """Travel and day of one session."""
    return ground.day_cost(wanted, team.slot.day) + way_cost(ground, wanted, team)


def way_cost(ground: Ground, wanted: Wanted, team: Team) -> int:
    """The travel of one session."""
    return sum(ground.round_trip_km(wanted, number, team.slot.day) for number, _ in team.members)


def fixed_cost(ground: Ground) -> int:
    """What pinned sessions cost, whatever is planned around them."""
    pinned = [wanted for wanted in ground.wanted if wanted.is_pinned]
    return sum(team_cost(ground, wanted, fixed_team(ground, wanted)) for wanted in pinned)


def beside_pinned(ground: Ground, choices: Choices, most: int = MOST_CHOICES) -> Choices:
    """The nearest choices, without the times that pinned sessions take."""
    book = Book(ground)
    free = {wanted.key: tuple(_still_free(ground, book, wanted, choices[wanted.key])) for wanted in ground.open_ones}
    return {key: _nearest(found, most) for key, found in free.items()}


def _nearest(choices: tuple[Choice, ...], most: int) -> tuple[Choice, ...]:
    """The nearest, and beyond them as many who can lead as a pair needs to have a choice."""
    near, beyond = choices[:most], choices[most:]
    lacking = max(LEAST_LEADS - sum(bool(each.leads) for each in near), 0)
    return near + tuple(each for each in beyond if each.leads)[:lacking]


def _still_free(ground: Ground, book: Book, wanted: Wanted, choices: Sequence[Choice]) -> Iterable[Choice]:
    for each in choices:
        taken = {s for s in each.slots if next(rules.planned(ground, wanted, each.member, s, book.diaries), None)}
        if free := tuple(slot for slot in each.slots if slot not in taken):
            yield Choice(each.member, each.km, free, each.leads - taken)
