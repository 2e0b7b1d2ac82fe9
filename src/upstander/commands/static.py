"""Collect the static files under names that hold their hash, write the pages that need no database, ask for prints."""

import argparse

from django.conf import settings
from django.core.management import call_command

from upstander.commands import report
from upstander.district.places.selectors import all_districts
from upstander.foundation.kernel.clock import now
from upstander.foundation.queue.queue import defer_each
from upstander.insights.call_copies import write_all
from upstander.program.library.services import MAKE_PRINTS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--json` only."""
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Files of the last release stay, for pages that are still open in a browser."""
    call_command("collectstatic", interactive=False, verbosity=0)
    files = sum(1 for file in settings.STATIC_ROOT.rglob("*") if file.is_file())
    counts = {"static_files": files, "static_pages": write_all(at=now()), "prints_asked_for": _ask_for_prints()}
    report.show(counts, as_json=options.json)
    return 0


def _ask_for_prints() -> int:
    """Have the worker make what reads otherwise since the last release: nobody waits for it here."""
    districts = all_districts()
    for district in districts:
        defer_each(MAKE_PRINTS, district_id=district.pk, refs=[district.ref])
    return len(districts)
