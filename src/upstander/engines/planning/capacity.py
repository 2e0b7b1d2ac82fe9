"""How much a member's days and weeks hold, as constraints over the decisions of a stage."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from upstander.engines.planning import rules
from upstander.engines.planning.diary import Book
from upstander.engines.planning.ground import Ground, Slot, Wanted


@dataclass(frozen=True, slots=True, eq=False)
class Presence:
    """A decision that puts a member at a session on one day, at one of these times."""

    chosen: Any
    wanted: Wanted
    member: int
    day: int
    slots: tuple[Slot, ...]
    leads: bool = False
    is_kept: bool = False


def limit(model: Any, ground: Ground, presences: Iterable[Presence], pinned: Book) -> None:
    """No two sessions of a member at a time, the way between included, and no more a day and a week than agreed.

    Presences with several times are only kept apart where all of them clash: that never forbids too much.
    """
    listed = list(presences)
    for (number, day), inside in _parted(listed, lambda each: (each.member, each.day)).items():
        room = ground.members[number].most_per_day - len(pinned.diaries[number].on(day))
        _limit_day(model, ground, number, inside, room)
    for (number, week), inside in _parted(listed, lambda each: (each.member, each.slots[0].week)).items():
        room = ground.members[number].most_per_week - pinned.diaries[number].in_week(week)
        if room < len({each.day for each in inside}) * ground.members[number].most_per_day:
            model.add(sum_of(inside) <= room)


def sum_of(presences: Iterable[Presence]) -> Any:
    """How many of the presences are chosen."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - slow, and installed only where plans are made

    return cp_model.LinearExpr.sum([each.chosen for each in presences])


def _limit_day(model: Any, ground: Ground, number: int, presences: Sequence[Presence], room: int) -> None:
    rivals = _rivals(ground, number, presences)
    for clique in _cliques(rivals):
        model.add_at_most_one(presences[at].chosen for at in clique)
    if room < _most_at_once(rivals):
        model.add(sum_of(presences) <= room)


def _rivals(ground: Ground, number: int, presences: Sequence[Presence]) -> list[set[int]]:
    """For each presence, by its place in the list, those that clash with it."""
    rivals: list[set[int]] = [set() for _ in presences]
    for one, other in combinations(range(len(presences)), 2):
        if _always_clash(ground, number, presences[one], presences[other]):
            rivals[one].add(other)
            rivals[other].add(one)
    return rivals


def _cliques(rivals: list[set[int]]) -> Iterator[list[int]]:
    """Groups that clash all with all, as large as they grow, until every clash lies in one of them."""
    open_ones = {(one, other) for one, others in enumerate(rivals) for other in others if one < other}
    while open_ones:
        clique = list(min(open_ones))
        shared = rivals[clique[0]] & rivals[clique[1]]
        while shared:
            clique.append(min(shared))
            shared &= rivals[clique[-1]]
        open_ones -= set(combinations(sorted(clique), 2))
        yield clique


def _most_at_once(rivals: list[set[int]]) -> int:
    """No more than this many can be chosen: the presences parted into groups that clash all with all."""
    groups: list[set[int]] = []
    for one, others in enumerate(rivals):
        group = next((group for group in groups if group <= others), None)
        if group is None:
            groups.append({one})
        else:
            group.add(one)
    return len(groups)


def _always_clash(ground: Ground, number: int, one: Presence, other: Presence) -> bool:
    if one.wanted is other.wanted:
        return True
    both = (*one.slots, *other.slots)
    if max(slot.starts for slot in both) < min(slot.ends for slot in both):
        return True
    return all(
        rules.clash(ground, number, one.wanted, at, other.wanted, then) for at in one.slots for then in other.slots
    )


def _parted(presences: Iterable[Presence], by: Any) -> dict[Any, list[Presence]]:
    found: dict[Hashable, list[Presence]] = defaultdict(list)
    for presence in presences:
        found[by(presence)].append(presence)
    return found
