"""How much a member's days and weeks hold, as constraints over the decisions of a stage."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from upstander.engines.planning.diary import Book
from upstander.engines.planning.ground import Ground, Slot, Wanted
from upstander.engines.planning.ways import Spot


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
    known: dict[object, _Clashes] = {}
    for (number, day), inside in _parted(listed, lambda each: (each.member, each.day)).items():
        room = ground.members[number].most_per_day - len(pinned.diaries[number].on(day))
        _limit_day(model, _clashes(ground, number, day, inside, known), inside, room)
    for (number, week), inside in _parted(listed, lambda each: (each.member, each.slots[0].week)).items():
        taken = pinned.diaries[number].in_week(week) + ground.calls_in(number, week)
        room = max(0, ground.members[number].most_per_week - taken)
        if room < len({each.day for each in inside}) * ground.members[number].most_per_day:
            model.add(sum_of(inside) <= room)


def sum_of(presences: Iterable[Presence]) -> Any:
    """How many of the presences are chosen."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - slow, and installed only where plans are made

    return cp_model.LinearExpr.sum([each.chosen for each in presences])


@dataclass(frozen=True, slots=True)
class _Clashes:
    """What of a day's presences clashes, by their places in the list: groups all with all, and the most at once."""

    cliques: tuple[list[int], ...]
    most_at_once: int


def _limit_day(model: Any, clashes: _Clashes, presences: Sequence[Presence], room: int) -> None:
    for clique in clashes.cliques:
        model.add_at_most_one(presences[at].chosen for at in clique)
    if room < clashes.most_at_once:
        model.add(sum_of(presences) <= room)


def _clashes(
    ground: Ground, number: int, day: int, presences: Sequence[Presence], known: dict[object, _Clashes]
) -> _Clashes:
    """Looked at once for all days on which a member sets out from one base to the same sessions at the same times:
    where hours come every week, that is nearly all."""
    spans = [_Span.of(ground, each) for each in presences]
    key = (number, ground.home(number, day)[0], tuple((span.key, span.latest, span.earliest) for span in spans))
    if key not in known:
        rivals = _rivals(ground, spans)
        known[key] = _Clashes(tuple(_cliques(rivals)), _most_at_once(rivals))
    return known[key]


class _Span(NamedTuple):
    """A presence by what decides over a clash: the session, where it is, its latest start and its earliest end."""

    key: int
    spot: Spot
    latest: int
    earliest: int

    @classmethod
    def of(cls, ground: Ground, each: Presence) -> "_Span":
        spot = ground.spot(each.wanted, each.member, each.day)
        return cls(each.wanted.key, spot, max(s.starts for s in each.slots), min(s.ends for s in each.slots))


def _rivals(ground: Ground, spans: Sequence[_Span]) -> list[set[int]]:
    """For each presence, by its place in the list, those that clash with it."""
    rivals: list[set[int]] = [set() for _ in spans]
    for one, other in combinations(range(len(spans)), 2):
        if _always_clash(ground, spans[one], spans[other]):
            rivals[one].add(other)
            rivals[other].add(one)
    return rivals


def _cliques(rivals: list[set[int]]) -> Iterator[list[int]]:
    """Groups that clash all with all, as large as they grow, until every clash lies in one of them."""
    covered = set[tuple[int, int]]()
    for pair in ((one, other) for one, others in enumerate(rivals) for other in sorted(others) if one < other):
        if pair in covered:
            continue
        clique = list(pair)
        shared = rivals[pair[0]] & rivals[pair[1]]
        while shared:
            clique.append(min(shared))
            shared &= rivals[clique[-1]]
        covered.update(combinations(sorted(clique), 2))
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


def _always_clash(ground: Ground, one: _Span, other: _Span) -> bool:
    """Whether they clash at all their times: at those furthest apart, the rest is nearer together."""
    gap = max(one.latest - other.earliest, other.latest - one.earliest)
    return one.key == other.key or gap < 0 or gap < ground.ways.minutes(one.spot, other.spot)


def _parted(presences: Iterable[Presence], by: Any) -> dict[Any, list[Presence]]:
    found: dict[Hashable, list[Presence]] = defaultdict(list)
    for presence in presences:
        found[by(presence)].append(presence)
    return found
