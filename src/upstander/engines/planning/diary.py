"""What each member holds so far in a plan that is being made."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from upstander.engines.planning.ground import Ground, Slot, Wanted
from upstander.engines.planning.problem import Assigned, Role

Held = tuple[Wanted, Slot]


class Diary:
    """One member's sessions."""

    def __init__(self) -> None:
        self._days: dict[int, list[Held]] = defaultdict(list)
        self._weeks: Counter[int] = Counter()
        self.count = 0

    def on(self, day: int) -> Sequence[Held]:
        """The sessions of one day."""
        return self._days.get(day, ())

    def in_week(self, week: int) -> int:
        """How many sessions the week has."""
        return self._weeks[week]

    def add(self, wanted: Wanted, slot: Slot) -> None:
        """One more."""
        self._days[slot.day].append((wanted, slot))
        self._weeks[slot.week] += 1
        self.count += 1

    def remove(self, wanted: Wanted, slot: Slot) -> None:
        """One fewer."""
        self._days[slot.day].remove((wanted, slot))
        self._weeks[slot.week] -= 1
        self.count -= 1


@dataclass(frozen=True, slots=True)
class Team:
    """Who holds a session and when; `members` in the order lead, co-lead, others."""

    slot: Slot
    members: tuple[tuple[int, Role], ...]


class Book:
    """A plan in the making: the team of each session by its key, and every member's diary."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.teams: dict[int, Team] = {}
        self.diaries = [Diary() for _ in ground.members]
        for wanted in ground.wanted:
            if wanted.is_pinned:
                self.put(wanted, fixed_team(ground, wanted))

    def put(self, wanted: Wanted, team: Team) -> None:
        """Write the session into the diaries of its team."""
        self.teams[wanted.key] = team
        for number, _ in team.members:
            self.diaries[number].add(wanted, team.slot)

    def take(self, wanted: Wanted) -> Team:
        """Strike the session from the diaries; gives the team it had."""
        team = self.teams.pop(wanted.key)
        for number, _ in team.members:
            self.diaries[number].remove(wanted, team.slot)
        return team

    @property
    def busiest(self) -> int:
        """Sessions of the busiest member."""
        return max((diary.count for diary in self.diaries), default=0)


def fixed_team(ground: Ground, wanted: Wanted) -> Team:
    """The team and time that people have agreed for the session."""
    fixed = wanted.fixed
    assert fixed is not None
    slot = Slot(fixed.day.toordinal(), fixed.starts, fixed.starts + wanted.minutes)
    return Team(slot, tuple((ground.number_of[each.member], each.role) for each in fixed.members))


def assigned(ground: Ground, team: Team) -> tuple[Assigned, ...]:
    """The team in the caller's refs."""
    return tuple(Assigned(ground.members[number].ref, role) for number, role in team.members)
