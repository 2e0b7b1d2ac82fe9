"""What a coordinator may choose for one site of a plan: every start in its windows, everyone of the Cadre."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, time_format

from upstander.engines.planning import ProblemError
from upstander.program.training.planning import answers
from upstander.program.training.planning.calendar import time_of
from upstander.program.training.planning.together import times_of
from upstander.web.plans.why import Reasons, reasons_for

MOST_TIMES = 400


@dataclass(frozen=True, slots=True)
class Choices:
    """Times as (key, words), members as (ref, name), what holds now, and why."""

    times: list[tuple[str, str]]
    members: list[tuple[str, str]]
    time: str
    member: str
    second: str
    why: Reasons | None


def choices_for(entry: Any, *, names: Mapping[str, str]) -> Choices:
    """The choices, by day and by name. A plan of an older engine offers no times."""
    try:
        problem = answers.stored_problem(entry.plan)
    except ProblemError:
        return Choices([], [], "", "", "", None)
    site = next((site for site in problem.sites if site.ref == entry.site.ref), None)
    out = {each.site.ref for each in entry.guests.all() if each.is_left_out}
    group = [each for each in problem.sites if site and each.together == site.ref != each.ref and each.ref not in out]
    shared = frozenset.intersection(*(times_of(problem, each) for each in (site, *group))) if site else frozenset()
    times = {key_of(day, time_of(start)): _words(day, time_of(start)) for day, start in shared}
    team = sorted(entry.seats.all(), key=lambda seat: seat.role != "lead")
    lead, second, *_rest = [*(seat.member.ref for seat in team), "", ""]
    now = key_of(entry.on, entry.starts) if entry.on else ""
    if now and now not in times:
        times[now] = _words(entry.on, entry.starts)
    why = reasons_for(entry, problem, names)
    members = sorted(names.items(), key=lambda pair: pair[1])
    return Choices(sorted(times.items())[:MOST_TIMES], members, now, lead, second, why)


def key_of(day: dt.date, starts: dt.time) -> str:
    """A time as it goes through the form; sorts by day and time."""
    return f"{day.isoformat()}T{starts:%H:%M}"


def _words(day: dt.date, starts: dt.time) -> str:
    return f"{date_format(day, 'D')} {date_format(day, 'SHORT_DATE_FORMAT')}, {time_format(starts)}"
