"""Load a directory of schools into a district, by a mapping that says how to read it.

A site is the same site when its code is the same. What a complete list no longer holds has closed; columns that a
format does not speak for stay as they are; a row without a school's name is the district's office. With any refused
row nothing is written and the exit code is 1, unless --accept-partial is given: then good rows are written, refused
rows go to a CSV file, and absence is not read as closing. Loading the same file again changes nothing. A list older
than what is known is refused, since it would undo newer facts; one that was loaded before changes nothing.
"""

import argparse
import csv
import datetime as dt
import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from upstander.commands import report
from upstander.commands.setup.steps import StepFailed
from upstander.district.places import selectors, services
from upstander.district.places.content.directory import Directory, read_directory
from upstander.district.places.content.mappings import Mapping, read_mappings
from upstander.engines.spreadsheets import harmless
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from upstander.district.places.models import District

MOST_SHOWN = 20
MEANS = {
    "opened": "codes never seen",
    "activated": "were pending",
    "reopened": "were closed or merged",
    "withdrawn": "were pending, gone before they opened",
    "others_changed": "offices and work sites that are new or changed",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, its format, and what to do about rows that cannot be accepted."""
    parser.add_argument("file", type=Path, help="the list, .csv or .csv.gz")
    parser.add_argument("--format", required=True, choices=sorted(_mappings()), help="which mapping reads the file")
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="the day the list speaks of (default: today)")
    parser.add_argument(
        "--district", metavar="KEY", help="which district to load into (default: the only one, or the demo's first)"
    )
    parser.add_argument("--accept-partial", action="store_true", help="write good rows although others are refused")
    parser.add_argument("--refused", type=Path, metavar="CSV", help="where refused rows go, with reasons")
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Read, check, write; 1 when anything was refused and nothing written."""
    with _without_collector():
        return _load(options)


def _load(options: argparse.Namespace) -> int:
    district = _district(options.district)
    at = clock.now()
    directory = read_directory(_bytes(options.file), options.file.name, _mappings()[options.format])
    _show_refusals(directory)
    if directory.refusals and (options.refused or options.accept_partial):
        target = options.refused or Path(f"{options.file.name.split('.')[0]}-refused.csv")
        _write_refused(directory, target)
        print(f"The refused rows with their reasons are in {target}.")
    try:
        with in_district(district.pk):
            loaded = services.load_directory(
                actor=job("load schools", district.pk, frozenset({"places.load"})),
                directory=directory,
                as_of=options.as_of or district.day(at),
                at=at,
                accept_partial=options.accept_partial,
            )
    except Refused as refused:
        print(refused)
        _end(options, {**services.counts_of(directory), "written": False})
        return 1
    if loaded.is_old_news:
        print("This very file was loaded before, and a newer one since: nothing to do.")
    for name, count in loaded.counts.items():
        print(f"{name.replace('_', ' '):>14} {count:>7,}" + (f"  ({MEANS[name]})" if name in MEANS else ""))
    _end(options, {**loaded.counts, "written": True})
    return 0


def _end(options: argparse.Namespace, counts: dict[str, int]) -> None:
    if options.json:
        print(json.dumps(counts))


@cache
def _mappings() -> dict[str, Mapping]:
    return read_mappings(settings.CONTENT)


def _district(key: str | None) -> "District":
    known = {district.key: district for district in selectors.all_districts()}
    if key in known:
        return known[key]
    # A machine with nothing but the demo means its first district; among real ones nobody guesses.
    made_up = [district for district in known.values() if district.is_fictional]
    choice = [district for district in known.values() if not district.is_fictional] or made_up[:1]
    if key is None and len(choice) == 1:
        return choice[0]
    listed = ", ".join(known) or "none yet; `demo` makes two"
    raise StepFailed(f"Say which district with --district KEY. Districts here: {listed}.")


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise StepFailed(f"{file} cannot be read: {error.strerror}.") from error


def _show_refusals(directory: Directory) -> None:
    for refusal in directory.refusals[:MOST_SHOWN]:
        print(refusal)
    more = len(directory.refusals) - MOST_SHOWN
    if more > 0:
        print(f"... and {more:,} more; --refused FILE.csv writes them all.")


def _write_refused(directory: Directory, target: Path) -> None:
    reasons: dict[int, list[str]] = {}
    for refusal in directory.refusals:
        said = f"{refusal.column}: {refusal.reason}. {refusal.advice}".removeprefix(": ")
        reasons.setdefault(refusal.line, []).append(said)
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow([harmless(cell) for cell in (*directory.header, "refused_line", "refused_why")])
        width = len(directory.header)
        for line, why in reasons.items():
            cells = directory.refused_rows.get(line, [])
            writer.writerow([harmless(cell) for cell in (*(cells + [""] * width)[:width], line, " ".join(why))])


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2024-12-31") from None


@contextmanager
def _without_collector() -> Iterator[None]:
    # A list is many small tuples and no cycles; looking for cycles in them takes half of the reading time.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
