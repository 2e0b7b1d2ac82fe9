"""Fill the database with the fictional demo districts. Each step is done once per database, whole or not at all."""

import argparse
import importlib

from django.db import transaction

from upstander.commands import database, report
from upstander.foundation.kernel import clock, markers

# (marker, module): the module's `seed(*, at, size, number)` gives counts. In this order: later steps build on earlier.
SEED_STEPS: tuple[tuple[str, str], ...] = (
    ("districts", "upstander.commands.seed_districts"),
    ("sites", "upstander.commands.seed_sites"),
    ("staff", "upstander.commands.seed_staff"),
    ("guide", "upstander.commands.seed_guide"),
    ("local", "upstander.commands.seed_local"),
    ("pages", "upstander.commands.seed_pages"),
    ("campaigns", "upstander.commands.seed_campaigns"),
    ("own_pages", "upstander.commands.seed_own_pages"),
    ("completions", "upstander.commands.seed_completions"),
    ("yearly", "upstander.commands.seed_yearly"),
    ("training", "upstander.commands.seed_training"),
    ("lists", "upstander.commands.seed_lists"),
    ("plans", "upstander.commands.seed_plans"),
    ("materials", "upstander.commands.seed_materials"),
    ("gatherings", "upstander.commands.seed_gatherings"),
    ("proof", "upstander.commands.seed_proof"),
    ("directory", "upstander.commands.seed_directory"),
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
    for name, module in SEED_STEPS:
        counts[name] = _seed_once(name, module, options)
        # Of many rows the next step asks questions that, planned for empty tables, would take minutes.
        if counts[name] != ALREADY and (options.size == LARGE or name == SEED_STEPS[-1][0]):
            database.take_statistics()
    report.show(counts, as_json=options.json)
    return 0


def _seed_once(name: str, module: str, options: argparse.Namespace) -> object:
    marker = f"demo.{name}"
    with transaction.atomic():
        if markers.is_done(marker):
            return ALREADY
        at = clock.now()
        done = importlib.import_module(module).seed(at=at, size=options.size, number=options.number)
        markers.mark_done(marker, at)
    return done
