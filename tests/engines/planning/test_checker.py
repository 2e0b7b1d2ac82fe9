"""The checker finds every broken rule: a sound plan is broken in one place at a time, and exactly that is found."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.engines.planning.cases import ONE, TUESDAY, TWO, at_km, member, problem, site, tuesday, windows

from upstander.engines.planning import (
    Answer,
    Assigned,
    Excluded,
    Fixed,
    Leg,
    Mode,
    Move,
    Placement,
    Problem,
    Proof,
    Role,
    Skill,
    Stage,
    Travel,
    Window,
    check,
)

LEAD, CO_LEAD = Assigned("lead", Role.LEAD), Assigned("co", Role.CO_LEAD)
FIRST = Placement(("a", "b"), TUESDAY, ONE, TWO, (LEAD, CO_LEAD))
SECOND = Placement(("c",), TUESDAY, ONE + 120, TWO + 120, (LEAD,))
PIN = Placement(("d",), tuesday(3), ONE, TWO, (CO_LEAD,), is_pinned=True)
SOUND = Answer(Stage.DONE, (FIRST, SECOND, PIN), (), Proof(0))
CASE = problem(
    [
        site("a", 0, on=(0, 1), together="g", is_pair=True, languages=frozenset({"es"}), head_count=9, seats=20),
        site("b", 5, on=(0, 1), together="g", head_count=11),
        site("c", 20, windows=windows(0, starts=ONE + 120) + windows(1)),
        site("d", 0, on=(3,), region="S"),
    ],
    [
        member("lead", 3, languages=frozenset({"es"}), most_per_day=2, most_per_week=2, travel_limit_km=30),
        member("co", 4, skills=(Skill(Role.CO_LEAD),)),
        member("spare", 0, languages=frozenset({"es"})),
    ],
    fixed=(Fixed(("d",), tuesday(3), ONE, (CO_LEAD,), is_pinned=True),),
)


def test_a_sound_plan_and_what_people_pinned_is_left_alone() -> None:
    assert check(CASE, SOUND) == []


def whose(starts: int, audience: str) -> Window:
    return Window(TUESDAY, starts, starts + 60, audience)


def plan_with(first: Placement = FIRST, second: Placement = SECOND) -> Answer:
    return replace(SOUND, placements=(first, second, PIN))


@pytest.mark.parametrize(
    ("broken", "found"),
    [
        (plan_with(replace(FIRST, starts=ONE + 5, ends=TWO + 5)), [("window", "a b", "")]),
        (plan_with(replace(FIRST, day=tuesday(2))), [("window", "a b", "")]),
        (plan_with(replace(FIRST, ends=TWO - 5)), [("length", "a b", "")]),
        (plan_with(replace(FIRST, members=(LEAD,))), [("pair", "a b", "")]),
        (plan_with(replace(FIRST, members=(LEAD, LEAD))), [("skill", "a b", ""), ("pair", "a b", "")]),
        (plan_with(replace(FIRST, members=(CO_LEAD, Assigned("spare", Role.CO_LEAD)))), [("skill", "a b", "")]),
        (plan_with(replace(FIRST, members=(LEAD, Assigned("co", Role.SHADOW)))), [("pair", "a b", "")]),
        (plan_with(replace(FIRST, members=(Assigned("co", Role.LEAD), Assigned("lead", Role.CO_LEAD)))),
         [("skill", "a b", "co"), ("language", "a b", "co")]),
        (plan_with(replace(FIRST, members=())), [("skill", "a b", "")]),
        (plan_with(replace(FIRST, members=(LEAD, Assigned("nobody", Role.CO_LEAD)))),
         [("member_unknown", "a b", "nobody")]),
        (plan_with(replace(FIRST, sites=("a",))), [("site_missing", "b", ""), ("together", "a", "")]),
        (plan_with(replace(FIRST, sites=("a", "x"))),
         [("site_missing", "b", ""), ("together", "a x", ""), ("site_unknown", "x", "")]),
        (plan_with(replace(FIRST, sites=("a", "b", "c"))),
         [("site_twice", "c", ""), ("together", "a b c", ""), ("window", "a b c", "")]),
        (replace(SOUND, placements=(FIRST, PIN)), [("site_missing", "c", "")]),
        (replace(SOUND, placements=(FIRST, SECOND)), [("site_missing", "d", ""), ("pin", "d", "")]),
        (replace(SOUND, placements=(FIRST, SECOND, replace(PIN, day=tuesday(2)))),
         [("pin", "d", ""), ("window", "d", ""), ("skill", "d", ""), ("region", "d", "co")]),
        (plan_with(second=replace(SECOND, day=tuesday(1), starts=ONE, ends=TWO, members=(CO_LEAD,))),
         [("skill", "c", "")]),
    ],
)  # fmt: skip
def test_a_broken_plan_is_found_out(broken: Answer, found: list[tuple[str, str, str]]) -> None:
    assert [(each.rule, " ".join(each.sites), each.member) for each in check(CASE, broken)] == found


def with_site(number: int, **more: Any) -> Problem:
    sites = list(CASE.sites)
    sites[number] = replace(sites[number], **more)
    return replace(CASE, sites=tuple(sites))


def with_lead(**more: Any) -> Problem:
    return replace(CASE, members=(replace(CASE.members[0], **more), *CASE.members[1:]))


BOTH = [("a b", "lead"), ("c", "lead")]


@pytest.mark.parametrize(
    ("case", "rule", "where"),
    [
        (replace(CASE, closed=frozenset({TUESDAY})), "closed", [("a b", ""), ("c", "")]),
        (with_site(1, closed=frozenset({TUESDAY})), "closed", [("a b", "")]),
        (with_site(0, seats=19), "room", [("a b", "")]),
        (with_site(1, excluded=(Excluded("lead"),)), "excluded", [("a b", "lead")]),
        (with_site(1, excluded=(Excluded("lead", TUESDAY, TUESDAY),)), "excluded", [("a b", "lead")]),
        (with_site(0, region="S"), "region", [("a b", "lead"), ("a b", "co")]),
        (with_site(1, languages=frozenset({"hy"})), "language", [("a b", "lead")]),
        (with_lead(travel_limit_km=22), "travel_limit", [("c", "lead")]),
        (with_lead(certified_on=date(2026, 9, 2)), "certified", BOTH),
        (with_lead(certified_until=date(2026, 8, 31)), "certified", BOTH),
        (with_lead(released_from=date(2026, 9, 2)), "released", BOTH),
        (with_lead(released_until=date(2026, 8, 31)), "released", BOTH),
        (with_lead(in_post_from=date(2026, 9, 2)), "in_post", BOTH),
        (with_lead(in_post_until=date(2026, 8, 31)), "in_post", BOTH),
        (
            with_site(2, audience="aides", windows=(whose(ONE + 120, "teachers"), whose(ONE, "aides"))),
            "window",
            [("c", "")],
        ),
        (with_lead(skills=(Skill(Role.LEAD, date(2026, 8, 31)), Skill(Role.CO_LEAD))), "skill", BOTH),
        (with_lead(free=windows(0, starts=8 * 60, minutes=6 * 60)), "free", [("c", "lead")]),
        (with_lead(busy=windows(0, starts=8 * 60, minutes=5 * 60 - 20)), "busy", [("a b", "lead")]),
        (with_lead(most_per_day=1), "day_full", [("c", "lead")]),
        (with_lead(most_per_week=1), "week_full", [("c", "lead")]),
        (with_lead(most_per_week=2, calls=(TUESDAY,)), "week_full", [("c", "lead")]),
        (with_site(2, place=at_km(24)), "taken", [("c", "lead")]),
        (
            with_lead(moves=(Move("lead later", TUESDAY, at_km(60)),), travel_limit_km=60),
            "travel_limit",
            [("a b", "lead")],
        ),
        (replace(CASE, travel=Travel(legs=(Leg("c", "a", 1, 46),))), "taken", [("c", "lead")]),
    ],
)
def test_a_plan_is_measured_against_the_problem_as_it_is(
    case: Problem, rule: str, where: list[tuple[str, str]]
) -> None:
    found = check(case, SOUND)
    assert [(" ".join(each.sites), each.member) for each in found] == where
    assert {each.rule for each in found} == {rule}


def test_an_exclusion_holds_on_its_own_days_only() -> None:
    before, after = Excluded("lead", until=date(2026, 8, 31)), Excluded("lead", since=date(2026, 9, 2))
    assert check(with_site(1, excluded=(before, after, Excluded("nobody"))), SOUND) == []
    assert check(with_lead(certified_on=TUESDAY, certified_until=TUESDAY), SOUND) == []
    assert check(with_lead(in_post_from=TUESDAY, in_post_until=TUESDAY), SOUND) == []


def test_two_audiences_of_a_site_are_two_sessions_and_nobody_is_in_both_at_once() -> None:
    hours = whose(ONE, "teachers"), whose(ONE + 30, "aides"), whose(ONE + 75, "aides")
    sites = [site("s teachers", audience="teachers", windows=hours), site("s aides", audience="aides", windows=hours)]
    case = problem(sites, [member("m", most_per_day=2), member("n")])

    def found(starts: int, who: str) -> list[tuple[str, tuple[str, ...]]]:
        team = (Assigned(who, Role.LEAD),)
        aides = Placement(("s aides",), TUESDAY, starts, starts + 60, team)
        teachers = Placement(("s teachers",), TUESDAY, ONE, TWO, (Assigned("m", Role.LEAD),))
        plan = Answer(Stage.DONE, (teachers, aides), (), Proof(0))
        return [(each.rule, each.sites) for each in check(case, plan)]

    assert found(ONE + 75, "m") == []
    assert found(ONE + 30, "m") == [("taken", ("s aides",))]
    assert found(ONE + 30, "n") == []
    assert found(ONE, "n") == [("window", ("s aides",))]


def test_the_way_between_two_sessions_is_needed_to_the_minute() -> None:
    assert check(with_site(2, place=at_km(23)), SOUND) == []  # 29.9 km of road are 45 minutes, 15 for parking: the gap
    found = check(with_site(2, place=at_km(23.2)), SOUND)
    assert [(each.rule, each.detail) for each in found] == [("taken", "60 minutes instead of 61")]


def test_online_nobody_travels() -> None:
    assert check(with_site(2, place=at_km(900), region="S", mode=Mode.ONLINE), SOUND) == []
