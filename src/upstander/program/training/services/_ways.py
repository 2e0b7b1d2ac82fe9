"""The way there: what it takes, shared out between sessions, counted anew. Only services of this part call it."""

import datetime as dt

from django.db.models import F

from upstander.district.places.policies import known_by
from upstander.engines.matching import Base, Point, base_on, home_spot, site_spot, travel_minutes
from upstander.engines.planning.ways import Spot, Ways
from upstander.program.training import states
from upstander.program.training.models import Assignment, CadreMember, HomeBase, Request
from upstander.program.training.selectors._as_known import point_of
from upstander.program.training.selectors.matching import EARLIEST_FIRST
from upstander.program.training.selectors.ways import ways_around
from upstander.program.training.services._assigning import AROUND, assignment, share_ways

STANDING = (states.Session.PLANNED, states.Session.CONFIRMED)


def minutes_of_way(ways: Ways, home: Spot, site: Spot, mode: str) -> int:
    """How long to keep free for the way to a session, as planning and matching count it; online there is none."""
    return 0 if mode == Request.Mode.ONLINE else travel_minutes(ways, home, site)


def recount_ways(member: CadreMember, since: dt.date, at: dt.datetime) -> int:
    """Count the way to each coming session of the member from that day on from the base of its day; how many changed.

    Where the ways of two sessions no longer fit between them, the time there is shared out: the sessions stay, and
    that they no longer fit is for the warnings to say.
    """
    rows = Assignment.objects.filter(member=member, released_at__isnull=True, ends_at__gt=at - AROUND)
    own = list(rows.select_for_update(of=("self",)).select_related("session", "site").order_by("starts_at"))
    moved = [
        each for each in own if each.session.state in STANDING and each.starts_at > at and each.session.on >= since
    ]
    bases = list(HomeBase.objects.filter(known_by(None), member=member).order_by(EARLIEST_FIRST))
    homes = [Base(row.since, Point(row.latitude, row.longitude)) for row in bases]
    ways = ways_around({each.site_id for each in moved}, {each.place for each in homes})
    changed = [each for each in moved if _count_anew(each, base_on(homes, each.session.on), ways)]
    if changed:
        share_ways(own)
        # First nobody travels, then everybody as counted: row by row the database never sees two ways at once.
        rows.update(leaves_at=F("starts_at"), returns_at=F("ends_at"))
        Assignment.objects.bulk_update(own, ["travel_minutes", "leaves_at", "returns_at"])
    return len(changed)


def _count_anew(each: Assignment, home: Point, ways: Ways) -> bool:
    there = site_spot(each.site_id, point_of(each.site))
    minutes = minutes_of_way(ways, home_spot(home), there, each.session.mode)
    if minutes == each.travel_minutes:
        return False
    again = assignment(each.session, each.member, each.role, minutes)
    each.travel_minutes, each.leaves_at, each.returns_at = minutes, again.leaves_at, again.returns_at
    return True
