"""The instant draft: who is taken, what gives way, and what is said of the rest."""

from datetime import date
from typing import Any

import pytest
from tests.engines.planning.cases import ONE, TUESDAY, TWO, at_km, member, problem, site, tuesday, windows

from upstander.engines.planning import (
    Assigned,
    Excluded,
    Fixed,
    Latest,
    Leg,
    Member,
    Mode,
    Move,
    Placement,
    Reason,
    Role,
    Rule,
    Site,
    Skill,
    Step,
    Travel,
    Window,
    draft,
)


def led(ref: str, day: date, who: str, starts: int = ONE) -> Placement:
    return Placement((ref,), day, starts, starts + 60, (Assigned(who, Role.LEAD),))


def test_the_nearest_free_member_goes_on_the_earliest_day() -> None:
    answer = draft(problem([site("a", 10, on=(1, 0))], [member("far", 30), member("near", 12)]))
    assert answer.placements == (led("a", TUESDAY, "near"),)
    assert (answer.travel_km, answer.busiest, answer.proof.cost) == (5, 1, 25)
    assert answer.latest == Latest(TUESDAY, TUESDAY)


def test_the_site_with_fewer_windows_comes_first_and_work_is_shared() -> None:
    answer = draft(problem([site("a", on=(0, 1)), site("b", on=(0,))], [member("m")]))
    assert answer.placements == (led("b", TUESDAY, "m"), led("a", tuesday(1), "m"))


def test_one_session_gives_way_where_that_places_both() -> None:
    sites = [site("a", on=(0,)), site("b", on=(0, 1), languages=frozenset({"es"}))]
    both = [member("m", languages=frozenset({"es"})), member("n", on=(1,), languages=frozenset({"es"}))]
    assert draft(problem([*sites, site("c", on=(1,))], both)).unplaced == ()


def test_sites_that_are_trained_together_share_one_session_in_a_window_of_all() -> None:
    small = [
        site("a", on=(0, 1), together="g", head_count=5),
        site("b", 3, on=(1, 2), together="g", head_count=9, is_pair=True, languages=frozenset({"es"})),
    ]
    cadre = [member("co", skills=(Skill(Role.CO_LEAD),)), member("lead", 9, languages=frozenset({"es"}))]
    (placement,) = draft(problem(small, cadre)).placements
    assert placement == Placement(
        ("a", "b"), tuesday(1), ONE, TWO, (Assigned("lead", Role.LEAD), Assigned("co", Role.CO_LEAD))
    )


def test_two_sessions_on_a_day_keep_the_way_between_them() -> None:
    """Ten kilometres of street are 13 of road, 20 minutes, and 15 for parking: half past two is too early."""
    cadre = [member("m", most_per_day=2)]
    late = problem([site("a", 0), site("b", 10, windows=windows(0, starts=ONE + 95))], cadre)
    assert len(draft(late).placements) == 2
    early = problem([site("a", 0), site("b", 10, windows=windows(0, starts=ONE + 94))], cadre)
    assert len(draft(early).placements) == 1


def test_agreed_sessions_stay_and_a_pinned_one_stays_even_against_a_rule() -> None:
    agreed = Fixed(("a",), tuesday(3), TWO, (Assigned("far", Role.LEAD),))
    pinned = Fixed(("b",), tuesday(4), TWO, (Assigned("near", Role.LEAD),), is_pinned=True)
    cadre = [member("far", 40), member("near", on=())]
    answer = draft(problem([site("a"), site("b")], cadre, fixed=(agreed, pinned)))
    assert answer.moved == ()
    assert answer.placements == (
        led("a", tuesday(3), "far", TWO),
        Placement(("b",), tuesday(4), TWO, TWO + 60, (Assigned("near", Role.LEAD),), is_pinned=True),
    )


def test_an_agreed_session_that_cannot_stay_is_moved_and_named() -> None:
    agreed = Fixed(("a",), tuesday(1), ONE, (Assigned("m", Role.LEAD),))
    answer = draft(problem([site("a", on=(0, 1))], [member("m")], fixed=(agreed,), closed=frozenset({tuesday(1)})))
    assert answer.placements == (led("a", TUESDAY, "m"),)
    assert answer.moved == ("a",)
    assert answer.proof.cost == 20 + 200


BOOKED = Fixed(("x",), TUESDAY, ONE, (Assigned("m", Role.LEAD),), is_pinned=True)
MORE = {"fixed": (BOOKED,)}
X = site("x", 1)


@pytest.mark.parametrize(
    ("wanted", "cadre", "more", "reason", "steps"),
    [
        (
            site("a", 31),
            member("m", travel_limit_km=40),
            {},
            Rule.TRAVEL_LIMIT,
            (Step(Rule.TRAVEL_LIMIT, "m", "40", "41"),),
        ),
        (site("a", languages=frozenset({"es"})), member("m"), {}, Rule.LANGUAGE, (Step(Rule.LANGUAGE, "m", "", "es"),)),
        (site("a", region="S"), member("m"), {}, Rule.REGION, (Step(Rule.REGION, "m", "", "S"),)),
        (
            site("a"),
            member("m", skills=(Skill(Role.LEAD, date(2026, 8, 31)),)),
            {},
            Rule.SKILL,
            (Step(Rule.SKILL, "m", "2026-08-31", "2026-09-01"),),
        ),
        (
            site("a"),
            member("m", skills=(Skill(Role.SHADOW),)),
            {},
            Rule.SKILL,
            (Step(Rule.SKILL, "m", "", "2026-09-01"),),
        ),
        (
            site("a"),
            member("m", released_until=date(2026, 8, 31)),
            {},
            Rule.RELEASED,
            (Step(Rule.RELEASED, "m", "2026-08-31", "2026-09-01"),),
        ),
        (
            site("a"),
            member("m", certified_on=date(2026, 9, 2)),
            {},
            Rule.CERTIFIED,
            (Step(Rule.CERTIFIED, "m", "2026-09-02", "2026-09-01"),),
        ),
        (site("a"), member("m", on=()), {}, Rule.FREE, (Step(Rule.FREE, "m"),)),
        (site("a", on=(0,)), member("m"), MORE, Rule.TAKEN, (Step(Rule.WINDOW),)),
        (
            site("a", windows=windows(0, starts=TWO + 60)),
            member("m", on=(0,)),
            MORE,
            Rule.DAY_FULL,
            (Step(Rule.DAY_FULL, "m", "1", "2"),),
        ),
        (
            site("a", on=(0,), windows=windows(0, starts=TWO + 60)),
            member("m", on=(0,), most_per_day=2, most_per_week=1),
            MORE,
            Rule.WEEK_FULL,
            (Step(Rule.WEEK_FULL, "m", "1", "2"),),
        ),
        (
            site("a", on=(0,)),
            member("m", on=(0,), most_per_week=1, calls=(date(2026, 9, 2),)),
            {},
            Rule.WEEK_FULL,
            (Step(Rule.WEEK_FULL, "m", "1", "2"),),
        ),
        (site("a", is_pair=True), member("m"), {}, Rule.PAIR, (Step(Rule.PAIR, "", "2", "1"),)),
        (
            site("a"),
            member("m", certified_until=date(2026, 8, 31)),
            {},
            Rule.CERTIFIED,
            (Step(Rule.CERTIFIED, "m", "2026-08-31", "2026-09-01"),),
        ),
        (site("a", excluded=(Excluded("m"),)), member("m"), {}, Rule.EXCLUDED, None),
        (site("a"), member("m", in_post_until=date(2026, 8, 31)), {}, Rule.IN_POST, None),
        (site("a"), member("m", in_post_from=date(2026, 9, 2)), {}, Rule.IN_POST, None),
        (site("a"), member("m", busy=windows(0), on=(0,)), {}, Rule.BUSY, None),
    ],
)
def test_what_is_not_placed_says_why_and_what_would_help(
    wanted: Site, cadre: Member, more: dict[str, Any], reason: Rule, steps: tuple[Step, ...] | None
) -> None:
    others = [site("y", 9, on=(1,), excluded=(Excluded("m"),))] if more else []  # so that the year is longer than a day
    found = {
        each.sites: each for each in draft(problem([wanted, *others, *([X] if more else [])], [cadre], **more)).unplaced
    }
    told = found["a",]
    assert told.reasons == (Reason(reason, 1),)
    assert (told.relaxation.steps if told.relaxation else None) == steps


def test_who_may_come_on_some_days_only_is_planned_on_those() -> None:
    year = (0, 1, 2, 3)
    kept = site("a", on=year, excluded=(Excluded("m", until=tuesday(1)), Excluded("m", since=tuesday(3))))
    assert draft(problem([kept], [member("m")])).placements[0].day == tuesday(2)
    lapsing = [member("m", certified_until=tuesday(0)), member("far", 9)]
    days = {each.sites: each for each in draft(problem([site("a", on=(0,)), site("b", on=(1,))], lapsing)).placements}
    assert [days[ref,].members[0].member for ref in "ab"] == ["m", "far"]


def test_each_audience_of_a_site_is_trained_in_its_own_hours() -> None:
    hours = (Window(tuesday(0), ONE, TWO, "teachers"), Window(tuesday(1), TWO, TWO + 60, "aides"))
    sites = [site(f"s {whose}", audience=whose, windows=hours) for whose in ("aides", "teachers", "leaders")]
    answer = draft(problem(sites, [member("m")]))
    found = [(each.sites, each.day, each.starts) for each in answer.placements]
    assert found == [(("s teachers",), tuesday(0), ONE), (("s aides",), tuesday(1), TWO)]
    assert [(each.sites, each.reasons) for each in answer.unplaced] == [(("s leaders",), (Reason(Rule.WINDOW, 0),))]


def test_the_way_begins_at_the_base_of_the_day() -> None:
    moving = member("m", 0, moves=(Move("m later", tuesday(2), at_km(20)),), travel_limit_km=20)
    sites = [site("a", 0, on=(1,)), site("b", 20, on=(2,)), site("c", 20, on=(1,)), site("d", 0, on=(3,))]
    answer = draft(problem(sites, [moving]))
    assert answer.placements == (led("a", tuesday(1), "m"), led("b", tuesday(2), "m"))
    assert answer.travel_km == 0
    told = {each.sites[0]: each.reasons for each in answer.unplaced}
    assert told == {"c": (Reason(Rule.TRAVEL_LIMIT, 1),), "d": (Reason(Rule.TRAVEL_LIMIT, 1),)}
    by_file = problem([site("b", 20, on=(2,))], [moving], travel=Travel(legs=(Leg("m later", "b", 7.0, 30),)))
    assert draft(by_file).travel_km == 14


def test_what_concerns_the_site_alone_is_said_of_no_member() -> None:
    sites = [site("a", on=()), site("b"), site("c", head_count=31, seats=30, on=(1,)), site("d", on=(2,))]
    told = {each.sites[0]: each for each in draft(problem(sites, [member("m")], closed=frozenset({TUESDAY}))).unplaced}
    assert {ref: each.reasons for ref, each in told.items()} == {
        "a": (Reason(Rule.WINDOW, 0),),
        "b": (Reason(Rule.CLOSED, 0),),
        "c": (Reason(Rule.ROOM, 0),),
    }
    assert told["c"].relaxation is not None
    assert told["c"].relaxation.steps == (Step(Rule.ROOM, "", "30", "31"),)
    assert told["a"].relaxation is not None
    assert told["a"].relaxation.placement.day == tuesday(1)


def test_online_sessions_know_no_region_and_no_distance() -> None:
    online = site("a", 900, region="elsewhere", mode=Mode.ONLINE)
    answer = draft(problem([online], [member("m", travel_limit_km=5)]))
    assert answer.placements == (led("a", TUESDAY, "m"),)
    assert answer.travel_km == 0
