"""Random small problems: streets with few sites and members, full of closed days, busy times, pairs and pins."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st
from tests.engines.planning.cases import ONE, at_km, member, problem, site, tuesday, windows

from upstander.engines.planning import (
    Assigned,
    Excluded,
    Fixed,
    Leg,
    Member,
    Mode,
    Move,
    Problem,
    Role,
    Site,
    Skill,
    Travel,
    Weights,
    Window,
)

TUESDAYS = range(4)
DAYS = st.sampled_from([tuesday(number) for number in TUESDAYS])
SPOKEN = st.frozensets(st.sampled_from(["es", "hy"]), max_size=1)
AROUND = st.none() | DAYS
PLACES = st.none() | st.integers(0, 60).map(at_km)
TEACHERS, AIDES = "teachers", "aides"
STRETCHES = st.builds(
    lambda day, starts, minutes: Window(day, starts, starts + minutes),
    DAYS,
    st.sampled_from([ONE - 60, ONE, ONE + 30, ONE + 120]),
    st.sampled_from([60, 90, 150]),
)
HOURS = st.builds(lambda window, whose: replace(window, audience=whose), STRETCHES, st.sampled_from([TEACHERS, AIDES]))


@st.composite
def sites(draw: st.DrawFn, number: int) -> Site:
    """One site with up to three windows, which may be those of a part of its staff."""
    return site(
        f"s{number}",
        windows=tuple(draw(st.lists(draw(st.sampled_from([STRETCHES, STRETCHES, HOURS])), max_size=3))),
        audience=draw(st.sampled_from([TEACHERS, AIDES])),
        place=draw(PLACES),
        region=draw(st.sampled_from("RRRS")),
        minutes=draw(st.sampled_from([45, 60])),
        languages=draw(SPOKEN),
        mode=draw(st.sampled_from([Mode.IN_PERSON, Mode.IN_PERSON, Mode.ONLINE, Mode.HYBRID])),
        together=draw(st.sampled_from(["", "", "g"])),
        is_pair=draw(st.sampled_from([False, False, True])),
        wishes=draw(st.frozensets(DAYS, max_size=1)),
        closed=draw(st.frozensets(DAYS, max_size=1)),
        head_count=draw(st.integers(0, 12)),
        seats=draw(st.sampled_from([0, 0, 10])),
        excluded=draw(st.sampled_from([(), ()]) | st.tuples(st.builds(Excluded, st.just("m0"), AROUND, AROUND))),
    )


@st.composite
def members(draw: st.DrawFn, number: int) -> Member:
    """One member; most can lead, most are free."""
    roles = st.sampled_from([Role.LEAD, Role.LEAD, Role.CO_LEAD, Role.SHADOW])
    return member(
        f"m{number}",
        draw(st.integers(0, 60)),
        skills=tuple(draw(st.lists(st.builds(Skill, roles, AROUND), min_size=1, max_size=2))),
        free=windows(*draw(st.sets(st.sampled_from(TUESDAYS), min_size=1)), starts=9 * 60, minutes=8 * 60),
        regions=draw(st.frozensets(st.just("S"))),
        languages=draw(SPOKEN),
        busy=tuple(draw(st.lists(STRETCHES, max_size=1))),
        most_per_day=draw(st.sampled_from([1, 2, 3])),
        most_per_week=draw(st.sampled_from([1, 2, 5])),
        calls=tuple(draw(st.lists(st.sampled_from([tuesday(1), tuesday(2)]), max_size=1))),
        travel_limit_km=draw(st.sampled_from([None, None, 30.0])),
        certified_on=draw(st.sampled_from([None, None, tuesday(1)])),
        in_post_from=draw(st.sampled_from([None, None, tuesday(1)])),
        in_post_until=draw(st.sampled_from([None, None, tuesday(2)])),
        certified_until=draw(st.sampled_from([None, None, tuesday(2)])),
        released_until=draw(st.sampled_from([None, None, tuesday(2)])),
        moves=draw(st.sampled_from([(), ()]) | st.tuples(st.builds(Move, st.just(f"m{number} later"), DAYS, PLACES))),
    )


@st.composite
def problems(draw: st.DrawFn, most_sites: int = 6, most_members: int = 4) -> Problem:
    """A whole problem; some sites train two audiences apart, some sessions are agreed already, some of those pinned."""
    listed = [draw(sites(number)) for number in range(draw(st.integers(1, most_sites)))]
    listed += [other for each in listed if not each.together and draw(st.booleans()) for other in _others_of(each)]
    cadre = [draw(members(number)) for number in range(draw(st.integers(1, most_members)))]
    made = problem(
        listed,
        cadre,
        closed=draw(st.frozensets(DAYS, max_size=1)),
        travel=Travel(legs=draw(st.sampled_from([(), (Leg("s0", "m0", 3.0, 100), Leg("s0", "s1", 1.0, 5))]))),
        weights=Weights(moved=draw(st.sampled_from([0, 200]))),
    )
    return replace(made, fixed=tuple(draw(_agreed(made))))


def _others_of(each: Site) -> list[Site]:
    """The same site once more, for the other audience, where it has hours of audiences."""
    other = AIDES if each.audience == TEACHERS else TEACHERS
    parted = any(window.audience for window in each.windows)
    return [replace(each, ref=f"{each.ref} {other}", audience=other)] if parted else []


@st.composite
def _agreed(draw: st.DrawFn, made: Problem) -> list[Fixed]:
    """Agreed sessions of sites that are alone, sensible or not: people agree on what no rule allows."""
    alone = [each.ref for each in made.sites if not each.together]
    chosen = draw(st.lists(st.sampled_from(alone), max_size=2, unique=True)) if alone else []
    found = []
    for ref in chosen:
        day: date = draw(DAYS)
        who = Assigned(draw(st.sampled_from(made.members)).ref, Role.LEAD)
        found.append(Fixed((ref,), day, ONE, (who,), is_pinned=draw(st.booleans())))
    return found
