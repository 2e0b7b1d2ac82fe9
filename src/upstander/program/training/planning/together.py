"""Small sites that are trained together: which of a problem are, and which could be."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from upstander.engines.planning import Problem, Site
from upstander.engines.planning.ways import Ways, great_circle_km
from upstander.program.training.models import Session
from upstander.program.training.planning._sites import Untrained

FEW = 40  # a site is small with so many people to train, or fewer
NEAR_KM = 16.0  # ten miles, by the road
MOST_SITES = 4
MOST_PEOPLE = 80  # in one group; a room that is known to seat fewer takes in fewer


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Sites that could be trained together, by ref: the host, and how far each guest has to go."""

    host: str
    guests: tuple[str, ...]
    km: tuple[float, ...]
    people: int
    shared_days: int


def hosts_in(sites: Mapping[str, Untrained], agreed: Mapping[str, Session]) -> dict[str, str]:
    """The host's ref for each guest of the problem.

    Whoever has a session of its own by now is trained there: a host with one keeps the guests that come to it, and
    the others are on their own.
    """
    refs = {each.site.pk: ref for ref, each in sites.items()}
    found = {ref: refs[each.host_id] for ref, each in sites.items() if each.host_id in refs}
    return {guest: host for guest, host in found.items() if agreed.get(guest) == agreed.get(host)}


def joined(sites: Iterable[Site], hosts: Mapping[str, str], pair_from: int) -> tuple[Site, ...]:
    """The engine's sites with their groups: a host before its guests, all as long, a pair where so many come."""
    by_ref = {site.ref: site for site in sites}
    groups: dict[str, list[Site]] = defaultdict(list)
    for site in by_ref.values():
        if (host := hosts.get(site.ref)) is not None:
            groups[host].append(site)
    for host, guests in groups.items():
        group = [by_ref[host], *guests]
        minutes = max(site.minutes for site in group)
        is_pair = bool(pair_from) and sum(site.head_count for site in group) >= pair_from
        for site in group:
            by_ref[site.ref] = replace(site, together=host, minutes=minutes, is_pair=is_pair)
    return (*(by_ref[ref] for ref in by_ref if ref not in hosts), *(by_ref[ref] for ref in by_ref if ref in hosts))


def suggested(problem: Problem, among: Iterable[str]) -> Iterator[Suggestion]:
    """Groups of small sites near each other that share a window, the largest site of each as the host.

    Each site is in one at most. `among` names the sites that are free: in no group, and without a session.
    """
    free = {site.ref: site for site in problem.sites if site.ref in set(among)}
    small = [site for site in free.values() if site.place and 0 < site.head_count <= FEW]
    small.sort(key=lambda site: (-site.head_count, site.ref))
    ways, taken = Ways(problem.travel), set[str]()
    for host in small:
        if host.ref in taken:
            continue
        found = _around(problem, host, [site for site in small if site.ref not in taken], ways)
        if found is not None:
            taken |= {found.host, *found.guests}
            yield found


def _around(problem: Problem, host: Site, others: Iterable[Site], ways: Ways) -> Suggestion | None:
    """The nearest guests of a host that fit, one after another."""
    guests: list[tuple[float, Site]] = []
    people, shared = host.head_count, times_of(problem, host)
    for km, site in sorted(_near(host, others, ways), key=lambda pair: (pair[0], pair[1].ref)):
        most = min(MOST_PEOPLE, host.seats or MOST_PEOPLE)
        both = shared & times_of(problem, site)
        if len(guests) + 1 < MOST_SITES and people + site.head_count <= most and both:
            guests.append((km, site))
            people, shared = people + site.head_count, both
    if not guests:
        return None
    refs, kms = tuple(site.ref for _km, site in guests), tuple(km for km, _site in guests)
    return Suggestion(host.ref, refs, kms, people, len({day for day, _start in shared}))


def _near(host: Site, others: Iterable[Site], ways: Ways) -> Iterator[tuple[float, Site]]:
    for site in others:
        if site.ref == host.ref or site.audience != host.audience or site.mode != host.mode:
            continue
        # On the globe first: it is quick, and no road is shorter.
        if host.place and site.place and great_circle_km(host.place, site.place) <= NEAR_KM:
            km = ways.km((host.ref, host.place), (site.ref, site.place))
            if km is not None and km <= NEAR_KM:
                yield km, site


def times_of(problem: Problem, site: Site) -> frozenset[tuple[date, int]]:
    """The days and starts at which a session fits into a window of the site."""
    return frozenset(
        (window.day, start)
        for window in site.hours
        if window.day not in problem.closed and window.day not in site.closed
        for start in range(window.starts, window.ends - site.minutes + 1, problem.step_minutes)
    )
