"""Run queued jobs until stopped (Ctrl-C or SIGTERM lets running jobs end)."""

import argparse

from django.core.management import call_command

from upstander.commands import proof_key
from upstander.commands.setup.steps import StepFailed
from upstander.foundation.kernel.db import serving_role_flaws


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--once` empties the queue and ends."""
    parser.add_argument("--once", action="store_true", help="end when the queue is empty")


def run(options: argparse.Namespace) -> int:
    """Work, but never with a database role that row security does not bind."""
    if flaws := serving_role_flaws():
        raise StepFailed(" ".join([*flaws, "Set DATABASE_URL to the serving role."]))
    proof_key.ensure()
    call_command("procrastinate", "worker", *(["--one-shot"] if options.once else []))
    return 0
