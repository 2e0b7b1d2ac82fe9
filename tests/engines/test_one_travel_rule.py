"""The year plan and the matching go by the same ways: what one has planned, the other would plan again."""

import datetime as dt
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engines.planning.calendars import problems
from tests.engines.planning.cases import member as planned_member
from tests.engines.planning.cases import problem as planned_problem
from tests.engines.planning.cases import site as planned_site
from tests.engines.planning.cases import windows

from upstander.engines import matching
from upstander.engines.matching import Base, Booked, Days, Reason, Skill, Span, Wanted, Weekly, home_spot, site_spot
from upstander.engines.planning import (
    Answer,
    Leg,
    Member,
    Mode,
    Placement,
    Problem,
    Role,
    Site,
    Travel,
    check,
    draft,
)
from upstander.engines.planning.ways import Ways

DAY = dt.timedelta(days=1)


def key(ref: str) -> int:
    """A number for a site of these problems, whose refs are short words."""
    return int.from_bytes(ref.encode())


def moment(day: dt.date, minute: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(minutes=minute)


def clock(minute: int) -> dt.time:
    return dt.time(minute // 60, minute % 60)


def ways_of(problem: Problem, member: Member, day: dt.date) -> Ways:
    """The problem's ways under the names that the matching gives to the same spots."""
    base, home = member.base_on(day)
    names = {site.ref: site_spot(key(site.ref), None)[0] for site in problem.sites}
    names |= {base: home_spot(home)[0]} if home else {}
    legs = (leg for leg in problem.travel.legs if {leg.one, leg.other} <= set(names))
    return Ways(Travel(legs=tuple(Leg(names[leg.one], names[leg.other], leg.km, leg.minutes) for leg in legs)))


def weighed(problem: Problem, answer: Answer, placement: Placement, member: Member, role: Role) -> Reason:
    """What the matching says of a planned session, beside all others of its member."""
    sites = {site.ref: site for site in problem.sites}
    day, (_name, home) = placement.day, member.base_on(placement.day)
    assert home is not None
    others = [each for each in answer.placements if each != placement and _holds(each, member)]
    return matching.weigh(
        matching.Member(
            key=1,
            bases=[Base(day, home)],
            languages=member.languages,
            most_per_day=member.most_per_day,
            most_per_week=member.most_per_week,
            weekly=[Weekly(day.weekday(), clock(w.starts), clock(w.ends)) for w in member.free if w.day == day],
            busy=[Span(moment(day, w.starts), moment(day, w.ends)) for w in member.busy if w.day == day],
            booked=[_booked(each, sites[each.sites[0]]) for each in others],
            skills=[
                Skill("x", each.role, Days(dt.date.min, each.until and each.until + DAY)) for each in member.skills
            ],
            travel_limit_km=member.travel_limit_km,
            ways=ways_of(problem, member, day),
        ),
        _wanted(placement, [sites[ref] for ref in placement.sites], role),
    ).reason


def _until(last: dt.date | None) -> Days:
    return Days(dt.date.min, last + DAY if last else None)


def _holds(placement: Placement, member: Member) -> bool:
    return any(each.member == member.ref for each in placement.members)


def _booked(placement: Placement, site: Site) -> Booked:
    span = Span(moment(placement.day, placement.starts), moment(placement.day, placement.ends))
    return Booked(span, placement.day, key(site.ref), site.place, site.mode is Mode.ONLINE)


def _wanted(placement: Placement, sites: list[Site], role: Role) -> Wanted:
    host = sites[0]
    return Wanted(
        span=Span(moment(placement.day, placement.starts), moment(placement.day, placement.ends)),
        on=placement.day,
        starts=clock(placement.starts),
        ends=clock(placement.ends),
        site=key(host.ref),
        place=host.place,
        languages=frozenset().union(*(site.languages for site in sites)),
        online=host.mode is Mode.ONLINE,
        offering="x",
        part=role.value,
    )


@settings(max_examples=150, deadline=None)
@given(problems())
def test_nothing_that_was_planned_is_a_misfit(problem: Problem) -> None:
    assume(not any(fixed.is_pinned for fixed in problem.fixed))  # those are people's own, and may fit nobody
    answer, cadre = draft(problem), {member.ref: member for member in problem.members}
    for placement in answer.placements:
        for each in placement.members:
            member = cadre[each.member]
            if member.base_on(placement.day)[1] is not None:
                assert weighed(problem, answer, placement, member, each.role) is Reason.FREE


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 150))
def test_of_two_sessions_both_say_the_same_to_the_minute(base: int, here: int, there: int, gap: int) -> None:
    """The independent checker, with arithmetic of its own, and the matching."""
    assume(here != there)
    first, second = (windows(0, starts=starts) for starts in (9 * 60, 10 * 60 + gap))
    sites = [planned_site("s0", here, windows=first), planned_site("s1", there, windows=second)]
    member = planned_member("m0", base, most_per_day=2)
    problem = planned_problem(sites, [member])
    alone = [draft(planned_problem([each], [member])).placements[0] for each in sites]
    answer = replace(draft(problem), placements=tuple(alone), unplaced=())
    is_far = any(found.rule == "taken" for found in check(problem, answer))
    said = {weighed(problem, answer, each, member, Role.LEAD) for each in alone}
    assert said == {Reason.TRAVEL if is_far else Reason.FREE}
