"""Distances and travel times between the spots of a problem."""

import math

from upstander.engines.planning.problem import Leg, Place, Travel

EARTH_RADIUS_KM = 6371.0
MINUTES_PER_HOUR = 60
Spot = tuple[str, Place | None]  # its name in legs, and where it is


class Ways:
    """Distances and travel times, each worked out once."""

    def __init__(self, travel: Travel) -> None:
        self._travel = travel
        self._legs: dict[tuple[str, str], Leg] = {}
        for leg in travel.legs:
            self._legs[leg.one, leg.other] = self._legs[leg.other, leg.one] = leg
        self._km: dict[tuple[str, str], float | None] = {}

    def km(self, one: Spot, other: Spot) -> float | None:
        """Road kilometres, one way; None where a place is not known."""
        key = (one[0], other[0])
        if key not in self._km:
            self._km[key] = self._find_km(one, other)
        return self._km[key]

    def minutes(self, one: Spot, other: Spot) -> int:
        """Minutes to keep free between two spots, the buffer included; an unknown way costs the buffer alone."""
        leg = self._legs.get((one[0], other[0]))
        way = (
            leg.minutes if leg else math.ceil((self.km(one, other) or 0) / self._travel.km_per_hour * MINUTES_PER_HOUR)
        )
        return way + self._travel.buffer_minutes

    def _find_km(self, one: Spot, other: Spot) -> float | None:
        if one[0] == other[0]:
            return 0.0
        if leg := self._legs.get((one[0], other[0])):
            return leg.km
        if one[1] is None or other[1] is None:
            return None
        return great_circle_km(one[1], other[1]) * self._travel.road_factor


def great_circle_km(one: Place, other: Place) -> float:
    """Distance on the globe by the haversine formula."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(other.longitude - one.longitude)
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(turn / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))
