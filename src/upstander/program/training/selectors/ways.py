"""The travel times that a district keeps, as the engines take them: the year plan and the matching read them here."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q, QuerySet

from upstander.district.places.models import Site
from upstander.engines.matching import home_spot, site_spot
from upstander.engines.planning import Leg, Place, Travel
from upstander.engines.planning.ways import Ways
from upstander.program.training.models import TravelWay

KM_PER_MINUTE = Travel().km_per_hour / 60  # a time counts as the kilometres that are driven in it


def legs_of(
    ways: Iterable[TravelWay], refs: Mapping[int, Iterable[str]], homes: Mapping[Place, Iterable[str]]
) -> tuple[Leg, ...]:
    """The ways as legs, between sites (`refs` by the site's id) and homes (names by their place).

    Somebody starts from the site at whose very place their home is noted. Takes no actor: it asks nothing by itself.
    """
    minutes: dict[tuple[str, str], int] = {}
    for way in ways:
        there, from_there = refs.get(way.one_id, ()), _at(way.one, homes)
        here, from_here = refs.get(way.other_id, ()), _at(way.other, homes)
        pairs = [(a, b) for a in (*there, *from_there) for b in here] + [(a, b) for a in there for b in from_here]
        for one, other in map(sorted, pairs):
            minutes[one, other] = max(minutes.get((one, other), 0), way.minutes)
    return tuple(Leg(one, other, took * KM_PER_MINUTE, took) for (one, other), took in sorted(minutes.items()))


def ways_around(sites: Collection[int], homes: Collection[Place]) -> Ways:
    """The ways between these sites (ids) and homes, and among the sites, in one query; spots as `engines.matching`
    names them. Takes no actor: callers say what it is for.
    """
    rows = _rows(Q(one__in=sites, other__in=sites) | _near("one", homes) | _near("other", homes))
    found = {pk: (site_spot(pk, None)[0],) for row in rows for pk in (row.one_id, row.other_id)}
    return Ways(Travel(legs=legs_of(rows, found, {place: (home_spot(place)[0],) for place in homes})))


def _rows(which: Q) -> QuerySet[TravelWay]:
    places = [f"{end}__{name}" for end in ("one", "other") for name in ("latitude", "longitude")]
    return TravelWay.objects.filter(which).select_related("one", "other").only("minutes", *places)


def _near(end: str, homes: Collection[Place]) -> Q:
    latitudes, longitudes = [each.latitude for each in homes], [each.longitude for each in homes]
    return Q(**{f"{end}__latitude__in": latitudes, f"{end}__longitude__in": longitudes})


def _at(site: Site, homes: Mapping[Place, Iterable[str]]) -> Iterable[str]:
    if site.latitude is None or site.longitude is None:
        return ()
    return homes.get(Place(site.latitude, site.longitude), ())
