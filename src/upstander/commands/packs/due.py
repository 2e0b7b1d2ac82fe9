"""Answer a rule owner's table of deadlines, and print every difference with its line.

The table has the columns `zone` (such as America/Los_Angeles), `local` (the wall time at which the information came:
2026-09-18T17:00), `fold` (empty; 0 or 1 for the first or second time of an hour that came twice) and `expected` (the
wall time at which it is due, or a moment with its offset). `case` and `note` are read past. The duty is named as
PACK/DUTY, such as us-ca/written, as the newest editions say it.
"""

import argparse
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from upstander.commands.packs.table import Row, read_table, refused, tell
from upstander.engines.clocks import Ambiguous, ElapsedHours, Exact, due, read_wall_time
from upstander.foundation.kernel.content import Fault
from upstander.program.facts.content import read_entries
from upstander.program.law.content import jurisdiction, read_packs

COLUMNS = ("zone", "local", "fold", "expected")


class Unreadable(Exception):
    """A cell that says no moment: which column, and why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which duty, and the table."""
    parser.add_argument("duty", metavar="DUTY", help="such as us-ca/written")
    parser.add_argument("table", type=Path, metavar="CASES.csv", help="the cases and what their owner expects")


def run(options: argparse.Namespace) -> int:
    """Count every case; 1 when the engine says otherwise than the table somewhere, or a case has no moment."""
    duty = _duty(options.content, options.duty)
    rows = read_table(options.table, COLUMNS)
    return tell(rows, [fault for row in rows for fault in _differences(row, duty)], options)


def _duty(content: Path, name: str) -> ElapsedHours:
    facts = read_entries(content)
    packs = read_packs(content, facts)
    place, _slash, key = name.partition("/")
    duties = jurisdiction(packs, place, date.max, facts).terms.duties if place in packs else ()
    found = next((duty for duty in duties if duty.key == key), None)
    if found is None:
        known = ", ".join(f"{place}/{duty.key}" for duty in duties)
        raise refused(content / "packs", f"there is no duty {name}; there is {known or 'none'}")
    if found.due != "elapsed_hours" or found.length is None:
        raise refused(content / "packs", f"{name} is not counted in elapsed hours, so there is nothing to count here")
    return ElapsedHours(found.key, found.length)


def _differences(row: Row, duty: ElapsedHours) -> Iterator[Fault]:
    try:
        zone = _zone(row.cells["zone"])
        found = due(_received(row.cells["local"], row.cells["fold"], zone), duty, zone)
        expected = _time("expected", row.cells["expected"])
    except Unreadable as unreadable:
        yield row.fault(unreadable.column, unreadable.reason)
        return
    same = found == expected if expected.tzinfo else found.replace(tzinfo=None, fold=0) == expected
    if not same:
        yield row.fault("expected", f"the table says {row.cells['expected']}, the clock {found:%Y-%m-%dT%H:%M%z}")


def _received(local: str, fold: str, zone: ZoneInfo) -> datetime:
    wall = _time("local", local)
    if wall.tzinfo:
        raise Unreadable("local", f"{local} carries an offset: write the time that the clock on the wall showed")
    if fold not in ("", "0", "1"):
        raise Unreadable("fold", f"{fold!r} is not empty, 0 or 1")
    match read_wall_time(wall, zone):
        case Exact(moment):
            return moment
        case Ambiguous(earlier, later) if fold:
            return later if fold == "1" else earlier
        case Ambiguous():
            raise Unreadable("fold", f"{local} came twice in {zone.key}: say 0 for the first or 1 for the second")
    raise Unreadable("local", f"{local} never came in {zone.key}: the clocks went forward over it")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise Unreadable("zone", f"there is no time zone {name!r}") from None


def _time(column: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable(column, f"{text!r} is not a time such as 2026-09-18T17:00") from None
