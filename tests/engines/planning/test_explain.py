"""Why this member at this time; two plans side by side; the day on which all are trained."""

from dataclasses import replace

import pytest
from tests.engines.planning.cases import ONE, TUESDAY, TWO, member, problem, site, tuesday, windows

from upstander.engines.planning import (
    Alternative,
    Assigned,
    Change,
    Excluded,
    Figures,
    Fixed,
    Forecast,
    Placement,
    ProblemError,
    Reached,
    Role,
    Rule,
    Share,
    Step,
    compare,
    draft,
    forecast,
    why,
)

CASE = problem(
    [site("a", 10, on=(0, 1), wishes=frozenset({tuesday(1)})), site("b", 10, on=(0,)), site("c", on=())],
    [member("near", 11, most_per_day=2), member("far", 30, on=(0, 1, 2)), member("away", 0, on=(5,))],
)
PLAN = draft(CASE)


def test_a_choice_is_explained_by_what_others_would_cost_or_break() -> None:
    told = why(CASE, PLAN, "a")
    assert told.placement == Placement(("a",), tuesday(1), ONE, TWO, (Assigned("near", Role.LEAD),))
    assert told.shares == (Share("near", 3, 2),)
    assert (told.is_busiest, told.wishes_missed, told.unplaced) == (True, 0, None)
    assert told.alternatives == (
        Alternative(tuesday(1), ONE, "near", "far", 52 - 3 - 20, 52 - 3, ()),
        Alternative(tuesday(1), ONE, "near", "away", 26 - 3 - 20, 26 - 3, (Step(Rule.FREE, "away"),)),
        Alternative(TUESDAY, ONE, "", "", 10 - 1, 0, (Step(Rule.TAKEN, "near"),)),
    )


def test_each_member_of_a_pair_has_alternatives_of_their_own() -> None:
    case = problem([site("a", is_pair=True)], [member("m"), member("n", 1), member("o", 2)])
    told = why(case, draft(case), "a")
    assert [(each.instead_of, each.member, each.travel_km) for each in told.alternatives] == [
        ("n", "o", 2),
        ("m", "o", 5),
    ]


def test_what_has_no_place_shows_its_reasons_and_what_is_pinned_no_alternatives() -> None:
    assert why(CASE, PLAN, "c").unplaced == PLAN.unplaced[0]
    pinned = replace(CASE, fixed=(Fixed(("a",), TUESDAY, TWO, (Assigned("away", Role.LEAD),), is_pinned=True),))
    told = why(pinned, draft(pinned), "a")
    assert (told.shares, told.wishes_missed, told.alternatives) == ((Share("away", 26, 1),), 1, ())


def test_a_strange_site_or_plan_is_refused() -> None:
    with pytest.raises(ProblemError, match="the plan has no site x"):
        why(CASE, PLAN, "x")
    with pytest.raises(ProblemError, match="this plan is of another problem: b"):
        why(problem([site("a")], []), PLAN, "b")


def test_two_plans_are_compared_by_figures_and_by_the_sessions_that_differ() -> None:
    later = replace(CASE, members=CASE.members[1:])
    other = draft(later)
    told = compare(CASE, PLAN, other)
    assert told.first == Figures(2, 1, 10_000 + 6 + 40 + 1, 6, 2, 0, tuesday(1))
    assert told.second == Figures(2, 1, 10_000 + 104 + 40 + 1, 104, 2, 0, tuesday(1))
    (first, second) = told.changes
    assert first == Change(("a",), PLAN.placements[1], other.placements[1])
    assert second.members == {"near", "far"}
    assert compare(CASE, PLAN, PLAN).changes == ()


def test_the_forecast_says_when_all_are_trained_or_what_it_would_take() -> None:
    assert forecast(CASE, PLAN) == Forecast(3, (Reached(TUESDAY, 1), Reached(tuesday(1), 2)), None, tuesday(1))
    small = problem([site("a", together="g"), site("b", together="g", on=(0,)), site("c", on=(3,))], [member("m")])
    assert forecast(small, draft(small)) == Forecast(
        3, (Reached(TUESDAY, 2), Reached(tuesday(3), 3)), tuesday(3), tuesday(3)
    )
    hopeless = problem([site("a", windows=windows(0), excluded=(Excluded("m"),))], [member("m")])
    assert forecast(hopeless, draft(hopeless)) == Forecast(1, (), None, None)
