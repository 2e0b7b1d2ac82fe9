"""A day before which no plan can be through, whoever travels where: proven by matching sessions to members' days."""

from collections import defaultdict, deque
from collections.abc import Iterable
from datetime import date

from upstander.engines.planning.choices import Choice
from upstander.engines.planning.ground import Ground

Choices = dict[int, tuple[Choice, ...]]
Place = tuple[int, int]  # a member and a day


def not_before(ground: Ground, choices: Choices, keys: Iterable[int]) -> date:
    """The first day by which all these sessions could be held if each needed a lead and nothing but a lead's day.

    Every real plan also keeps travel, pairs and weeks, so none is through before.
    """
    wanted = [ground.wanted[key] for key in keys]
    pinned = [each.fixed.day.toordinal() for each in wanted if each.fixed and each.is_pinned]
    reach = {each.key: _places(choices[each.key]) for each in wanted if not each.is_pinned and choices[each.key]}
    first = max((min(day for _, day in places) for places in reach.values()), default=0)
    days = sorted({day for places in reach.values() for _, day in places if day >= first})
    room = _room(ground, choices, reach)
    low, high = 0, len(days) - 1
    while low < high:
        middle = (low + high) // 2
        if _all_fit(reach, room, days[middle]):
            high = middle
        else:
            low = middle + 1
    return date.fromordinal(max([*days[low : low + 1], *pinned]))


def _places(choices: tuple[Choice, ...]) -> list[Place]:
    return sorted({(choice.member, day) for choice in choices for day in {slot.day for slot in choice.leads}})


def _room(ground: Ground, choices: Choices, reach: dict[int, list[Place]]) -> dict[Place, int]:
    """How many sessions a member could hold on a day at most: one, where all the times overlap."""
    starts: dict[Place, int] = defaultdict(int)
    ends: dict[Place, int] = {}
    for member, leads in {(choice.member, choice.leads) for key in reach for choice in choices[key]}:
        for slot in leads:
            at = (member, slot.day)
            starts[at] = max(starts[at], slot.starts)
            ends[at] = min(ends.get(at, slot.ends), slot.ends)
    return {at: 1 if starts[at] < ends[at] else ground.members[at[0]].most_per_day for at in ends}


def _all_fit(reach: dict[int, list[Place]], room: dict[Place, int], until: int) -> bool:
    """Whether every session gets a place of its own on a day not after `until`."""
    held, seat = defaultdict[Place, list[int]](list), dict[int, Place]()
    allowed = {key: [at for at in places if at[1] <= until] for key, places in reach.items()}
    return all(_fit(key, allowed, room, held, seat) for key in allowed)


def _fit(
    key: int,
    allowed: dict[int, list[Place]],
    room: dict[Place, int],
    held: dict[Place, list[int]],
    seat: dict[int, Place],
) -> bool:
    """Give one more session a place, moving others along the shortest chain that ends at a free one."""
    came_from: dict[Place, int] = {}
    queue = deque([key])
    while queue:
        session = queue.popleft()
        for at in allowed[session]:
            if at in came_from:
                continue
            came_from[at] = session
            if len(held[at]) < room[at]:
                _shift(at, came_from, held, seat)
                return True
            queue.extend(held[at])
    return False


def _shift(free: Place, came_from: dict[Place, int], held: dict[Place, list[int]], seat: dict[int, Place]) -> None:
    """Move the chain's sessions on by one place each, from its free end back to the session that had none."""
    at: Place | None = free
    while at is not None:
        session = came_from[at]
        before = seat.get(session)
        held[at].append(session)
        seat[session] = at
        if before is not None:
            held[before].remove(session)
        at = before
