"""The way there: what it takes, shared out between sessions, counted anew. Only services of this part call it."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import F, Q

from upstander.district.places.models import Site
from upstander.district.places.policies import known_by
from upstander.engines.matching import Point, great_circle_km, travel_minutes
from upstander.program.training import states
from upstander.program.training.models import Assignment, CadreMember, HomeBase, Request, TravelWay
from upstander.program.training.selectors.matching import EARLIEST_FIRST
from upstander.program.training.services._assigning import assignment

AROUND = dt.timedelta(days=1)
STANDING = (states.Session.PLANNED, states.Session.CONFIRMED)


def minutes_of_way(home: Point | None, site: Site, mode: str, told: int | None) -> int:
    """How long the way to a site takes: `told` by the district's own table, else estimated; online there is none."""
    if mode == Request.Mode.ONLINE:
        return 0
    if told:
        return told
    if home is None or site.latitude is None or site.longitude is None:
        return 0
    return travel_minutes(great_circle_km(home, Point(site.latitude, site.longitude)))


def share_ways(own: list[Assignment]) -> list[Assignment]:
    """Share out the time between two sessions of one member where a way over home would be too long; gives those.

    Nobody drives over home then. The database refuses ways that overlap.
    """
    own.sort(key=lambda each: each.starts_at)
    touched = []
    for one, other in zip(own, own[1:], strict=False):
        if one.returns_at > other.leaves_at and one.ends_at <= other.starts_at:
            middle = one.ends_at + (other.starts_at - one.ends_at) / 2
            one.returns_at, other.leaves_at = min(one.returns_at, middle), max(other.leaves_at, middle)
            touched += [one, other]
    return touched


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
    told = _told({row.site_id for row in bases if row.site_id})
    changed = [each for each in moved if _count_anew(each, _base_on(bases, each.session.on), told)]
    if changed:
        share_ways(own)
        # First nobody travels, then everybody as counted: row by row the database never sees two ways at once.
        rows.update(leaves_at=F("starts_at"), returns_at=F("ends_at"))
        Assignment.objects.bulk_update(own, ["travel_minutes", "leaves_at", "returns_at"])
    return len(changed)


def _count_anew(each: Assignment, base: HomeBase, told: Mapping[frozenset[int], int]) -> bool:
    known = told.get(frozenset((base.site_id or 0, each.site_id)))
    minutes = minutes_of_way(Point(base.latitude, base.longitude), each.site, each.session.mode, known)
    if minutes == each.travel_minutes:
        return False
    again = assignment(each.session, each.member, each.role, minutes)
    each.travel_minutes, each.leaves_at, each.returns_at = minutes, again.leaves_at, again.returns_at
    return True


def _base_on(bases: list[HomeBase], on: dt.date) -> HomeBase:
    begun = [row for row in bases if row.since <= on]
    return begun[-1] if begun else bases[0]


def _told(sites: set[int]) -> dict[frozenset[int], int]:
    ways = TravelWay.objects.filter(Q(one__in=sites) | Q(other__in=sites))
    return {frozenset((way.one_id, way.other_id)): way.minutes for way in ways}
