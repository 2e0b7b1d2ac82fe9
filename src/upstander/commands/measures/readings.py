"""Readings: what was measured beside what was promised, medians, and the table a person reads."""

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

OK, MISSED, SHOWN, NOT_RUN = "ok", "missed", "", "not run"
YARDSTICK = "yardstick, 100,000 additions"
HEADINGS = ("", "promised", "measured", "")


class CannotRun(Exception):
    """A measure lacks what it needs; the text says what."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One number with its unit, and the bound it has to keep, if one was promised."""

    name: str
    measured: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def verdict(self) -> str:
        """ok or missed, judged on the unrounded number; nothing where nothing was promised."""
        if self.at_most is None and self.at_least is None:
            return SHOWN
        over = self.at_most is not None and self.measured > self.at_most
        under = self.at_least is not None and self.measured < self.at_least
        return MISSED if over or under else OK

    @property
    def promised(self) -> str:
        """The bound in words."""
        if self.at_most is not None:
            return f"at most {_number(self.at_most)} {self.unit}"
        return f"at least {_number(self.at_least)} {self.unit}" if self.at_least is not None else ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one measure: its readings, or why it could not run."""

    measure: str
    readings: tuple[Reading, ...] = ()
    reason: str = ""

    def as_json(self) -> dict[str, object]:
        """The outcome with every reading's verdict, for the file."""
        readings = [{**asdict(reading), "verdict": reading.verdict} for reading in self.readings]
        return {"measure": self.measure, "readings": readings, "not_run": self.reason}


def interleaved(actions: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median of each action's numbers over `rounds`, the actions taking turns: what slows the machine for a
    while then slows all of them, and their ratios stay true."""
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            taken[name].append(action())
    return {name: statistics.median(numbers) for name, numbers in taken.items()}


def yardstick() -> float:
    """Milliseconds of processor time for 100,000 additions: how fast the machine is while other things are measured.

    About 4 where nothing else runs. Processors that share their core with other work are slower, and so are pages.
    """
    began = time.process_time()
    total = 0
    for number in range(1_000_000):  # ten times as long as it says: a short one slips between what else runs
        total += number
    return (time.process_time() - began) * 100


def table(outcomes: Iterable[Outcome]) -> str:
    """All outcomes in aligned columns: name, promised, measured, verdict. What missed or did not run is there too."""
    rows = [HEADINGS]
    for outcome in outcomes:
        rows += [_row(reading) for reading in outcome.readings]
        if outcome.reason:
            rows.append((outcome.measure, "", "", f"{NOT_RUN}: {outcome.reason}"))
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)


def _row(reading: Reading) -> tuple[str, str, str, str]:
    return reading.name, reading.promised, f"{_number(reading.measured)} {reading.unit}", reading.verdict


def _number(value: float) -> str:
    """Three figures, whole numbers from a hundred on: more would pretend."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
