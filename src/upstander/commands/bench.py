"""Measure what the README promises: medians, ratios within one run. What misses is shown, not hidden.

Each measure runs in a process of its own, on a throw-away database. The exit code is 0 unless a measure could not
run: a missed target is a finding, not a failure of the bench.
"""

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from upstander.commands import house, report
from upstander.commands.measures.readings import MISSED, NOT_RUN, Outcome, Reading, table
from upstander.commands.measures.stage import Scene, Stage
from upstander.commands.processes import Family
from upstander.commands.setup.steps import StepFailed, Steps

LONGEST_SECONDS = 570


@dataclass(frozen=True)
class Measure:
    """One module of `measures`: what it needs around it, and after how many seconds it is given up."""

    name: str
    scene: Scene
    seconds: int
    says: str
    is_on_request: bool = False  # takes so long, or needs so much, that it runs only when it is named


# What is served comes first: then nothing but the demo has run on the cluster whose memory is measured.
MEASURES = (
    Measure("memory", Scene.SERVED, 60, "memory of the whole running demo"),
    Measure("weight", Scene.SERVED, 30, "bytes a first visit loads"),
    Measure("throughput", Scene.SERVED, 120, "pages a second beside a bare response and a static file of the server"),
    Measure("first_view", Scene.SERVED, 120, "seconds until a first visit shows itself on a slow line"),
    Measure("check_ins", Scene.SERVED, 150, "2,400 check-ins within a minute: how long they wait, and none lost"),
    Measure("pages", Scene.DEMO, 120, "processor time of a page in the web process"),
    Measure("guide_walks", Scene.DEMO, 120, "walks through every branch of the guide to the call, and their taps"),
    Measure("certificates", Scene.DEMO, 60, "certificates a second, drawn and with all that goes before"),
    Measure("prints", Scene.DEMO, 60, "the toolkit as a PDF, and telling which edition every paper is"),
    Measure("schools", Scene.DEMO, 150, "loading a real directory beside a raw copy of the same file"),
    Measure("coverage_board", Scene.LARGE, 60, "processor time and queries of the large district's board"),
    Measure("coverage_day", Scene.LARGE, 60, "coverage of the large district on past days"),
    Measure("directory", Scene.DEMO, 120, "searching 20,000 services, and exporting them"),
    Measure("planning", Scene.BARE, 300, "a proven year plan of real schools, and what checking it finds"),
    Measure(
        "coverage_due", Scene.LARGE, 240, "five years of due days in the large district: board, file, everyone anew"
    ),
    Measure("presence", Scene.BARE, 120, "a million offline check-in events merged: none lost, none doubled"),
    Measure("oracle", Scene.BARE, 150, "a million legal clocks beside an oracle written another way"),
    Measure(
        "lighthouse",
        Scene.SERVED,
        540,
        "points of Lighthouse for each kind of public page, median of three; only when named, where it is installed",
        is_on_request=True,
    ),
    Measure(
        "reminders", Scene.LARGE, 180, "reminding everyone of the large district in one run: time, statements, memory"
    ),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which measures."""
    names = [measure.name for measure in MEASURES]
    listed = "; ".join(f"{measure.name}: {measure.says}" for measure in MEASURES)
    parser.add_argument("--only", action="append", choices=names, metavar="NAME", help=f"only this one ({listed})")
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Take the measures one after the other; gives 1 when one could not run."""
    chosen = chosen_from(options.only)
    steps = Steps(house.var() / "log")
    folder = house.var() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + LONGEST_SECONDS
    with Stage(steps) as stage:
        outcomes = [_take(measure, stage, folder, until) for measure in chosen]
    found = _whole(outcomes)
    file = folder / f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H%M%SZ}.json"
    file.write_text(json.dumps(found, indent=1) + "\n")
    print(f"\n{table(outcomes)}\n\n{sum_up(outcomes)}\nWritten to {file}")
    if options.json:
        print(json.dumps(found))
    return 1 if any(outcome.reason for outcome in outcomes) else 0


def chosen_from(names: Sequence[str] | None) -> list[Measure]:
    """The measures that were named; or all but those that run on request."""
    return [measure for measure in MEASURES if (measure.name in names if names else not measure.is_on_request)]


def _take(measure: Measure, stage: Stage, folder: Path, until: float) -> Outcome:
    if time.monotonic() > until:
        return Outcome(measure.name, reason=f"the bench ends after {LONGEST_SECONDS} s")
    try:
        with stage.scene(measure.scene, f"bench_{measure.name}") as env, stage.steps.step(f"Measure {measure.name}"):
            file = folder / f"{measure.name}.json"
            words = ["-m", "upstander.commands.measures", measure.name, str(file)]
            return in_own_process(measure.name, words, env, folder, min(measure.seconds, until - time.monotonic()))
    except StepFailed as failure:
        return Outcome(measure.name, reason=f"could not begin: {failure.advice} {failure.log or ''}".strip())


def in_own_process(name: str, words: Sequence[str], env: Mapping[str, str], folder: Path, seconds: float) -> Outcome:
    """Run a measure and read what it wrote; whatever it started ends with it. A crash is an outcome like others."""
    file, log = folder / f"{name}.json", folder / f"{name}.log"
    file.unlink(missing_ok=True)
    with Family() as family:
        child = family.start(name, words, env=env, log=log)
        try:
            child.process.wait(max(seconds, 1))
        except subprocess.TimeoutExpired:
            return Outcome(name, reason=f"given up after {seconds:.0f} s; see {log}")
    if not file.exists():
        return Outcome(name, reason=f"ended with {child.process.returncode}; see {log}")
    return read_outcome(json.loads(file.read_text()))


def read_outcome(told: dict[str, object]) -> Outcome:
    """An outcome from what `Outcome.as_json` wrote."""
    readings = told["readings"]
    assert isinstance(readings, list)
    known = [{name: value for name, value in reading.items() if name != "verdict"} for reading in readings]
    return Outcome(str(told["measure"]), tuple(Reading(**reading) for reading in known), str(told["not_run"]))


def _whole(outcomes: Sequence[Outcome]) -> dict[str, object]:
    machine = {
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "python": sys.version.split()[0],
    }
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return {"at": at, "machine": machine, "outcomes": [outcome.as_json() for outcome in outcomes]}


def sum_up(outcomes: Sequence[Outcome]) -> str:
    """One sentence that cannot be read as success when something missed."""
    judged = [reading.verdict for outcome in outcomes for reading in outcome.readings if reading.verdict]
    missing = [outcome.measure for outcome in outcomes if outcome.reason]
    sentence = f"{len(judged) - judged.count(MISSED)} of {len(judged)} promises kept, {judged.count(MISSED)} missed."
    return sentence + (f" {NOT_RUN.capitalize()}: {', '.join(missing)}." if missing else "")
