"""How far the members of a session travel in a plan."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from upstander.engines.planning import Assigned, Leg, Member, Mode, Place, Problem
from upstander.engines.planning.ways import Ways
from upstander.program.training.models import TravelWay
from upstander.program.training.selectors.ways import legs_of


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
    """The travel times that are kept, between the problem's sites (`refs` by the site's id) and its members' homes."""
    homes: dict[Place, list[str]] = defaultdict(list)
    for member in members:
        if member.home:
            homes[member.home].append(member.ref)
        for move in member.moves:
            if move.home:
                homes[move.home].append(move.ref)
    return legs_of(TravelWay.objects.select_related("one", "other"), refs, homes)
