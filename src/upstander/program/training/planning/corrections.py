"""What sites ask for by now, held against a draft: it is never released over what they put right since."""

from dataclasses import dataclass

from upstander.engines.planning import ProblemError, Site, Violation
from upstander.program.training.models import Plan, PlanEntry
from upstander.program.training.planning import answers
from upstander.program.training.planning.problems import Source


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a session is for; where it is held is told apart."""

    audience: str
    minutes: int
    languages: frozenset[str]
    mode: str

    @classmethod
    def of(cls, said: Site | PlanEntry) -> "_Asked":
        return cls(said.audience, said.minutes, frozenset(said.languages), str(said.mode))


def take_rooms(plan: Plan, source: Source, entries: list[PlanEntry]) -> None:
    """Give the entries the rooms and seats of their sites' requests as they stand, but where the draft names its own.

    The entries themselves are the caller's to write. Of a draft that an older engine stored, the sites' word holds.
    """
    drafted, now = _drafted(plan), _now(source)
    for entry in entries:
        was, site = drafted.get(entry.key), now.get(entry.key)
        is_own = was is not None and (entry.room, entry.seat_count) != (was.room, was.seats)
        if site is not None and not is_own and _is_asked(source, entry.key):
            entry.room, entry.seat_count = site.room, site.seats


def asked_anew(source: Source, in_plan: dict[str, PlanEntry]) -> list[Violation]:
    """The sites whose waiting request asks for another session than the plan holds for them."""
    now, waiting = _now(source), [ref for ref, each in source.sites.items() if each.wish]
    judged = (ref for ref in in_plan if ref in waiting and ref not in source.sessions)
    return [Violation("asked_anew", (ref,)) for ref in judged if _Asked.of(now[ref]) != _Asked.of(in_plan[ref])]


def _drafted(plan: Plan) -> dict[str, Site]:
    try:
        return {site.ref: site for site in answers.stored_problem(plan).sites}
    except ProblemError:
        return {}


def _now(source: Source) -> dict[str, Site]:
    return {site.ref: site for site in source.problem.sites}


def _is_asked(source: Source, ref: str) -> bool:
    return ref in source.sessions or source.sites[ref].wish is not None
