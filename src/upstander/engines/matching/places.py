"""Where somebody sets out and how long they are on the way, as the year plan names places."""

import math
from collections.abc import Sequence
from datetime import date

from upstander.engines.matching.people import Base, Point
from upstander.engines.planning.ways import Spot, Ways

STEP_MINUTES = 5


def home_spot(home: Point) -> Spot:
    """A home base as ways and legs name it: whoever sets out from the same place has the same ways."""
    return f"home:{home.latitude}:{home.longitude}", home


def site_spot(site: int, place: Point | None) -> Spot:
    """A site as ways and legs name it."""
    return f"site:{site}", place


def travel_minutes(ways: Ways, home: Spot, there: Spot) -> int:
    """Minutes to keep free on each side of a visit, in steps of five; none where the way is not known."""
    if ways.km(home, there) is None:
        return 0
    return math.ceil(ways.minutes(home, there) / STEP_MINUTES) * STEP_MINUTES


def base_on(bases: Sequence[Base], on: date) -> Point:
    """Where somebody sets out on a day. Needs at least one base."""
    begun = [each.place for each in bases if each.since <= on]
    return begun[-1] if begun else bases[0].place
