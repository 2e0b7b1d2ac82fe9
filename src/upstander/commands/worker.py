"""Run queued jobs until stopped (Ctrl-C or SIGTERM lets running jobs end)."""

import argparse

from django.core.management import call_command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--once` empties the queue and ends."""
    parser.add_argument("--once", action="store_true", help="end when the queue is empty")


def run(options: argparse.Namespace) -> int:
    """Work."""
    call_command("procrastinate", "worker", *(["--one-shot"] if options.once else []))
    return 0
