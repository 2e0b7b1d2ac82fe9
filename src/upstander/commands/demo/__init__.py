"""Fill the database with the fictional demo districts. Each step is done once per database, whole or not at all."""

import argparse
import importlib

from django.db import transaction

from upstander.commands import database, report
from upstander.foundation.kernel import clock

# Modules of this package: each one's `seed(*, at, size, number)` gives counts. Later steps build on earlier.
STEPS = (
    "districts",
    "sites",
    "staff",
    "guide",
    "local",
    "pages",
    "campaigns",
    "own_pages",
    "completions",
    "yearly",
    "training",
    "lists",
    "plans",
    "cadre",
    "materials",
    "gatherings",
    "proof",
    "directory",
)
LARGE = "large"
SIZES = ("demo", LARGE)
SEED_NUMBER = 20
ALREADY = "already there"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Size and seed number: the same number gives the same people."""
    parser.add_argument("--size", choices=SIZES, default=SIZES[0], help="large: 460 secondary schools, 70,000 staff")
    parser.add_argument("--number", type=int, default=SEED_NUMBER, help="the number all invention starts from")
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Do the steps that have not been done in this database."""
    counts: dict[str, object] = {}
    for name in STEPS:
        counts[name] = _seed_once(name, options)
        # Of many rows the next step asks questions that, planned for empty tables, would take minutes.
        if counts[name] != ALREADY and (options.size == LARGE or name == STEPS[-1]):
            database.take_statistics()
    report.show(counts, as_json=options.json)
    return 0


def _seed_once(name: str, options: argparse.Namespace) -> object:
    # Not above: who serves reads of the demo's people before Django is set up, and so before there are models.
    markers = importlib.import_module("upstander.foundation.kernel.markers")
    marker = f"demo.{name}"
    with transaction.atomic():
        if markers.is_done(marker):
            return ALREADY
        at = clock.now()
        done = importlib.import_module(f"{__name__}.{name}").seed(at=at, size=options.size, number=options.number)
        markers.mark_done(marker, at)
    return done
