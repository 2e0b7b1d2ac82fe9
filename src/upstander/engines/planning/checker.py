"""An independent look at a plan: every rule read from the problem again, with arithmetic of its own.

Shares no code with the planner but the values of problem and answer, so that an error there cannot hide here. It
trusts nothing in the answer: unknown refs, doubled sites and times that do not fit are findings, not crashes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from upstander.engines.planning.answer import Answer, Placement, Rule
from upstander.engines.planning.checked_ways import TOLERANCE_KM, Roads, base_on, km_between, minutes_between, roads_of
from upstander.engines.planning.problem import Fixed, Member, Mode, Problem, Role, Site


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a plan breaks: by its name in `Rule`, or `site_missing`, `site_twice`, `site_unknown`,
    `member_unknown`, `together`, `pin`, `length` and `unplaced` for the plan as a whole."""

    rule: str
    sites: tuple[str, ...]
    member: str = ""
    detail: str = ""


def check(problem: Problem, answer: Answer) -> list[Violation]:
    """Every violation, in the order of the plan; a pinned session is people's own and only has to be there."""
    sites = {site.ref: site for site in problem.sites}
    members = {member.ref: member for member in problem.members}
    found, roads = list(_whole(problem, answer, sites)), roads_of(problem.travel)
    known = []
    for placement in answer.placements:
        strange = list(_strange(placement, sites, members))
        found += strange
        if not strange:
            known.append(placement)
            found += _session(problem, roads, placement, sites, members)
    return found + list(_diaries(problem, roads, known, sites, members))


def _whole(problem: Problem, answer: Answer, sites: dict[str, Site]) -> Iterator[Violation]:
    counts: dict[str, int] = defaultdict(int)
    for refs in [each.sites for each in answer.placements] + [each.sites for each in answer.unplaced]:
        for ref in refs:
            counts[ref] += 1
    for ref in sites:
        if counts[ref] != 1:
            yield Violation("site_twice" if counts[ref] else "site_missing", (ref,))
    yield from _together(problem, answer)
    for fixed in problem.fixed:
        if fixed.is_pinned and not any(_is_same(fixed, placement) for placement in answer.placements):
            yield Violation("pin", fixed.sites)


def _is_pin(problem: Problem, placement: Placement) -> bool:
    """By the problem's word, not by the plan's."""
    return any(fixed.is_pinned and _is_same(fixed, placement) for fixed in problem.fixed)


def _is_same(fixed: Fixed, placement: Placement) -> bool:
    at = (set(placement.sites), placement.day, placement.starts, Counter(placement.members))
    return at == (set(fixed.sites), fixed.day, fixed.starts, Counter(fixed.members))


def _together(problem: Problem, answer: Answer) -> Iterator[Violation]:
    """Who is trained together: as people agreed, else by the sites' own word, else alone."""
    agreed = {ref: frozenset(fixed.sites) for fixed in problem.fixed for ref in fixed.sites}
    groups: dict[str, set[str]] = defaultdict(set)
    for site in problem.sites:
        if site.together and site.ref not in agreed:
            groups[site.together].add(site.ref)
    company = {ref: frozenset(refs) for refs in groups.values() for ref in refs} | agreed
    for placement in answer.placements:
        expected = [company.get(ref, frozenset({ref})) for ref in placement.sites]
        if any(refs != frozenset(placement.sites) for refs in expected):
            yield Violation("together", placement.sites)


def _strange(placement: Placement, sites: dict[str, Site], members: dict[str, Member]) -> Iterator[Violation]:
    for ref in placement.sites:
        if ref not in sites:
            yield Violation("site_unknown", (ref,))
    for each in placement.members:
        if each.member not in members:
            yield Violation("member_unknown", placement.sites, each.member)
    if not placement.sites or not placement.members:
        yield Violation("site_unknown" if not placement.sites else Rule.SKILL, placement.sites)


def _session(
    problem: Problem, roads: Roads, placement: Placement, by_ref: dict[str, Site], members: dict[str, Member]
) -> Iterator[Violation]:
    sites = [by_ref[ref] for ref in placement.sites]
    if placement.ends - placement.starts != max(site.minutes for site in sites):
        yield Violation("length", placement.sites)
    if _is_pin(problem, placement):
        return
    for rule in (*_time_rules(problem, placement, sites), *_team_rules(placement, sites)):
        yield Violation(rule, placement.sites)
    for each in placement.members:
        member = members[each.member]
        broken = [*_own_rules(member, each.role, placement, sites), *_way_rules(roads, member, placement, sites)]
        yield from (Violation(rule, placement.sites, member.ref) for rule in broken)


def _time_rules(problem: Problem, placement: Placement, sites: list[Site]) -> Iterator[str]:
    if placement.day in problem.closed or any(placement.day in site.closed for site in sites):
        yield Rule.CLOSED
    is_agreed = any(
        set(fixed.sites) == set(placement.sites) and (fixed.day, fixed.starts) == (placement.day, placement.starts)
        for fixed in problem.fixed
    )
    if not is_agreed and not all(_inside_one(site, placement) for site in sites):
        yield Rule.WINDOW
    heads, host = sum(site.head_count for site in sites), sites[0]
    if host.mode == Mode.IN_PERSON and 0 < host.seats < heads:
        yield Rule.ROOM


def _inside_one(site: Site, placement: Placement) -> bool:
    return any(
        window.day == placement.day and window.starts <= placement.starts and placement.ends <= window.ends
        for window in site.windows
        if not window.audience or window.audience == site.audience
    )


def _team_rules(placement: Placement, sites: list[Site]) -> Iterator[str]:
    roles = [each.role for each in placement.members]
    training = len({each.member for each in placement.members if each.role != Role.SHADOW})
    if Role.LEAD not in roles or len({each.member for each in placement.members}) < len(roles):
        yield Rule.SKILL
    if any(site.is_pair for site in sites) and training < 2:
        yield Rule.PAIR


def _own_rules(member: Member, role: Role, placement: Placement, sites: list[Site]) -> Iterator[str]:
    enough = {Role.LEAD: {Role.LEAD}, Role.CO_LEAD: {Role.LEAD, Role.CO_LEAD}, Role.SHADOW: set(Role)}[role]
    day = placement.day
    if not any(skill.role in enough and day <= (skill.until or day) for skill in member.skills):
        yield Rule.SKILL
    if not (member.certified_on or day) <= day <= (member.certified_until or day):
        yield Rule.CERTIFIED
    if not (member.released_from or day) <= day <= (member.released_until or day):
        yield Rule.RELEASED
    if not (member.in_post_from or day) <= day <= (member.in_post_until or day):
        yield Rule.IN_POST
    if role == Role.LEAD and any(not site.languages <= member.languages for site in sites):
        yield Rule.LANGUAGE
    out = [each for site in sites for each in site.excluded if each.member == member.ref]
    if any(not (day < (each.since or day) or (each.until or day) < day) for each in out):
        yield Rule.EXCLUDED
    free = [window for window in member.free if window.day == day]
    if all(placement.starts < window.starts or window.ends < placement.ends for window in free):
        yield Rule.FREE


def _way_rules(roads: Roads, member: Member, placement: Placement, sites: list[Site]) -> Iterator[str]:
    host = sites[0]
    is_online = host.mode == Mode.ONLINE
    if not is_online:
        if host.region not in {member.region, *member.regions}:
            yield Rule.REGION
        km = km_between(roads, *base_on(member, placement.day), host.ref, host.place)
        if member.travel_limit_km is not None and km is not None and km > member.travel_limit_km + TOLERANCE_KM:
            yield Rule.TRAVEL_LIMIT
    base = base_on(member, placement.day)
    way = minutes_between(roads, base, base if is_online else (host.ref, host.place))
    for busy in member.busy:
        if busy.day == placement.day and not (
            busy.ends + way <= placement.starts or placement.ends + way <= busy.starts
        ):
            yield Rule.BUSY


def _diaries(
    problem: Problem,
    roads: Roads,
    placements: Iterable[Placement],
    sites: dict[str, Site],
    members: dict[str, Member],
) -> Iterator[Violation]:
    """What each member's sessions do to one another. Two pinned ones are people's own affair."""
    held: dict[str, list[Placement]] = defaultdict(list)
    for placement in placements:
        for ref in dict.fromkeys(each.member for each in placement.members):
            held[ref].append(placement)
    for ref, own in held.items():
        own.sort(key=lambda each: (each.day, each.starts))
        yield from _too_many(problem, members[ref], own)
        for at, one in enumerate(own):
            for other in own[at + 1 :]:
                if one.day == other.day and not (_is_pin(problem, one) and _is_pin(problem, other)):
                    yield from _too_near(roads, members[ref], one, other, sites)


def _too_many(problem: Problem, member: Member, own: list[Placement]) -> Iterator[Violation]:
    days: dict[date, list[Placement]] = defaultdict(list)
    weeks: dict[tuple[int, int], list[Placement]] = defaultdict(list)
    for placement in own:
        days[placement.day].append(placement)
        weeks[placement.day.isocalendar()[:2]].append(placement)
    calls = Counter(day.isocalendar()[:2] for day in member.calls)
    held = [(Rule.DAY_FULL, member.most_per_day, part, 0) for part in days.values()]
    held += [(Rule.WEEK_FULL, member.most_per_week, part, calls[week]) for week, part in weeks.items()]
    for rule, most, part, beside in held:
        if len(part) + beside > most and not all(_is_pin(problem, each) for each in part):
            yield Violation(rule, part[-1].sites, member.ref, f"{len(part) + beside} instead of {most}")


def _too_near(
    roads: Roads, member: Member, one: Placement, other: Placement, sites: dict[str, Site]
) -> Iterator[Violation]:
    """`one` starts first. An online session is held from home."""
    first, second = sites[one.sites[0]], sites[other.sites[0]]
    home = base_on(member, one.day)
    here = home if first.mode == Mode.ONLINE else (first.ref, first.place)
    there = home if second.mode == Mode.ONLINE else (second.ref, second.place)
    needed, gap = minutes_between(roads, here, there), other.starts - one.ends
    if gap < needed:
        yield Violation(Rule.TAKEN, other.sites, member.ref, f"{gap} minutes instead of {needed}")
