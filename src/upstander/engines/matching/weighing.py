"""Members weighed against a session or a call: the first rule that speaks gives the reason."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from upstander.engines.matching.people import Member, Span, Wanted
from upstander.engines.matching.places import base_on, home_spot, site_spot, travel_minutes
from upstander.engines.matching.rules import CALL_RULES, RULES, Reason, Rule, too_far


@dataclass(frozen=True, slots=True)
class Candidate:
    """One member against one session: distance (km, None if unknown), travel minutes, and the first reason found."""

    member: Member
    distance_km: float | None
    travel_minutes: int
    reason: Reason
    detail: dict[str, object] = field(default_factory=dict)

    @property
    def is_free(self) -> bool:
        return self.reason is Reason.FREE


def candidates(members: Iterable[Member], wanted: Wanted) -> list[Candidate]:
    """Everyone with a reason: who is free first, then by distance from the home base (unknown last), then by key."""
    found = [weigh(member, wanted) for member in members]
    return sorted(found, key=_order)


def weigh(member: Member, wanted: Wanted, allowed: frozenset[Reason] = frozenset()) -> Candidate:
    """One member against the session: the first rule that speaks gives the reason. Reasons that people have `allowed`
    for this session are passed over.
    """
    distance, travel, way = None, 0, 0
    if not wanted.online:
        home, there = home_spot(base_on(member.bases, wanted.on)), site_spot(wanted.site, wanted.place)
        distance, travel = member.ways.km(home, there), travel_minutes(member.ways, home, there)
        way = member.ways.minutes(home, there) if distance is not None else 0
    reason, detail = _first_said((too_far(distance), *RULES), member, wanted, way, allowed)
    return Candidate(member, distance, travel, reason, detail)


def weigh_call(member: Member, site: int, on: date, languages: frozenset[str], offering: str) -> Candidate:
    """One member against a call that somebody of the site asked for: it has neither an hour nor a way.

    The rules of a session hold, as of this day. Calls count toward the most a week beside sessions; toward the most a
    day they do not, since the member chooses the day.
    """
    now = datetime.combine(on, time())
    wanted = Wanted(Span(now, now), on, time(), time(), site, None, languages, online=True, offering=offering)
    reason, detail = _first_said(CALL_RULES, member, wanted, 0, frozenset())
    return Candidate(member, None, 0, reason, detail)


def _order(candidate: Candidate) -> tuple[bool, float, int]:
    distance = math.inf if candidate.distance_km is None else candidate.distance_km
    return not candidate.is_free, distance, candidate.member.key


def _first_said(
    rules: Iterable[Rule], member: Member, wanted: Wanted, way: int, allowed: frozenset[Reason]
) -> tuple[Reason, dict[str, object]]:
    said = (rule(member, wanted, way) for rule in rules)
    return next((each for each in said if each is not None and each[0] not in allowed), (Reason.FREE, {}))
