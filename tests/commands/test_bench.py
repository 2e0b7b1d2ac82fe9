"""The bench tells the truth: medians, verdicts, and everything that missed or did not run in the table."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from upstander.commands import bench
from upstander.commands.measures import lighthouse
from upstander.commands.measures.readings import Outcome, Reading, interleaved, table
from upstander.commands.measures.weight import loaded_by

ONE_OF_EACH = [
    Outcome("pages", (Reading("home page", 1.994, "ms", at_most=2), Reading("call screen", 2.004, "ms", at_most=2))),
    Outcome("certificates", (Reading("drawn", 1234.5, "a second", at_least=150), Reading("size", 12.34, "KB"))),
    Outcome("schools", reason="the file is absent"),
]


def numbers(*given: float) -> Iterator[float]:
    yield from given


def test_actions_take_turns_and_each_gives_its_median() -> None:
    turns: list[str] = []
    first, second = numbers(5, 1, 3), numbers(10, 10, 40)

    def act(name: str, source: Iterator[float]) -> float:
        turns.append(name)
        return next(source)

    medians = interleaved({"a": lambda: act("a", first), "b": lambda: act("b", second)}, rounds=3)
    assert medians == {"a": 3, "b": 10}
    assert turns == ["a", "b", "a", "b", "a", "b"]


@pytest.mark.parametrize(
    ("reading", "verdict"),
    [
        (Reading("", 2.0, "ms", at_most=2), "ok"),
        (Reading("", 2.0001, "ms", at_most=2), "missed"),  # it would be shown as 2, and is judged as it is
        (Reading("", 60.0, "a second", at_least=60), "ok"),
        (Reading("", 59.9, "a second", at_least=60), "missed"),
        (Reading("", 1.0, "ms"), ""),
    ],
)
def test_a_promise_is_judged_on_the_number_as_measured(reading: Reading, verdict: str) -> None:
    assert reading.verdict == verdict


def test_the_table_shows_what_missed_and_what_did_not_run() -> None:
    assert table(ONE_OF_EACH).splitlines() == [
        "             promised               measured",
        "home page    at most 2 ms           1.99 ms         ok",
        "call screen  at most 2 ms           2 ms            missed",
        "drawn        at least 150 a second  1,234 a second  ok",
        "size                                12.3 KB",
        "schools                                             not run: the file is absent",
    ]


def test_an_outcome_survives_its_file() -> None:
    for outcome in ONE_OF_EACH:
        assert bench.read_outcome(json.loads(json.dumps(outcome.as_json()))) == outcome


def test_the_sum_cannot_be_read_as_success() -> None:
    assert bench.sum_up(ONE_OF_EACH) == "2 of 3 promises kept, 1 missed. Not run: schools."


def test_every_measure_has_its_module_and_they_fit_into_ten_minutes() -> None:
    folder = Path(bench.__file__).parent / "measures"
    assert [measure.name for measure in bench.MEASURES if not (folder / f"{measure.name}.py").exists()] == []
    assert bench.LONGEST_SECONDS < 600


def test_what_runs_on_request_alone_is_taken_when_it_is_named_and_not_otherwise() -> None:
    usual = [measure.name for measure in bench.chosen_from(None)]
    assert set(usual) == {measure.name for measure in bench.MEASURES} - {"lighthouse"}
    assert [measure.name for measure in bench.chosen_from(["lighthouse", "pages"])] == ["pages", "lighthouse"]


@pytest.mark.parametrize("listed", [1, 0])
def test_a_page_that_search_engines_may_not_list_is_exempt_from_their_points(listed: int) -> None:
    def visit(points: float, blocked: float) -> dict[str, Any]:
        categories = dict.fromkeys(("performance", "accessibility", "best-practices", "seo"), {"score": points})
        audits = {"is-crawlable": {"score": listed}, "total-blocking-time": {"numericValue": blocked}}
        return {"categories": categories, "audits": audits}

    readings = lighthouse.of_page("home page", [visit(1, 10), visit(0.97, 30), visit(0.99, 20)])
    told = {reading.name: (reading.measured, reading.verdict) for reading in readings}
    assert told["home page, performance"] == (99, "ok")
    assert told["home page, thread blocked"] == (20, "")
    assert ("home page, search engines" in told) == bool(listed)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import sys; sys.exit(3)", "ended with 3; see {log}"),
        ("import time; time.sleep(60)", "given up after 1 s; see {log}"),
    ],
)
def test_a_measure_that_breaks_or_hangs_is_reported_as_not_run(tmp_path: Path, source: str, reason: str) -> None:
    outcome = bench.in_own_process("broken", ["-c", source], dict(os.environ), tmp_path, seconds=1)
    assert outcome == Outcome("broken", reason=reason.format(log=tmp_path / "broken.log"))


def test_files_that_a_page_loads_are_counted_once_and_links_are_not() -> None:
    page = """
        <link rel="stylesheet" href="/static/a.css"><link rel="alternate" href="/es/"><script src="/static/a.js">
        </script><svg><use href="/static/icons.svg#phone"/></svg><svg><use href="/static/icons.svg#close"/></svg>
        <a href="/en/guide/">A page</a><link rel="icon" href="/static/mark.svg">
    """
    assert loaded_by(page) == {"/static/a.css", "/static/a.js", "/static/icons.svg", "/static/mark.svg"}
