"""The year plan of real schools: time to a draft and to a proven plan, what is left over, what checking finds."""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date

from upstander.commands.measures import year_plans
from upstander.commands.measures.readings import Reading
from upstander.engines.planning import Answer, Problem, check, draft, plan

DRAFT_SECONDS, DISTRICT_SECONDS, COUNTIES_SECONDS = 1.0, 20.0, 90.0
MOST_GAP_PERCENT, MOST_MEBIBYTES = 1.0, 1024.0
KIB_PER_MIB, BYTES_PER_MIB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Taken:
    """What one process measured."""

    draft_seconds: float
    plan_seconds: float
    gap_percent: float
    unplaced: int
    left_out: int
    violations: int
    last_day: int
    last_bound: int
    mebibytes: float
    travel_saved_percent: float


def measure() -> list[Reading]:
    """Each problem in a process of its own, so that one's memory is not the other's."""
    return [
        *_readings("459 schools, 25 members", _alone(year_plans.los_angeles), DRAFT_SECONDS, DISTRICT_SECONDS),
        *_readings("1,500 schools, 80 members", _alone(year_plans.counties), None, COUNTIES_SECONDS),
        *_readings("459 schools, each fifth in two parts", _alone(year_plans.los_angeles_in_parts), None, None),
    ]


def _alone(make: Callable[[], Problem]) -> Taken:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(take, make).result()


def take(make: Callable[[], Problem]) -> Taken:
    """Draft, plan and check one problem in this process. All of it runs on one core, so on a machine with nothing else
    to do the seconds of the processor are those of the wall."""
    problem = make()
    began = time.process_time()
    first = draft(problem)
    drafted = time.process_time()
    answer = plan(problem)
    planned = time.process_time()
    assert answer.latest
    return Taken(
        drafted - began,
        planned - drafted,
        100 * (1.0 if answer.proof.gap is None else answer.proof.gap),
        len(answer.unplaced),
        _left_out(problem, answer),
        len(check(problem, first)) + len(check(problem, answer)),
        _day_of_year(problem, answer.latest.day),
        _day_of_year(problem, answer.latest.not_before),
        _peak_mebibytes(),
        100 * (1 - answer.travel_km / first.travel_km),
    )


def _day_of_year(problem: Problem, day: date) -> int:
    """The first day on which any site can be trained is day 1."""
    first = min(window.day for site in problem.sites for window in site.windows)
    return (day - first).days + 1


def _left_out(problem: Problem, answer: Answer) -> int:
    """How many more sessions a better plan could place, as far as the proof leaves that open."""
    bound = 0 if answer.proof.bound is None else answer.proof.bound
    return (answer.proof.cost - bound) // problem.weights.unplaced


def _peak_mebibytes() -> float:
    """The largest this process has been; Linux counts in kibibytes, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (BYTES_PER_MIB if sys.platform == "darwin" else KIB_PER_MIB)


def _readings(name: str, taken: Taken, draft_seconds: float | None, seconds: float | None) -> Sequence[Reading]:
    return [
        Reading(f"{name}: draft", taken.draft_seconds, "s of processor", at_most=draft_seconds),
        Reading(f"{name}: proven plan", taken.plan_seconds, "s of processor", at_most=seconds),
        Reading(f"{name}: gap", taken.gap_percent, "%", at_most=MOST_GAP_PERCENT),
        Reading(f"{name}: sessions without a place", taken.unplaced, ""),
        Reading(f"{name}: of them not proven to be impossible", taken.left_out, "", at_most=0),
        Reading(f"{name}: violations found by the checker", taken.violations, "", at_most=0),
        Reading(f"{name}: memory", taken.mebibytes, "MiB", at_most=MOST_MEBIBYTES),
        Reading(f"{name}: last school trained", taken.last_day, "days into the year"),
        Reading(f"{name}: no plan is through before", taken.last_bound, "days into the year"),
        Reading(f"{name}: travel saved beside the draft", taken.travel_saved_percent, "%"),
    ]
