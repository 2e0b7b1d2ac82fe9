"""How far the members of a session travel: the district's own travel times, and the engine's estimate for the rest."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from upstander.district.places.models import Site
from upstander.engines.planning import Assigned, Leg, Member, Mode, Place, Problem, Travel
from upstander.engines.planning.ways import Ways
from upstander.program.training.models import TravelWay

KM_PER_MINUTE = Travel().km_per_hour / 60  # a time counts as the kilometres that the planner drives in it


class RoundTrips:
    """The ways of a problem, there and back; made once for many sessions."""

    def __init__(self, problem: Problem) -> None:
        self._ways = Ways(problem.travel)
        self._sites = {site.ref: site for site in problem.sites}
        self._members = {member.ref: member for member in problem.members}

    def km(self, site_ref: str, team: Iterable[Assigned], on: dt.date) -> int:
        """For all who come, in whole kilometres; 0 online, and where a place is not known."""
        site = self._sites[site_ref]
        if site.mode is Mode.ONLINE:
            return 0
        spots = [self._members[each.member].base_on(on) for each in team if each.member in self._members]
        return sum(round(2 * (self._ways.km(spot, (site.ref, site.place)) or 0)) for spot in spots)


def legs_for(refs: Mapping[int, Iterable[str]], members: Iterable[Member]) -> tuple[Leg, ...]:
    """The travel times that are kept, between the problem's sites (`refs` by the site's id) and its members' homes.

    A member starts from the site at whose very place their home is noted.
    """
    homes: dict[Place, list[str]] = defaultdict(list)
    for member in members:
        if member.home:
            homes[member.home].append(member.ref)
        for move in member.moves:
            if move.home:
                homes[move.home].append(move.ref)
    minutes: dict[tuple[str, str], int] = {}
    for way in TravelWay.objects.select_related("one", "other"):
        there, from_there = refs.get(way.one_id, ()), _at(way.one, homes)
        here, from_here = refs.get(way.other_id, ()), _at(way.other, homes)
        pairs = [(a, b) for a in (*there, *from_there) for b in here] + [(a, b) for a in there for b in from_here]
        for one, other in map(sorted, pairs):
            minutes[one, other] = max(minutes.get((one, other), 0), way.minutes)
    return tuple(Leg(one, other, took * KM_PER_MINUTE, took) for (one, other), took in sorted(minutes.items()))


def _at(site: Site, homes: Mapping[Place, list[str]]) -> Iterable[str]:
    if site.latitude is None or site.longitude is None:
        return ()
    return homes.get(Place(site.latitude, site.longitude), ())
