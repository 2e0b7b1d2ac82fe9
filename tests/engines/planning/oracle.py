"""The cheapest plan by trying all of them: for tiny problems only. Which plans are allowed, the checker says."""

from collections.abc import Iterator
from itertools import permutations, product

from upstander.engines.planning import Answer, Assigned, Placement, Problem, Proof, Role, Site, Stage, check


def cheapest(problem: Problem) -> int:
    """The cost of the best plan: travel and load of those placed, and what each session left out costs."""
    return min(_cost(problem, plan) for plan in _plans(problem))


def _plans(problem: Problem) -> Iterator[tuple[Placement, ...]]:
    options = [[None, *_placements(problem, site)] for site in problem.sites]
    for chosen in product(*options):
        placed = tuple(each for each in chosen if each)
        if not [each for each in check(problem, _answer(placed)) if each.rule != "site_missing"]:
            yield placed


def _placements(problem: Problem, site: Site) -> Iterator[Placement]:
    for window in site.windows:
        for starts in range(window.starts, window.ends - site.minutes + 1, problem.step_minutes):
            for team in permutations(problem.members, 2 if site.is_pair else 1):
                roles = zip(team, (Role.LEAD, Role.CO_LEAD), strict=False)
                members = tuple(Assigned(member.ref, role) for member, role in roles)
                placement = Placement((site.ref,), window.day, starts, starts + site.minutes, members)
                if {each.rule for each in check(problem, _answer((placement,)))} <= {"site_missing"}:
                    yield placement


def _answer(placements: tuple[Placement, ...]) -> Answer:
    return Answer(Stage.DONE, placements, (), Proof(0))


def _cost(problem: Problem, placements: tuple[Placement, ...]) -> int:
    """On the street of the tests a degree is 111.19 km and a kilometre 1.3 of road."""
    weights, sites = problem.weights, {site.ref: site for site in problem.sites}
    homes = {member.ref: member.home for member in problem.members}
    cost = weights.unplaced * (len(sites) - len(placements))
    first = min(window.day for site in problem.sites for window in site.windows)
    loads = dict.fromkeys(homes, 0)
    for placement in placements:
        site = sites[placement.sites[0]]
        cost += weights.week * ((placement.day - first).days // 7)
        cost += weights.wish * (bool(site.wishes) and placement.day not in site.wishes)
        for each in placement.members:
            home = homes[each.member]
            assert site.place
            assert home
            cost += round(2 * 1.3 * 111.19492664455873 * abs(site.place.longitude - home.longitude))
            loads[each.member] += 1
    return cost + weights.busiest * max(loads.values(), default=0)
