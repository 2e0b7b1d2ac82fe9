"""Ten thousand clocks and rules from a seed number, against oracles written another way; bench takes a million.

The browser's two scripts answer a part of the same cases.
"""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.engines.test_browser_engines import run

from upstander.commands.measures import oracle
from upstander.engines import clocks
from upstander.engines.clocks import ElapsedHours

MINUTE_MS = 60_000
WEB = Path(__file__).parents[2] / "src" / "upstander" / "web"


def script(name: str) -> str:
    """A script's place, wherever its area keeps it."""
    (found,) = WEB.rglob(name)
    return str(found)


def test_ten_thousand_clocks_agree_with_the_oracle() -> None:
    assert list(oracle.clock_differences(10_000, seed=1)) == []


def test_two_thousand_rules_agree_with_every_way_the_unknowns_could_turn_out() -> None:
    assert list(oracle.rule_differences(2_000, seed=1)) == []


def test_the_cases_reach_what_is_hard() -> None:
    readings = Counter(len(case.moments) for case in oracle.clock_cases(10_000, seed=1))
    assert min(readings[0], readings[1], readings[2]) > 200
    outcomes = Counter(case.expected().outcome for case in oracle.rule_cases(500, seed=1))
    assert len(outcomes) == 3 and min(outcomes.values()) > 20


def test_an_hour_lost_over_a_clock_change_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_wall(received: dt.datetime, duty: ElapsedHours, zone: dt.tzinfo) -> dt.datetime:
        return received.astimezone(zone) + dt.timedelta(hours=duty.hours)

    monkeypatch.setattr(oracle, "due", by_wall)
    assert len(list(oracle.clock_differences(500, seed=1))) > 20


def test_a_guessed_wall_time_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def guess(wall: dt.datetime, zone: dt.tzinfo) -> clocks.Exact:
        return clocks.Exact(wall.replace(tzinfo=zone).astimezone(dt.UTC))

    monkeypatch.setattr(oracle, "read_wall_time", guess)
    assert len(list(oracle.clock_differences(500, seed=1))) > 20


def test_the_browsers_clock_agrees_with_the_oracle() -> None:
    cases = list(oracle.clock_cases(300, seed=2))
    walls = [(oracle.START + case.wall * oracle.MINUTE).isoformat(timespec="minutes") for case in cases]
    calls: list[list[Any]] = [["moments", wall, case.zone] for wall, case in zip(walls, cases, strict=True)]
    expected = [[moment * MINUTE_MS for moment in case.moments] for case in cases]
    assert run(script("clock.js"), "LegalClock", calls) == expected
    begun = [(case, case.moments[0]) for case in cases if case.moments]
    dues = run(script("clock.js"), "LegalClock", [["due", at * MINUTE_MS, case.hours] for case, at in begun])
    assert dues == [case.due(at)[0] * MINUTE_MS for case, at in begun]


def test_the_browser_reads_any_rule_as_every_filling_says() -> None:
    cases = list(oracle.rule_cases(300, seed=2))
    calls: list[list[Any]] = [
        ["read", [{"threshold": g.threshold, "observations": g.observations} for g in case.rule.groups], case.answers]
        for case in cases
    ]
    readings = [case.expected() for case in cases]
    assert run(script("indicators.js"), "Indicators", calls) == [
        {"outcome": one.outcome, "spoke": list(one.spoke), "wouldMatter": list(one.would_matter)} for one in readings
    ]
