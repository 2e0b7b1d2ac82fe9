"""Loading a real directory of schools beside a raw COPY of the same file into the same database."""

import argparse
import csv
import gzip
import importlib
import io
import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import psycopg
from psycopg import sql

from upstander.commands import database, house
from upstander.commands.measures.readings import CannotRun, Reading
from upstander.district.places.selectors import all_districts

FOLDER_VARIABLE = "UPSTANDER_SHARED"
FILE, FORMAT, AS_OF = "ca_public_schools_2018-06.csv.gz", "california-directory", "2018-06-30"
LEAST_PERCENT, LEAST_PERCENT_UNCHANGED = 5.0, 10.0
COPIES, RELOADS = 5, 3


def measure() -> list[Reading]:
    """First loads into two empty districts, reloads that change nothing, and copies between them."""
    folder = Path(os.environ.get(FOLDER_VARIABLE, "") or house.ROOT.parent / "shared" / "data")
    if not (file := folder / FILE).exists():
        raise CannotRun(f"{FILE} is absent from {folder}; set {FOLDER_VARIABLE} to the folder that holds it")
    copies, loads, reloads = [], [], []
    for district in all_districts():
        copies.append(_seconds(lambda: _copy(file)))
        loads.append(_seconds(lambda key=district.key: _load(file, key)))  # type: ignore[misc]
    for _ in range(RELOADS):
        copies.append(_seconds(lambda: _copy(file)))
        reloads.append(_seconds(lambda: _load(file, district.key)))
    return [
        Reading("schools: raw copy", median(copies), "s"),
        Reading("schools: first load", median(loads), "s"),
        Reading("schools: unchanged reload", median(reloads), "s"),
        Reading("schools: first load beside copy", median(copies) / median(loads) * 100, "%", at_least=LEAST_PERCENT),
        Reading(
            "schools: unchanged reload beside copy",
            median(copies) / median(reloads) * 100,
            "%",
            at_least=LEAST_PERCENT_UNCHANGED,
        ),
    ]


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _load(file: Path, district: str) -> None:
    """As `upstander load schools` does, without the start of a process. Raises CannotRun when rows are refused."""
    command = importlib.import_module("upstander.commands.load")
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    words = ["schools", str(file), "--format", FORMAT, "--as-of", AS_OF, "--district", district]
    if command.run(parser.parse_args(words)) != 0:
        raise CannotRun(f"{FILE} was refused; see the log")


def _copy(file: Path) -> None:
    """Unpack and copy into one table of text columns, as its owner, in one transaction."""
    raw = gzip.decompress(file.read_bytes())
    header = next(csv.reader(io.StringIO(raw.partition(b"\n")[0].decode())))
    columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(name)) for name in header)
    with psycopg.connect(os.environ[database.OWNER_VARIABLE]) as owner:
        owner.execute("DROP TABLE IF EXISTS bench_copy")
        owner.execute(sql.SQL("CREATE TABLE bench_copy ({})").format(columns))
        with owner.cursor().copy("COPY bench_copy FROM STDIN (FORMAT csv, HEADER)") as stream:
            stream.write(raw)
