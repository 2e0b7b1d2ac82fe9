"""WHO then WHEN: as cheap as trying all plans, the same again, stopped when asked, few moves when planning again."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.planning.cases import ONE, TUESDAY, TWO, member, problem, site, tuesday, windows
from tests.engines.planning.oracle import cheapest

from upstander.engines.planning import (
    Assigned,
    Fixed,
    Member,
    Problem,
    Progress,
    Role,
    Site,
    Skill,
    Stage,
    check,
    draft,
    plan,
)


@st.composite
def tiny(draw: st.DrawFn) -> Problem:
    """Three sites and three members at most, two windows a site."""

    def a_site(number: int) -> Site:
        on = draw(st.lists(st.sampled_from([0, 1]), min_size=1, max_size=2, unique=True))
        late = draw(st.sampled_from([0, 60, 110]))
        return site(
            f"s{number}",
            draw(st.integers(0, 40)),
            windows=windows(*on, starts=ONE + late),
            is_pair=draw(st.booleans()),
            wishes=draw(st.frozensets(st.just(TUESDAY))),
        )

    def a_member(number: int) -> Member:
        role = draw(st.sampled_from([Role.LEAD, Role.LEAD, Role.CO_LEAD]))
        on = draw(st.sets(st.sampled_from([0, 1]), min_size=1))
        most = draw(st.sampled_from([1, 2]))
        return member(f"m{number}", draw(st.integers(0, 40)), tuple(on), skills=(Skill(role),), most_per_day=most)

    sites = [a_site(number) for number in range(draw(st.integers(1, 3)))]
    return problem(sites, [a_member(number) for number in range(draw(st.integers(1, 3)))])


@settings(max_examples=40, deadline=None)
@given(tiny())
def test_no_plan_is_cheaper(tiny_one: Problem) -> None:
    answer = plan(tiny_one, good_enough=0)
    best = cheapest(tiny_one)
    assert answer.proof.cost == best
    assert answer.proof.bound in (None, best)  # none where nobody can go anywhere


YEAR = problem(
    [site(f"s{n}", 7 * n % 40, on=tuple(sorted({n % 5, n % 7, n % 9})), is_pair=n % 6 == 0) for n in range(24)],
    [member(f"m{n}", 13 * n % 40) for n in range(5)],
)


def test_the_same_problem_gives_the_same_plan_and_tells_how_it_goes_on() -> None:
    told: list[Progress] = []
    answer = plan(YEAR, tell=told.append)
    assert answer == plan(YEAR)
    assert check(YEAR, answer) == []
    assert (answer.stage, answer.unplaced, answer.proof.is_stopped) == (Stage.DONE, (), False)
    assert answer.proof.gap is not None
    assert answer.proof.gap <= 0.01
    assert told[0] == Progress(Stage.DRAFT, draft(YEAR).proof.cost, None, told[0].seconds)
    assert [each.seconds for each in told] == sorted(each.seconds for each in told)


def test_who_asks_to_stop_gets_the_best_so_far() -> None:
    answer = plan(YEAR, is_cancelled=lambda: True)
    assert answer.proof.is_stopped
    assert check(YEAR, answer) == []
    assert plan(YEAR, limit_seconds=0) == replace(draft(YEAR), proof=plan(YEAR, limit_seconds=0).proof)


def agreed(problem: Problem, *, pinned: frozenset[str] = frozenset()) -> tuple[Fixed, ...]:
    """The whole plan as people have agreed it."""
    return tuple(
        Fixed(each.sites, each.day, each.starts, each.members, is_pinned=each.sites[0] in pinned)
        for each in plan(problem).placements
    )


def test_planning_again_moves_nothing_without_need() -> None:
    again = plan(replace(YEAR, fixed=agreed(YEAR, pinned=frozenset({"s3"}))))
    assert again.moved == ()
    assert {each.sites: each.day for each in again.placements} == {
        each.sites: each.day for each in plan(YEAR).placements
    }


def test_planning_again_after_an_absence_moves_only_what_it_must_and_names_it() -> None:
    fixed = agreed(YEAR)
    (gone,) = [each for each in fixed if each.sites == ("s8",)]
    who = gone.members[0].member
    cadre = [
        replace(each, free=tuple(w for w in each.free if w.day != gone.day)) if each.ref == who else each
        for each in YEAR.members
    ]
    case = replace(YEAR, members=tuple(cadre), fixed=fixed)
    again = plan(case)
    assert again.moved == ("s8",)
    assert check(case, again) == []


def test_what_one_member_cannot_hold_together_goes_back_to_who() -> None:
    """Two windows a day look free to WHO, but the three starts of one afternoon only fit two of the three sites."""
    sites = [site(f"s{n}", 0, windows=windows(0, minutes=150)) for n in range(3)]
    cadre = [member("near", 0, most_per_day=3), member("far", 30, most_per_day=3)]
    answer = plan(problem(sites, cadre))
    assert answer.unplaced == ()
    assert check(problem(sites, cadre), answer) == []
    loads = sorted(each.members[0].member for each in answer.placements)
    assert loads in (["far", "near", "near"], ["far", "far", "near"])


@pytest.mark.parametrize("pinned", [True, False])
def test_a_wish_is_met_unless_the_way_is_longer(pinned: bool) -> None:
    wishing = site("a", on=(0, 1), wishes=frozenset({tuesday(1)}))
    (placement,) = plan(problem([wishing], [member("m", 1)])).placements
    assert placement.day == tuesday(1)
    fixed = (Fixed(("a",), TUESDAY, TWO, (Assigned("m", Role.LEAD),), is_pinned=pinned),)
    (kept,) = plan(problem([wishing], [member("m", 1)], fixed=fixed)).placements
    assert (kept.day, kept.starts) == (TUESDAY, TWO)


def test_a_pair_far_from_every_lead_still_finds_one() -> None:
    """Thirteen co-leads live nearer than the only two leads."""
    cadre = [member(f"co{n}", n, skills=(Skill(Role.CO_LEAD),)) for n in range(13)]
    case = problem([site("a", is_pair=True)], [*cadre, member("lead", 40), member("other", 50)])
    (placement,) = plan(case, good_enough=0).placements
    assert placement.members == (Assigned("lead", Role.LEAD), Assigned("co0", Role.CO_LEAD))
