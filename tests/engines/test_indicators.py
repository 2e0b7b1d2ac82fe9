"""The rule engine: the golden table its owner signs, and any rule against every way the unknowns could turn out."""

import csv
from collections.abc import Mapping
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upstander.engines.indicators import Answer, Group, Outcome, Reading, RuleSet, read

GOLDEN = list(
    csv.DictReader(
        (Path(__file__).parent.parent / "golden" / "san_mateo_at_risk.csv").read_text(encoding="utf-8").splitlines()
    )
)
AT_RISK = RuleSet(
    "at_risk",
    (Group("A", 1, ("A1", "A2", "A3")), Group("B", 2, ("B1", "B2", "B3", "B4", "B5"))),
)


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['case']} {row['note']}")
def test_golden_table(row: dict[str, str]) -> None:
    answers = {name: Answer(row[name]) for name in AT_RISK.observations()}
    expected = Reading(Outcome(row["expected"]), tuple(row["spoke"].split()), tuple(row["would_matter"].split()))
    assert read(AT_RISK, answers) == expected


def test_golden_table_holds_every_two_valued_case_once() -> None:
    names = list(AT_RISK.observations())
    rows = [tuple(row[name] for name in names) for row in GOLDEN if row["note"] == "two-valued"]
    assert sorted(rows) == sorted(product(["seen", "not_seen"], repeat=8))


@st.composite
def rules_with_answers(draw: st.DrawFn) -> tuple[RuleSet, dict[str, Answer]]:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    groups = [
        Group(str(index), draw(st.integers(1, size)), tuple(f"{index}.{item}" for item in range(size)))
        for index, size in enumerate(sizes)
    ]
    rule = RuleSet("random", tuple(groups))
    return rule, draw(st.dictionaries(st.sampled_from(list(rule.observations())), st.sampled_from(Answer)))


def is_met(rule: RuleSet, seen: frozenset[str]) -> bool:
    return any(len(seen & set(group.observations)) >= group.threshold for group in rule.groups)


def smallest_reasons(rule: RuleSet, given_seen: frozenset[str], pool: frozenset[str]) -> set[str]:
    """Members of the smallest additions from `pool` to `given_seen` that meet the rule."""
    sets = [frozenset(some) for size in range(len(pool) + 1) for some in combinations(sorted(pool), size)]
    enough = [some for some in sets if is_met(rule, given_seen | some)]
    return {name for some in enough if not any(other < some for other in enough) for name in some}


def by_brute_force(rule: RuleSet, answers: Mapping[str, Answer]) -> tuple[Outcome, set[str], set[str]]:
    """Oracle: try every filling of the unknowns; take reasons from smallest sets, not from thresholds."""
    seen = frozenset(name for name, answer in answers.items() if answer is Answer.SEEN)
    unknown = frozenset(n for n in rule.observations() if answers.get(n, Answer.DONT_KNOW) is Answer.DONT_KNOW)
    fillings = product([True, False], repeat=len(unknown))
    ways = {is_met(rule, seen | {n for n, yes in zip(sorted(unknown), way, strict=True) if yes}) for way in fillings}
    if ways == {True}:
        return Outcome.MET, smallest_reasons(rule, frozenset(), seen), set()
    if ways == {False}:
        return Outcome.NOT_MET, set(), set()
    return Outcome.INCOMPLETE, set(), smallest_reasons(rule, seen, unknown)


@settings(deadline=None)
@given(rules_with_answers())
def test_any_rule_agrees_with_brute_force(case: tuple[RuleSet, dict[str, Answer]]) -> None:
    rule, answers = case
    reading = read(rule, answers)
    assert (reading.outcome, set(reading.spoke), set(reading.would_matter)) == by_brute_force(rule, answers)


@given(rules_with_answers())
def test_seeing_more_never_unmakes_the_rule(case: tuple[RuleSet, dict[str, Answer]]) -> None:
    rule, answers = case
    if read(rule, answers).outcome is Outcome.MET:
        more = {name: Answer.SEEN for name in rule.observations()}
        assert read(rule, answers | more).outcome is Outcome.MET


def test_silence_is_dont_know() -> None:
    assert read(AT_RISK, {}) == read(AT_RISK, dict.fromkeys(AT_RISK.observations(), Answer.DONT_KNOW))


def test_no_number_comes_out() -> None:
    reading = read(AT_RISK, {"A1": Answer.SEEN})
    assert {type(value) for value in (reading.outcome, *reading.spoke)} == {Outcome, str}
    assert not hasattr(reading, "score")


def test_an_unknown_observation_is_refused() -> None:
    with pytest.raises(ValueError, match="C9"):
        read(AT_RISK, {"C9": Answer.SEEN})


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: Group("A", 0, ("A1",)), "threshold 0 of 1"),
        (lambda: Group("A", 2, ("A1",)), "threshold 2 of 1"),
        (lambda: RuleSet("r", ()), "no groups"),
        (lambda: RuleSet("r", (Group("A", 1, ("X",)), Group("B", 1, ("X",)))), "counted twice: X"),
    ],
)
def test_a_rule_that_could_not_be_read_is_refused(make: object, reason: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=reason):
        make()
