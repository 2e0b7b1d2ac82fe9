"""How far the members of a session travel: the engine's own estimate, for what people change by hand."""

from collections.abc import Iterable

from upstander.engines.planning import Assigned, Mode, Problem
from upstander.engines.planning.ground import Ways


def round_trip_km(problem: Problem, site_ref: str, team: Iterable[Assigned]) -> int:
    """There and back for all who come, in whole kilometres; 0 online, and where a place is not known."""
    site = next(site for site in problem.sites if site.ref == site_ref)
    if site.mode is Mode.ONLINE:
        return 0
    ways, homes = Ways(problem.travel), {member.ref: member.home for member in problem.members}
    spots = [(each.member, homes.get(each.member)) for each in team]
    return sum(round(2 * (ways.km(spot, (site.ref, site.place)) or 0)) for spot in spots)
