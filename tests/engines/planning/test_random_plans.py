"""Under random calendars: every plan passes the checker, and a plan that is broken anywhere does not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engines.planning.calendars import AIDES, TEACHERS, problems
from tests.engines.planning.cases import member, site, windows

from upstander.engines.planning import Answer, Assigned, Placement, Problem, Role, check, draft, plan, why


@settings(max_examples=60, deadline=None)
@given(problems())
def test_a_draft_keeps_every_rule_and_is_the_same_again(problem: Problem) -> None:
    answer = draft(problem)
    assert check(problem, answer) == []
    assert draft(problem) == answer


@settings(max_examples=40, deadline=None)
@given(problems())
def test_a_plan_keeps_every_rule_and_is_never_worse_than_the_draft(problem: Problem) -> None:
    answer = plan(problem)
    assert check(problem, answer) == []
    assert answer.proof.cost <= draft(problem).proof.cost
    assert answer.proof.bound is None or answer.proof.bound <= answer.proof.cost
    assert answer.latest is None or answer.latest.not_before <= answer.latest.day


@settings(max_examples=40, deadline=None)
@given(problems())
def test_what_a_relaxation_promises_comes_true(problem: Problem) -> None:
    """The relaxed placement beside the rest of the plan breaks only the rules that the relaxation names."""
    answer = draft(problem)
    for lacking in answer.unplaced:
        if lacking.relaxation:
            steps, placement = lacking.relaxation.steps, lacking.relaxation.placement
            others = tuple(each for each in answer.unplaced if each is not lacking)
            tried = replace(answer, placements=(*answer.placements, placement), unplaced=others)
            assert {each.rule for each in check(problem, tried)} <= {step.rule for step in steps}


@settings(max_examples=30, deadline=None)
@given(problems())
def test_of_every_site_it_can_be_said_why(problem: Problem) -> None:
    answer = draft(problem)
    for each in problem.sites:
        told = why(problem, answer, each.ref)
        assert (told.placement is None) == (told.unplaced is not None)


Break = Callable[[Placement], Placement]
BREAKS: dict[str, Break] = {
    "another year": lambda each: replace(each, day=each.day + timedelta(days=364)),
    "at night": lambda each: replace(each, starts=each.starts - 12 * 60, ends=each.ends - 12 * 60),
    "too short": lambda each: replace(each, ends=each.ends - 1),
    "without a lead": lambda each: replace(each, members=tuple(Assigned(m.member, Role.SHADOW) for m in each.members)),
    "without anybody": lambda each: replace(each, members=()),
    "by a stranger": lambda each: replace(each, members=(Assigned("stranger", Role.LEAD),)),
    "twice by one": lambda each: replace(each, members=each.members * 2),
    "of a stranger": lambda each: replace(each, sites=(*each.sites, "stranger")),
    "of nobody": lambda each: replace(each, sites=()),
}


@settings(max_examples=60, deadline=None)
@given(problems(), st.sampled_from(sorted(BREAKS)), st.data())
def test_a_plan_broken_anywhere_does_not_pass(problem: Problem, how: str, data: st.DataObject) -> None:
    answer = draft(problem)
    assume(answer.placements)
    at = data.draw(st.integers(0, len(answer.placements) - 1))
    listed = list(answer.placements)
    listed[at] = BREAKS[how](listed[at])
    assert check(problem, replace(answer, placements=tuple(listed)))


@settings(max_examples=40, deadline=None)
@given(problems(), st.sampled_from([TEACHERS, AIDES]))
def test_no_session_passes_in_the_hours_of_another_audience(problem: Problem, whose: str) -> None:
    """One more site with hours of two audiences, and somebody who can always come."""
    own, other = windows(0, 1, 2, 3, starts=9 * 60), windows(0, 1, 2, 3, starts=16 * 60)
    hours = tuple(replace(each, audience=whose) for each in own)
    hours += tuple(replace(each, audience=AIDES if whose == TEACHERS else TEACHERS) for each in other)
    parted = site("parted", windows=hours, audience=whose)
    asked = replace(
        problem, sites=(*problem.sites, parted), members=(*problem.members, member("keen", on=(0, 1, 2, 3)))
    )
    answer = draft(asked)
    (held,) = (each for each in answer.placements if each.sites == ("parted",))
    assert held.starts == 9 * 60
    moved = replace(held, starts=16 * 60, ends=17 * 60)
    listed = tuple(moved if each is held else each for each in answer.placements)
    assert "window" in {
        each.rule for each in check(asked, replace(answer, placements=listed)) if "parted" in each.sites
    }


@settings(max_examples=25, deadline=None)
@given(problems(), st.data())
def test_a_session_lost_or_doubled_does_not_pass(problem: Problem, data: st.DataObject) -> None:
    answer: Answer = draft(problem)
    assume(answer.placements)
    one = data.draw(st.sampled_from(answer.placements))
    lost = tuple(each for each in answer.placements if each is not one)
    assert "site_missing" in {each.rule for each in check(problem, replace(answer, placements=lost))}
    doubled = (*answer.placements, one)
    assert "site_twice" in {each.rule for each in check(problem, replace(answer, placements=doubled))}
