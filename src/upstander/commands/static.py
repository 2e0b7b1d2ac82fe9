"""Collect the static files under names that hold their hash, and write the pages that need no database."""

import argparse

from django.conf import settings
from django.core.management import call_command

from upstander.commands import report
from upstander.foundation.kernel.clock import now
from upstander.insights.call_copies import write_all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--json` only."""
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Files of the last release stay, for pages that are still open in a browser."""
    call_command("collectstatic", interactive=False, verbosity=0)
    files = sum(1 for file in settings.STATIC_ROOT.rglob("*") if file.is_file())
    report.show({"static_files": files, "static_pages": write_all(at=now())}, as_json=options.json)
    return 0
