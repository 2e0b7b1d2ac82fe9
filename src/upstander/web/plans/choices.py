"""What a coordinator may choose for one site of a plan: every start in its windows, everyone of the Cadre."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from upstander.engines.planning import Alternative, ProblemError
from upstander.program.training.planning import answers
from upstander.program.training.planning.calendar import time_of
from upstander.program.training.planning.together import times_of
from upstander.program.training.planning.words import broken_rule
from upstander.web.plans.why import Reasons, found_for, reasons_of

MOST_TIMES = 400
Option = tuple[str, str]
Offered = list[Option | tuple[str, list[Option]]]  # a name with options is a group of them


@dataclass(frozen=True, slots=True)
class Choices:
    """Times as (key, words), members as (ref, name), what holds now, and why.

    What holds now comes first, then what is possible beside the rest of the plan, then what is not, with the reason.
    """

    times: Offered
    members: Offered
    seconds: Offered
    time: str
    member: str
    second: str
    why: Reasons | None


def choices_for(entry: Any, *, names: Mapping[str, str]) -> Choices:
    """The choices, by day and by name. A plan of an older engine offers no times."""
    try:
        problem = answers.stored_problem(entry.plan)
    except ProblemError:
        return Choices([], [], [], "", "", "", None)
    site = next((site for site in problem.sites if site.ref == entry.key), None)
    out = {each.key for each in entry.guests.all() if each.is_left_out}
    group = [each for each in problem.sites if site and each.together == site.ref != each.ref and each.ref not in out]
    shared = frozenset.intersection(*(times_of(problem, each) for each in (site, *group))) if site else frozenset()
    times = {key_of(day, time_of(start)): _words(day, time_of(start)) for day, start in shared}
    team = sorted(entry.seats.all(), key=lambda seat: seat.role != "lead")
    lead, second, *_rest = [*(seat.member.ref for seat in team), "", ""]
    now = key_of(entry.on, entry.starts) if entry.on else ""
    if now and now not in times:
        times[now] = _words(entry.on, entry.starts)
    found = found_for(entry, problem)
    others = found.alternatives if found else ()
    members = dict(sorted(names.items(), key=lambda pair: pair[1]))
    return Choices(
        _offered(now, dict(sorted(times.items())[:MOST_TIMES]), _times_judged(others)),
        _offered(lead, members, _members_judged(others, lead)),
        _offered(second, members, _members_judged(others, second)),
        now,
        lead,
        second,
        reasons_of(entry, problem, found, names) if found else None,
    )


def _offered(now: str, known: Mapping[str, str], judged: Mapping[str, str]) -> Offered:
    """All that is known: in groups where it was judged, one after another where it was not."""
    if not judged:
        return list(known.items())
    free = [(key, words) for key, words in known.items() if judged.get(key) == ""]
    rest = [(key, words) for key, words in known.items() if key != now and judged.get(key) != ""]
    told = [(key, f"{words}: {judged[key]}" if key in judged else words) for key, words in rest]
    holds: Offered = [(now, known[now])] if now in known else []
    return [*holds, *((name, options) for name, options in ((possible(), free), (_("Not possible"), told)) if options)]


def possible() -> str:
    """The name of the group of what is possible beside the rest of the plan."""
    return _("Possible")


def _times_judged(others: Iterable[Alternative]) -> dict[str, str]:
    """By time: what stands in the way of the same consultants, or nothing."""
    return {key_of(each.day, time_of(each.starts)): _against(each) for each in others if not each.member}


def _members_judged(others: Iterable[Alternative], instead_of: str) -> dict[str, str]:
    """By consultant in the place of that one: what stands in the way at the same time, or nothing."""
    return {each.member: _against(each) for each in others if each.member and each.instead_of == instead_of}


def _against(each: Alternative) -> str:
    return str(broken_rule(each.against[0].rule)) if each.against else ""


def key_of(day: dt.date, starts: dt.time) -> str:
    """A time as it goes through the form; sorts by day and time."""
    return f"{day.isoformat()}T{starts:%H:%M}"


def _words(day: dt.date, starts: dt.time) -> str:
    return f"{date_format(day, 'D')} {date_format(day, 'SHORT_DATE_FORMAT')}, {time_format(starts)}"
