"""A million offline events of wrong clocks, replays and shared tablets, merged: none lost, none doubled."""

import datetime as dt
import itertools
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from upstander.commands.measures.readings import Reading
from upstander.engines.presence import Event, Gathered, Kind, gather, merged, moment_of, presences

EVENTS, PARTS, SEED = 1_000_000, 7, 20260116
PEOPLE_PER_SESSION, TABLETS = 60, 3
BEGINS = dt.datetime(2026, 1, 16, 22, tzinfo=dt.UTC)
HOUR, SECOND = dt.timedelta(hours=1), dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Hall:
    """Events as they come in, and the truth they should tell: each one's true first second, by session and person."""

    events: list[Event]
    truth: dict[tuple[str, str], int]


def measure() -> list[Reading]:
    """Lost, doubled and wrongly timed among a million events, and how many are merged a second."""
    hall = simulated(EVENTS, seed=SEED)
    began = time.perf_counter()
    lost, doubled = troubles(hall)
    rate = len(hall.events) / (time.perf_counter() - began)
    return [
        Reading("offline events merged", len(hall.events), "events", at_least=EVENTS),
        Reading("people lost or with a wrong arrival", lost, "people", at_most=0),
        Reading("people counted twice or out of nothing", doubled, "people", at_most=0),
        Reading("offline events merged, rate", rate, "a second"),
    ]


def troubles(hall: Hall) -> tuple[int, int]:
    """Who is missing or has not their true arrival, and who is there that never came; merged in parts, as devices
    bring them."""
    parts: list[Gathered] = [gather(hall.events[number::PARTS]) for number in range(PARTS)]
    whole: Gathered = {}
    for part in parts:
        whole = merged(part, whole)
    people, numbers = presences(whole)
    arrived = {key: each.arrived_at for key, each in people.items() if each.is_present}
    lost = sum(arrived.get(key) != BEGINS + second * SECOND for key, second in hall.truth.items())
    return lost, len(arrived.keys() - hall.truth.keys()) + len(numbers)


def simulated(most: int, *, seed: int) -> Hall:
    """At least `most` events: each person checks in on a phone or a tablet of the room, many twice, some are ticked
    off as well; some are taken back, some leave; devices' clocks are wrong; a good part is sent again. Shuffled."""
    rng = random.Random(seed)
    events: list[Event] = []
    truth: dict[tuple[str, str], int] = {}
    for session in itertools.count():
        if len(events) >= most:
            break
        told = list(_session(f"S{session}", rng, truth))
        events += told + rng.choices(told, k=len(told) // 3)
    rng.shuffle(events)
    return Hall(events, truth)


def _session(session: str, rng: random.Random, truth: dict[tuple[str, str], int]) -> Iterator[Event]:
    drifts = [dt.timedelta(seconds=rng.randint(-90_000, 90_000)) for _ in range(TABLETS)]
    counters = [itertools.count(1) for _ in range(TABLETS)]
    for number in range(PEOPLE_PER_SESSION):
        person = str(number)
        first, fate = rng.randint(0, 1800), rng.random()
        told = [(first, Kind.ARRIVED)] + [(first + rng.randint(1, 900), Kind.ARRIVED)] * rng.randint(0, 2)
        if fate < 0.3:
            told.append((first + rng.randint(0, 900), Kind.LET_IN))
        if 0.3 <= fate < 0.35:
            told.append((first + 1000, Kind.STRUCK))
        else:
            truth[session, person] = first
        if fate > 0.9:
            told.append((first + 1200, Kind.LEFT))
        for second, kind in told:
            tablet = rng.randrange(TABLETS)
            device, counter = f"{session}-{tablet}", next(counters[tablet])
            yield Event(session, device, counter, kind, person, _corrected(second, drifts[tablet], rng))


def _corrected(second: int, drift: dt.timedelta, rng: random.Random) -> dt.datetime:
    """The moment as the server works it out from a device whose clock is off by `drift`."""
    received = BEGINS + HOUR + rng.randint(0, 90_000) * SECOND
    noted, sent = BEGINS + second * SECOND + drift, received + drift
    return moment_of(noted, sent=sent, received=received, earliest=BEGINS - HOUR, latest=received)
