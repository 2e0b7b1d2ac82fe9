"""A problem prepared for looking up: the sessions that are wanted, their slots, distances, and members by day.

Days are ordinals here (as `date.toordinal`), so that weeks are plain arithmetic.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from upstander.engines.planning.answer import Rule
from upstander.engines.planning.problem import Excluded, Fixed, Member, Mode, Problem, Role, Site, Window
from upstander.engines.planning.ways import Spot, Ways

DAYS_PER_WEEK = 7


class Slot(NamedTuple):
    """A time at which a session could be held. `day` is an ordinal.

    A tuple, because a draft of a district asks millions of times whether one of them is among others.
    """

    day: int
    starts: int
    ends: int

    @property
    def week(self) -> int:
        """Weeks begin on Monday; day 1 of the calendar was one."""
        return (self.day - 1) // DAYS_PER_WEEK


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """One session to be held: for one site, or for several that are trained together at the first of them."""

    key: int
    sites: tuple[Site, ...]
    minutes: int
    languages: frozenset[str]
    excluded: tuple[Excluded, ...]
    is_pair: bool
    slots: tuple[Slot, ...]
    fixed: Fixed | None

    @property
    def host(self) -> Site:
        """Where it is held."""
        return self.sites[0]

    @property
    def refs(self) -> tuple[str, ...]:
        return tuple(site.ref for site in self.sites)

    @property
    def is_online(self) -> bool:
        return self.host.mode is Mode.ONLINE

    @property
    def heads(self) -> int:
        return sum(site.head_count for site in self.sites)

    @property
    def is_pinned(self) -> bool:
        return self.fixed is not None and self.fixed.is_pinned

    @property
    def needed(self) -> int:
        """How many members train."""
        return 2 if self.is_pair else 1


class Calendar:
    """One member's own time by day, where they set out since when, and until when they may take which role."""

    def __init__(self, member: Member) -> None:
        self.calls = Counter(Slot(day.toordinal(), 0, 0).week for day in member.calls)
        self.free, self.busy = _by_day(member.free), _by_day(member.busy)
        bases = ((move.since.toordinal(), (move.ref, move.home)) for move in member.moves)
        self.bases: tuple[tuple[int, Spot], ...] = ((0, (member.ref, member.home)), *bases)
        self.terms = tuple(_terms(member))
        lead = [skill.until for skill in member.skills if skill.role is Role.LEAD]
        co_lead = [skill.until for skill in member.skills if skill.role is Role.CO_LEAD]
        shadow = [skill.until for skill in member.skills if skill.role is Role.SHADOW]
        self.until = {
            Role.LEAD: _last(lead),
            Role.CO_LEAD: _last(lead + co_lead),
            Role.SHADOW: _last(lead + co_lead + shadow),
        }


class Ground:
    """The problem and all that is looked up in it again and again."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.members = problem.members
        self.ways = Ways(problem.travel)
        self.calendars = [Calendar(member) for member in problem.members]
        self.number_of = {member.ref: number for number, member in enumerate(problem.members)}
        self.wanted = tuple(_wanted(problem))

    @cached_property
    def open_ones(self) -> tuple[Wanted, ...]:
        """The sessions whose time and members are to be found: all that are not pinned."""
        return tuple(wanted for wanted in self.wanted if not wanted.is_pinned)

    @cached_property
    def first_and_last_day(self) -> tuple[int, int]:
        """The span of all windows."""
        days = [slot.day for wanted in self.wanted for slot in wanted.slots]
        return min(days, default=0), max(days, default=0)

    @cached_property
    def usual_times(self) -> Counter[tuple[int, int]]:
        """How often a weekday (as a day modulo seven) and a start occur among all windows."""
        times = ((slot.day % DAYS_PER_WEEK, slot.starts) for wanted in self.wanted for slot in wanted.slots)
        return Counter(times)

    def spot(self, wanted: Wanted, member: int, day: int) -> Spot:
        """Where the member is during the session; an online one is held from home."""
        return self.home(member, day) if wanted.is_online else (wanted.host.ref, wanted.host.place)

    def home(self, member: int, day: int) -> Spot:
        """The member's home base of the day."""
        bases = self.calendars[member].bases
        return bases[0][1] if len(bases) == 1 else next(spot for since, spot in reversed(bases) if since <= day)

    def calls_in(self, member: int, week: int) -> int:
        """How many of a week's places the member's calls take."""
        return self.calendars[member].calls[week]

    def moves(self, member: int) -> bool:
        """Whether the member's home base is not the same on all days."""
        return len(self.calendars[member].bases) > 1

    def km(self, wanted: Wanted, member: int, day: int) -> float | None:
        """Kilometres from home, one way; None where one of the places is not known."""
        return self.ways.km(self.home(member, day), self.spot(wanted, member, day))

    def round_trip_km(self, wanted: Wanted, member: int, day: int) -> int:
        """What a session costs in travel: there and back in whole kilometres."""
        return round(2 * (self.km(wanted, member, day) or 0))

    def day_cost(self, wanted: Wanted, day: int) -> int:
        """What the day alone costs: weeks gone by, and sites that would rather have another."""
        weights = self.problem.weights
        weeks = (day - self.first_and_last_day[0]) // DAYS_PER_WEEK
        return weights.week * max(weeks, 0) + weights.wish * self.wishes_missed(wanted, day)

    def wishes_missed(self, wanted: Wanted, day: int) -> int:
        """How many sites of the session would rather have another day."""
        return sum(bool(site.wishes) and date.fromordinal(day) not in site.wishes for site in wanted.sites)


def _terms(member: Member) -> Iterator[tuple[Rule, int, int]]:
    """The rules that bind the member to a stretch of days, with its first and last ordinal."""
    for rule, since, until in (
        (Rule.CERTIFIED, member.certified_on, member.certified_until),
        (Rule.RELEASED, member.released_from, member.released_until),
        (Rule.IN_POST, member.in_post_from, member.in_post_until),
    ):
        if since or until:
            yield rule, (since or date.min).toordinal(), (until or date.max).toordinal()


def _by_day(windows: Iterable[Window]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for window in windows:
        found[window.day.toordinal()].append((window.starts, window.ends))
    return dict(found)


def _last(untils: list[date | None]) -> int | None:
    """The last ordinal on which one of the skills counts; 0 when there is none, None when one never ends."""
    if None in untils:
        return None
    return max((until.toordinal() for until in untils if until), default=0)


def _wanted(problem: Problem) -> Iterator[Wanted]:
    fixed_of = {ref: fixed for fixed in problem.fixed for ref in fixed.sites}
    groups: dict[object, list[Site]] = defaultdict(list)
    for site in problem.sites:
        alone_or_group = ("together", site.together) if site.together else site.ref
        groups[fixed_of.get(site.ref) or alone_or_group].append(site)
    for key, sites in enumerate(groups.values()):
        yield _one_wanted(problem, key, tuple(sites), fixed_of.get(sites[0].ref))


def _one_wanted(problem: Problem, key: int, sites: tuple[Site, ...], fixed: Fixed | None) -> Wanted:
    minutes = max(site.minutes for site in sites)
    closed = problem.closed.union(*(site.closed for site in sites))
    slots = {
        Slot(day.toordinal(), start, start + minutes)
        for day, starts, ends in _shared_windows(sites)
        if day not in closed
        for start in range(starts, ends - minutes + 1, problem.step_minutes)
    }
    if fixed and fixed.day not in closed:
        slots.add(Slot(fixed.day.toordinal(), fixed.starts, fixed.starts + minutes))
    return Wanted(
        key,
        sites,
        minutes,
        languages=frozenset().union(*(site.languages for site in sites)),
        excluded=tuple(each for site in sites for each in site.excluded),
        is_pair=any(site.is_pair for site in sites),
        slots=tuple(sorted(slots)),
        fixed=fixed,
    )


def _shared_windows(sites: tuple[Site, ...]) -> list[tuple[date, int, int]]:
    """The stretches that lie in a window of every site."""
    shared = [(window.day, window.starts, window.ends) for window in sites[0].hours]
    for site in sites[1:]:
        shared = [
            (day, max(starts, window.starts), min(ends, window.ends))
            for day, starts, ends in shared
            for window in site.hours
            if window.day == day and max(starts, window.starts) < min(ends, window.ends)
        ]
    return shared
