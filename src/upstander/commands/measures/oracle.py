"""A million legal clocks and thousands of local rules against oracles written another way, from a seed number.

The engine asks the time zone database; the oracle knows the law of daylight saving time (second Sunday of March, first
Sunday of November, two in the morning) and counts whole minutes. The engine counts thresholds; the oracle tries every
way the unknowns could turn out.
"""

import datetime as dt
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from upstander.commands.measures.readings import Reading
from upstander.engines import indicators
from upstander.engines.clocks import Ambiguous, ElapsedHours, Exact, due, read_wall_time
from upstander.engines.indicators import Answer, Outcome

CLOCKS, RULES, SEED = 1_000_000, 20_000, 20261121
LONGEST_SECONDS = 60.0
HOUR, DAY = 60, 24 * 60
START = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - a wall time has no zone
EPOCH, MINUTE = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.timedelta(minutes=1)
FIRST_YEAR, YEARS, MOST_HOURS = 2007, 30, 400  # since 2007 the clocks change on the days counted below
# Minutes to add for standard time, and whether clocks change at all.
ZONES = {
    "America/Los_Angeles": (-8 * HOUR, True),
    "America/Denver": (-7 * HOUR, True),
    "America/Chicago": (-6 * HOUR, True),
    "America/New_York": (-5 * HOUR, True),
    "America/Anchorage": (-9 * HOUR, True),
    "America/Phoenix": (-7 * HOUR, False),
    "Pacific/Honolulu": (-10 * HOUR, False),
}


def measure() -> list[Reading]:
    """Seconds of processor time for all cases, and how many differ."""
    clocks_took, clocks = _count(clock_differences(CLOCKS, SEED))
    rules_took, rules = _count(rule_differences(RULES, SEED))
    return [
        Reading(f"{CLOCKS:,} clocks beside the oracle", clocks_took, "s of processor", at_most=LONGEST_SECONDS),
        Reading("clocks that differ", clocks, "", at_most=0),
        Reading(f"{RULES:,} rules beside every filling", rules_took, "s of processor"),
        Reading("rules that differ", rules, "", at_most=0),
    ]


def _count(differences: Iterable[object]) -> tuple[float, int]:
    began = time.process_time()
    count = sum(1 for _ in differences)
    return time.process_time() - began, count


class Numbers:
    """A plain generator: the same seed gives the same numbers on every machine and in every language."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (self._state >> 33) % limit


@dataclass(frozen=True, slots=True)
class ClockCase:
    """A wall time (minutes since 1970 as the wall counts them) in a zone, and a duty's hours."""

    zone: str
    wall: int
    hours: int

    @property
    def moments(self) -> tuple[int, ...]:
        """The moments that show this wall time, in minutes of UTC: one, two or none."""
        standard, changes = ZONES[self.zone]
        summer, winter = self.wall - standard - HOUR, self.wall - standard
        found = (summer,) if changes and _is_summer(summer, standard) else ()
        return found if changes and _is_summer(winter, standard) else (*found, winter)

    def due(self, moment: int) -> tuple[int, int]:
        """When the duty is due: minutes of UTC, and as the wall shows it."""
        standard, changes = ZONES[self.zone]
        at = moment + self.hours * HOUR
        return at, at + standard + (HOUR if changes and _is_summer(at, standard) else 0)


def clock_cases(count: int, seed: int) -> Iterator[ClockCase]:
    """Cases of every year and zone; every other one within three hours of a change of the clocks."""
    numbers, names = Numbers(seed), tuple(ZONES)
    for _ in range(count):
        start, end = _changes(FIRST_YEAR + numbers.below(YEARS))
        near = numbers.below(4)
        if near < 2:
            wall = (start, end)[near] - 3 * HOUR + numbers.below(6 * HOUR)
        else:
            wall = start - 70 * DAY + numbers.below(365 * DAY)
        yield ClockCase(names[numbers.below(len(names))], wall, 1 + numbers.below(MOST_HOURS))


def clock_differences(count: int, seed: int) -> Iterator[ClockCase]:
    """The cases in which engine and oracle differ, in the reading of the wall time or in what is due."""
    zones = {name: ZoneInfo(name) for name in ZONES}
    duties = [ElapsedHours("any", hours) for hours in range(1, MOST_HOURS + 1)]
    for case in clock_cases(count, seed):
        zone, duty = zones[case.zone], duties[case.hours - 1]
        moments = _moments(START + case.wall * MINUTE, zone)
        found = [((moment - EPOCH) // MINUTE, _due(moment, duty, zone)) for moment in moments]
        if found != [(minute, case.due(minute)) for minute in case.moments]:
            yield case


def _moments(wall: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, ...]:
    match read_wall_time(wall, zone):
        case Exact(moment):
            return (moment,)
        case Ambiguous(earlier, later):
            return (earlier, later)
    return ()


def _due(moment: dt.datetime, duty: ElapsedHours, zone: ZoneInfo) -> tuple[int, int]:
    at = due(moment, duty, zone)
    return (at - EPOCH) // MINUTE, (at.replace(tzinfo=dt.UTC) - EPOCH) // MINUTE


def _is_summer(minute: int, standard: int) -> bool:
    year = 1970 + int((minute + standard) / (365.2425 * DAY))
    start, end = _changes(year)
    return start - standard <= minute < end - standard - HOUR


@cache
def _changes(year: int) -> tuple[int, int]:
    """Two in the morning on the second Sunday of March and on the first Sunday of November, as the wall counts."""
    return _sunday(_days(year, 3, 8)) * DAY + 2 * HOUR, _sunday(_days(year, 11, 1)) * DAY + 2 * HOUR


def _sunday(day: int) -> int:
    """The first Sunday from `day` on; day 0 was a Thursday."""
    return day + (3 - day) % 7


def _days(year: int, month: int, day: int) -> int:
    """Days since 1970 of a day from March on: years begin in March, so that the leap day comes last."""
    leap_days = year // 4 - year // 100 + year // 400
    return 365 * year + leap_days + (153 * (month - 3) + 2) // 5 + day - 1 - 719_468


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A rule of at most eight observations, and answers to them."""

    rule: indicators.RuleSet
    answers: dict[str, Answer]

    def expected(self) -> indicators.Reading:
        """Every filling tried, every observation taken out and put back."""
        names = list(self.rule.observations())
        seen = sum(1 << bit for bit, name in enumerate(names) if self.answers[name] is Answer.SEEN)
        unknown = sum(1 << bit for bit, name in enumerate(names) if self.answers[name] is Answer.DONT_KNOW)
        ways = {self._is_met(seen | some) for some in _parts(unknown)}
        if ways == {True}:
            return indicators.Reading(Outcome.MET, self._turning(names, 0, seen), ())
        if ways == {False}:
            return indicators.Reading(Outcome.NOT_MET, (), ())
        return indicators.Reading(Outcome.INCOMPLETE, (), self._turning(names, seen, unknown))

    def _is_met(self, seen: int) -> bool:
        names = list(self.rule.observations())
        there = {name for bit, name in enumerate(names) if seen >> bit & 1}
        return any(len(there.intersection(group.observations)) >= group.threshold for group in self.rule.groups)

    def _turning(self, names: list[str], given: int, pool: int) -> tuple[str, ...]:
        """The observations of `pool` that make the difference in at least one situation."""
        met = {some: self._is_met(given | some) for some in _parts(pool)}
        bits = [bit for bit in range(len(names)) if pool >> bit & 1]
        return tuple(names[bit] for bit in bits if any(met[some | 1 << bit] and not met[some] for some in met))


def rule_cases(count: int, seed: int) -> Iterator[RuleCase]:
    """Random rules of one to three groups with random answers."""
    numbers = Numbers(seed)
    for _ in range(count):
        sizes = [1 + numbers.below(4 if group == 0 else 2) for group in range(1 + numbers.below(3))]
        groups = [
            indicators.Group(f"G{at}", 1 + numbers.below(size), tuple(f"G{at}{item}" for item in range(size)))
            for at, size in enumerate(sizes)
        ]
        rule = indicators.RuleSet("random", tuple(groups))
        yield RuleCase(rule, {name: tuple(Answer)[numbers.below(3)] for name in rule.observations()})


def rule_differences(count: int, seed: int) -> Iterator[RuleCase]:
    """The cases in which the engine reads a rule otherwise than every filling says."""
    return (case for case in rule_cases(count, seed) if indicators.read(case.rule, case.answers) != case.expected())


def _parts(whole: int) -> Iterator[int]:
    """Every subset of the bits of `whole`, the empty one last."""
    some = whole
    while some:
        yield some
        some = (some - 1) & whole
    yield 0
