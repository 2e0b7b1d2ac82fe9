"""Who is free, with the first reason that speaks; borders as a table."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from upstander.engines.matching import (
    Away,
    Base,
    Booked,
    Days,
    Member,
    Point,
    Reason,
    Span,
    Wanted,
    Weekly,
    candidates,
    home_spot,
    site_spot,
    travel_minutes,
    weigh,
    weigh_call,
)
from upstander.engines.planning import Leg, Travel
from upstander.engines.planning.ways import Ways, great_circle_km

DAY = dt.date(2026, 11, 18)  # a Wednesday
HOME = Point(37.5, -122.3)
TEN_KM_NORTH = Point(37.59, -122.3)


def moment(hour: int, minute: int = 0, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=dt.UTC)


def span(first: tuple[int, int], last: tuple[int, int], day: dt.date = DAY) -> Span:
    return Span(moment(*first, day), moment(*last, day))


def wanted(**more: Any) -> Wanted:
    values = {
        "span": span((14, 0), (15, 0)),
        "on": DAY,
        "starts": dt.time(14),
        "ends": dt.time(15),
        "site": 1,
        "place": TEN_KM_NORTH,
        "languages": frozenset({"en"}),
        **more,
    }
    return Wanted(**values)


def member(key: int = 1, **more: Any) -> Member:
    values = {
        "key": key,
        "bases": [Base(DAY, HOME)],
        "languages": frozenset({"en", "es"}),
        "most_per_day": 2,
        "most_per_week": 3,
        "weekly": [Weekly(2, dt.time(8), dt.time(17))],
        **more,
    }
    return Member(**values)


def booked(first: tuple[int, int], last: tuple[int, int], *, site: int = 2, day: dt.date = DAY, **more: Any) -> Booked:
    return Booked(span(first, last, day), day, site, **{"place": HOME, **more})


def test_distance_on_the_globe() -> None:
    assert great_circle_km(HOME, HOME) == 0
    assert great_circle_km(HOME, TEN_KM_NORTH) == pytest.approx(10.0, abs=0.1)
    assert great_circle_km(Point(34.05, -118.24), Point(40.71, -74.01)) == pytest.approx(3936, rel=0.01)


@pytest.mark.parametrize(("way", "minutes"), [(0, 15), (14, 30), (15, 30), (16, 35), (50, 65)])
def test_travel_is_rounded_up_to_five_minutes(way: int, minutes: int) -> None:
    home, there = home_spot(HOME), site_spot(1, TEN_KM_NORTH)
    ways = Ways(Travel(legs=(Leg(home[0], there[0], 10, way),)))
    assert travel_minutes(ways, home, there) == minutes
    assert travel_minutes(Ways(Travel()), home, there) == 35, "13 km along the road"
    assert travel_minutes(ways, home, site_spot(2, None)) == 0


REASONS = [
    ({}, {}, Reason.FREE),
    ({"languages": frozenset({"es"})}, {}, Reason.LANGUAGE),
    ({}, {"languages": frozenset({"en", "es"})}, Reason.FREE),
    ({"away": [Away(DAY, DAY + dt.timedelta(days=1))]}, {}, Reason.AWAY),
    ({"away": [Away(DAY - dt.timedelta(days=1), DAY)]}, {}, Reason.FREE),
    ({"away": [Away(DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=2))]}, {}, Reason.FREE),
    ({"weekly": []}, {}, Reason.OUTSIDE_HOURS),
    ({"weekly": [Weekly(2, dt.time(14), dt.time(15))]}, {}, Reason.FREE),
    ({"weekly": [Weekly(2, dt.time(14, 1), dt.time(15))]}, {}, Reason.OUTSIDE_HOURS),
    ({"weekly": [Weekly(2, dt.time(14), dt.time(14, 59))]}, {}, Reason.OUTSIDE_HOURS),
    ({"weekly": [Weekly(1, dt.time(8), dt.time(17))]}, {}, Reason.OUTSIDE_HOURS),
    ({"booked": [booked((14, 59), (16, 0))]}, {}, Reason.SESSION),
    ({"booked": [booked((15, 0), (16, 0), site=1)]}, {}, Reason.FREE),
    ({"booked": [booked((15, 34), (17, 0))]}, {}, Reason.TRAVEL),
    ({"booked": [booked((15, 35), (17, 0))]}, {}, Reason.FREE),
    ({"booked": [booked((12, 0), (13, 26))]}, {}, Reason.TRAVEL),
    ({"booked": [booked((15, 14), (17, 0), place=TEN_KM_NORTH)]}, {}, Reason.TRAVEL),
    ({"booked": [booked((15, 15), (17, 0), place=TEN_KM_NORTH)]}, {}, Reason.FREE),
    ({"booked": [booked((15, 34), (17, 0), online=True)]}, {}, Reason.TRAVEL),
    ({"booked": [booked((15, 35), (17, 0), online=True)]}, {}, Reason.FREE),
    ({"booked": [booked((15, 0), (16, 0), online=True)]}, {"online": True}, Reason.FREE),
    ({"booked": [booked((15, 34), (16, 0), place=TEN_KM_NORTH)]}, {"online": True}, Reason.TRAVEL),
    ({"booked": [booked((15, 35), (16, 0), place=TEN_KM_NORTH)]}, {"online": True}, Reason.FREE),
    ({"busy": [span((15, 34), (16, 0))]}, {}, Reason.BUSY),
    ({"busy": [span((15, 35), (16, 0))]}, {}, Reason.FREE),
    ({"busy": [span((13, 0), (13, 26))]}, {}, Reason.BUSY),
    ({"busy": [span((15, 0), (16, 0))]}, {"online": True}, Reason.FREE),
    ({"most_per_day": 1, "booked": [booked((8, 0), (9, 0))]}, {}, Reason.DAY_FULL),
    ({"most_per_week": 1, "booked": [booked((8, 0), (9, 0), day=DAY - dt.timedelta(days=2))]}, {}, Reason.WEEK_FULL),
    ({"most_per_week": 1, "booked": [booked((8, 0), (9, 0), day=DAY - dt.timedelta(days=3))]}, {}, Reason.FREE),
]


ONE = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("posts", "reason", "detail"),
    [
        ([Days(DAY, DAY + ONE)], Reason.FREE, {}),
        ([Days(DAY - ONE, None)], Reason.FREE, {}),
        ([Days(DAY - ONE, DAY)], Reason.LEFT, {"ends_on": DAY}),
        ([Days(DAY + ONE, None)], Reason.NOT_YET, {"starts_on": DAY + ONE}),
        ([Days(DAY - 2 * ONE, DAY), Days(DAY + ONE, None)], Reason.NOT_YET, {"starts_on": DAY + ONE}),
        ([Days(DAY - 2 * ONE, DAY), Days(DAY, None)], Reason.FREE, {}),
        ([], Reason.LEFT, {"ends_on": None}),
        (None, Reason.FREE, {}),
    ],
)
def test_nobody_holds_a_session_before_the_first_or_after_the_last_day_in_the_cadre(
    posts: list[Days] | None, reason: Reason, detail: dict[str, object]
) -> None:
    found = weigh(member(in_post=posts), wanted())
    assert (found.reason, found.detail) == (reason, detail)


@pytest.mark.parametrize(("who", "what", "reason"), REASONS)
def test_each_rule_speaks_at_its_border_and_not_before(
    who: dict[str, Any], what: dict[str, Any], reason: Reason
) -> None:
    assert weigh(member(**who), wanted(**what)).reason is reason


def test_free_ones_first_then_by_distance_with_the_unknown_last() -> None:
    far, near = member(1, bases=[Base(DAY, Point(38.5, -122.3))]), member(2)
    taken = member(3, bases=[Base(DAY, TEN_KM_NORTH)], weekly=[])
    found = candidates([far, taken, near], wanted())
    assert [each.member.key for each in found] == [2, 1, 3]
    assert [each.is_free for each in found] == [True, True, False]
    online = candidates([far, near], wanted(online=True))
    assert [(each.member.key, each.distance_km, each.travel_minutes) for each in online] == [(1, None, 0), (2, None, 0)]


def test_a_site_without_a_place_on_the_map_costs_no_travel_and_has_no_distance() -> None:
    found = weigh(member(), wanted(place=None))
    assert (found.distance_km, found.travel_minutes, found.reason) == (None, 0, Reason.FREE)


def test_the_way_begins_at_the_base_of_the_day() -> None:
    moved = member(bases=[Base(DAY, HOME), Base(DAY + dt.timedelta(days=1), TEN_KM_NORTH)])
    distances = [weigh(moved, wanted(on=DAY + dt.timedelta(days=days))).distance_km for days in (-1, 0, 1)]
    assert [round(each or 0) for each in distances] == [13, 13, 0]


def test_the_way_is_from_site_to_site_and_not_over_the_base() -> None:
    far = Point(37.15, -122.3)  # 39 km south of both
    two = member(bases=[Base(DAY, far)], booked=[booked((16, 0), (17, 0), place=Point(37.58, -122.3))])
    assert weigh(two, wanted()).reason is Reason.FREE
    legs = (Leg(site_spot(1, None)[0], site_spot(2, None)[0], 50, 75),)
    assert weigh(replace(two, ways=Ways(Travel(legs=legs))), wanted()).reason is Reason.TRAVEL


def test_what_people_allowed_is_passed_over_and_nothing_else() -> None:
    who = member(weekly=[], most_per_day=0)
    assert weigh(who, wanted()).reason is Reason.OUTSIDE_HOURS
    assert weigh(who, wanted(), frozenset({Reason.OUTSIDE_HOURS})).reason is Reason.DAY_FULL
    both = frozenset({Reason.OUTSIDE_HOURS, Reason.DAY_FULL})
    assert weigh(who, wanted(), both).reason is Reason.FREE


def test_a_session_shares_the_week_with_calls() -> None:
    booked_once = [booked((8, 0), (9, 0), day=DAY - dt.timedelta(days=1))]
    who = member(most_per_week=3, booked=booked_once)
    last_week = DAY - dt.timedelta(days=7)
    assert weigh(replace(who, calls=[DAY, last_week]), wanted()).reason is Reason.FREE
    full = weigh(replace(who, calls=[DAY, DAY]), wanted())
    assert (full.reason, full.detail) == (Reason.WEEK_FULL, {"count": 3})


def test_a_call_asks_for_no_hour_and_no_way_and_counts_toward_the_week_only() -> None:
    sessions = [Booked(span((8, 0), (17, 0)), DAY, 7), Booked(span((8, 0), (9, 0)), DAY, 8)]
    asked: dict[str, Any] = {"site": 1, "on": DAY, "languages": frozenset({"en"}), "offering": ""}
    busy = member(weekly=(), booked=sessions, busy=[span((0, 0), (23, 0))], travel_limit_km=1)
    assert weigh_call(busy, **asked).reason is Reason.FREE
    assert weigh_call(replace(busy, calls=[DAY]), **asked).reason is Reason.WEEK_FULL
    last_week = DAY - dt.timedelta(days=7)
    assert weigh_call(replace(busy, calls=[last_week]), **asked).reason is Reason.FREE
