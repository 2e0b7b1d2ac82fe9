"""Ways as the checker reckons them, on its own: it shares no code with the planner."""

import math
from datetime import date

from upstander.engines.planning.problem import Leg, Member, Place, Travel

EARTH_DIAMETER_KM = 2 * 6371.0
Roads = tuple[Travel, dict[frozenset[str], Leg]]


def base_on(member: Member, day: date) -> tuple[str, Place | None]:
    """Where the member sets out that day: from the base of their latest move, if any has come."""
    gone = sorted((move for move in member.moves if not day < move.since), key=lambda move: move.since)
    return (gone[-1].ref, gone[-1].home) if gone else (member.ref, member.home)


def roads_of(travel: Travel) -> Roads:
    """The ways that are given, to be looked up from either end."""
    return travel, {frozenset((leg.one, leg.other)): leg for leg in travel.legs}


def minutes_between(roads: Roads, here: tuple[str, Place | None], there: tuple[str, Place | None]) -> int:
    """How long the way takes, with what is kept free beside it."""
    travel, legs = roads
    leg = legs.get(frozenset((here[0], there[0])))
    if leg and here[0] != there[0]:
        return leg.minutes + travel.buffer_minutes
    km = km_between(roads, *here, *there) or 0.0
    return math.ceil(km * 60 / travel.km_per_hour - TOLERANCE_MINUTES) + travel.buffer_minutes


def km_between(roads: Roads, here: str, at: Place | None, there: str, to: Place | None) -> float | None:
    """Road kilometres by the chord through the globe; None where a place is not known."""
    if here == there:
        return 0.0
    travel, legs = roads
    if leg := legs.get(frozenset((here, there))):
        return leg.km
    if at is None or to is None:
        return None
    chord = math.dist(_on_globe(at), _on_globe(to)) / 2
    return EARTH_DIAMETER_KM * math.asin(min(chord, 1.0)) * travel.road_factor


def _on_globe(place: Place) -> tuple[float, float, float]:
    north, east = math.radians(place.latitude), math.radians(place.longitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


# Two ways to work out one distance differ in the last digits, which decide nothing.
TOLERANCE_KM, TOLERANCE_MINUTES = 0.001, 1e-6
