"""Merging presence: any order, any repetition, any clock; nothing lost, nothing counted twice."""

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstander.commands.measures.presence import simulated, troubles
from upstander.engines.presence import (
    NOBODY,
    Event,
    Gathered,
    Kind,
    Presence,
    gather,
    merged,
    moment_of,
    number_key,
    presences,
)

BEGINS = dt.datetime(2026, 11, 18, 22, 0, tzinfo=dt.UTC)
ENDS = BEGINS + dt.timedelta(hours=1)


def after(minutes: float) -> dt.datetime:
    return BEGINS + dt.timedelta(minutes=minutes)


def event(kind: Kind, minute: float, *, who: str = "7", counter: int = 1, device: str = "A", person: str = "") -> Event:
    return Event("S", device, counter, kind, who, after(minute), person)


def seen(*events: Event, who: str = "7") -> Presence:
    return presences(gather(events))[0].get(("S", who), NOBODY)


some_events = st.lists(
    st.builds(
        Event,
        st.sampled_from(["S", "T"]),
        st.sampled_from(["", "A", "B"]),
        st.integers(1, 6),
        st.sampled_from(Kind),
        st.sampled_from(["7", "8", "#N-1", "#N-2"]),
        st.integers(-30, 90).map(after),
        st.sampled_from(["", "7", "9"]),
    ),
    max_size=25,
)


@given(some_events, some_events, some_events)
def test_merging_does_not_care_who_is_asked_first_or_twice(a: list[Event], b: list[Event], c: list[Event]) -> None:
    one, two, three = gather(a), gather(b), gather(c)
    assert merged(one, two) == merged(two, one)
    assert merged(merged(one, two), three) == merged(one, merged(two, three))
    assert merged(one, one) == one
    assert gather([*a, *b, *a]) == merged(one, two)


@given(some_events, st.randoms(use_true_random=False))
def test_any_order_says_the_same(events: list[Event], rng: random.Random) -> None:
    shuffled = [*events, *events]
    rng.shuffle(shuffled)
    assert presences(gather(shuffled)) == presences(gather(events))


@given(some_events)
def test_a_person_counts_once_at_the_earliest_arrival(events: list[Event]) -> None:
    gathered: Gathered = gather(events)
    matched = any(one.kind is Kind.MATCHED for one in gathered.values())
    people, _numbers = presences(gathered)
    for (session, person), presence in people.items():
        arrivals = [
            one.moment for one in gathered.values() if (one.session, one.who) == (session, person) and one.kind in CAME
        ]
        if not matched:
            assert presence.arrived_at == min(arrivals, default=None)


CAME = {Kind.ARRIVED, Kind.LET_IN, Kind.JOINED, Kind.STAYED}
A_DAY = [
    ("a code that got around does not put back", [(Kind.ARRIVED, 0), (Kind.STRUCK, 5), (Kind.ARRIVED, 6)], False, None),
    ("the same hand puts back", [(Kind.LET_IN, 0), (Kind.STRUCK, 5), (Kind.LET_IN, 9)], True, None),
    ("taken back before it was heard of", [(Kind.STRUCK, 5), (Kind.ARRIVED, 0)], False, None),
    ("left early", [(Kind.ARRIVED, 0), (Kind.LEFT, 40)], True, 40),
    ("left and came back", [(Kind.ARRIVED, 0), (Kind.LEFT, 20), (Kind.ARRIVED, 30)], True, None),
    ("left twice", [(Kind.ARRIVED, 0), (Kind.LEFT, 20), (Kind.ARRIVED, 30), (Kind.LEFT, 50)], True, 50),
    ("nobody leaves who never came", [(Kind.LEFT, 20)], False, 20),
]


@pytest.mark.parametrize(("_says", "told", "is_present", "left"), A_DAY)
def test_what_a_day_says(_says: str, told: list[tuple[Kind, int]], is_present: bool, left: int | None) -> None:
    found = seen(*(event(kind, minute, counter=number) for number, (kind, minute) in enumerate(told)))
    assert found.is_present is is_present
    assert found.left_at == (None if left is None else after(left))


@pytest.mark.parametrize(
    ("arrived", "left", "minutes"), [(-20, None, 60), (12.5, None, 48), (0, 40, 40), (10, 40, 30), (70, None, 0)]
)
def test_minutes_are_those_of_the_session(arrived: float, left: float | None, minutes: int) -> None:
    told = [event(Kind.ARRIVED, arrived)]
    if left is not None:
        told.append(event(Kind.LEFT, left, counter=2))
    assert seen(*told).minutes(BEGINS, ENDS) == minutes


def test_a_number_becomes_its_person_with_its_own_arrival_and_the_later_match_counts() -> None:
    typed = event(Kind.ARRIVED, 3, who=number_key("N-1"))
    wrong = event(Kind.MATCHED, 20, who=number_key("N-1"), person="8", counter=2)
    right = event(Kind.MATCHED, 25, who=number_key("N-1"), person="7", counter=3)
    people, numbers = presences(gather([right, typed, wrong]))
    assert numbers == {}
    assert {person: each.arrived_at for (_session, person), each in people.items()} == {"7": after(3)}
    aside = event(Kind.MATCHED, 30, who=number_key("N-1"), counter=4)
    assert presences(gather([right, typed, wrong, aside])) == ({}, {})
    assert presences(gather([typed]))[1][("S", "#N-1")].arrived_at == after(3)


@pytest.mark.parametrize("hours_wrong", [-30, -1, 0, 0.01, 5])
def test_a_wrong_clock_is_set_right_and_kept_within_what_is_proven(hours_wrong: float) -> None:
    wrong = dt.timedelta(hours=hours_wrong)
    bounds = {"received": after(50), "earliest": after(0), "latest": after(50)}
    assert moment_of(after(10) + wrong, sent=after(50) + wrong, **bounds) == after(10)
    reset = moment_of(after(10) + wrong, sent=after(50), **bounds)  # the clock was changed in between
    assert after(0) <= reset <= after(50)


def test_twenty_thousand_simulated_events_lose_nothing_and_double_nothing() -> None:
    hall = simulated(20_000, seed=4)
    assert len(hall.events) >= 20_000
    assert troubles(hall) == (0, 0)
