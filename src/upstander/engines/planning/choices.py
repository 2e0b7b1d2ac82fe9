"""Who could hold a session and when, whatever else is planned: the choices the planner works with."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from upstander.engines.planning import rules
from upstander.engines.planning.diary import Book, Team
from upstander.engines.planning.ground import Ground, Slot, Wanted
from upstander.engines.planning.problem import Role


@dataclass(frozen=True, slots=True)
class Choice:
    """One member for one session: the kilometres it costs, the times they can, and those at which they can lead.

    Who sets out from another base later in the year is a choice for each way there; no time lies in two of them.
    """

    member: int
    km: int
    slots: tuple[Slot, ...]
    leads: frozenset[Slot]


Times = tuple[Slot, ...]
# By the times that a session offers: those at which a member can, and those of days on which that depends on the way.
Known = dict[tuple[int, Role, Times], tuple[frozenset[Slot], Times]]


def all_choices(ground: Ground) -> dict[int, tuple[Choice, ...]]:
    """The choices of every session that is not pinned, by its key, nearest first."""
    known: Known = {}
    return {wanted.key: _choices_of(ground, wanted, known) for wanted in ground.open_ones}


def _choices_of(ground: Ground, wanted: Wanted, known: Known) -> tuple[Choice, ...]:
    """The choices of one session, nearest first; none when no room holds it."""
    if next(rules.own(wanted), None):
        return ()
    found = (each for number in range(len(ground.members)) for each in _ways_there(ground, wanted, number, known))
    return tuple(sorted(found, key=lambda choice: (choice.km, choice.member)))


def _ways_there(ground: Ground, wanted: Wanted, number: int, known: Known) -> Iterator[Choice]:
    leads = _times(ground, wanted, number, Role.LEAD, known)
    others = _times(ground, wanted, number, Role.CO_LEAD, known) if wanted.is_pair else frozenset()
    slots = sorted(leads | others)
    if slots and not ground.moves(number):  # nearly everybody: the same way on all days
        yield Choice(number, ground.round_trip_km(wanted, number, slots[0].day), tuple(slots), leads)
        return
    by_km: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_km[ground.round_trip_km(wanted, number, slot.day)].append(slot)
    for km, there in by_km.items():
        yield Choice(number, km, tuple(there), leads.intersection(there))


def _times(ground: Ground, wanted: Wanted, number: int, role: Role, known: Known) -> frozenset[Slot]:
    if next(rules.standing(ground, wanted, number, role), None):
        return frozenset()
    if wanted.excluded or ground.moves(number):
        return _at(ground, wanted, number, role, wanted.slots)
    key = (number, role, wanted.slots)  # most sites of a district offer the same times: one look does
    if key not in known:
        busy = ground.calendars[number].busy
        clear = tuple(slot for slot in wanted.slots if slot.day not in busy)
        rest = tuple(slot for slot in wanted.slots if slot.day in busy)
        known[key] = _at(ground, wanted, number, role, clear), rest
    always, rest = known[key]
    return always | _at(ground, wanted, number, role, rest) if rest else always


def _at(ground: Ground, wanted: Wanted, number: int, role: Role, times: Times) -> frozenset[Slot]:
    dated = ((slot, rules.dated(ground, wanted, number, role, slot)) for slot in times)
    return frozenset(slot for slot, against in dated if next(against, None) is None)


def team_at(wanted: Wanted, choices: tuple[Choice, ...], slot: Slot) -> Team | None:
    """The first team among the choices, in their order, that can hold the session at this time."""
    lead = next((choice for choice in choices if slot in choice.leads), None)
    if lead is None:
        return None
    if not wanted.is_pair:
        return Team(slot, ((lead.member, Role.LEAD),))
    other = next((choice for choice in choices if choice is not lead and slot in choice.slots), None)
    return Team(slot, ((lead.member, Role.LEAD), (other.member, Role.CO_LEAD))) if other else None


def is_possible(ground: Ground, book: Book, wanted: Wanted, team: Team) -> bool:
    """Whether a team keeps every rule beside what the book holds already."""
    roles = [role for _, role in team.members]
    if Role.LEAD not in roles or len([role for role in roles if role is not Role.SHADOW]) < wanted.needed:
        return False
    if team.slot not in wanted.slots or next(rules.own(wanted), None):
        return False
    return not any(
        True for number, role in team.members for _ in _against(ground, book, wanted, team.slot, number, role)
    )


def _against(ground: Ground, book: Book, wanted: Wanted, slot: Slot, number: int, role: Role) -> Iterator[object]:
    yield from rules.standing(ground, wanted, number, role)
    yield from rules.dated(ground, wanted, number, role, slot)
    yield from rules.planned(ground, wanted, number, slot, book.diaries)
