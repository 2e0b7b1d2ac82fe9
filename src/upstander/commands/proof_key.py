"""Change the key that signs reporters' proofs. What it signed so far stays valid."""

import argparse

from upstander.commands import report
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import HOUSE, job
from upstander.foundation.kernel.db import in_district
from upstander.program.guidance.services.proofs import ensure_proof_key, rotate_proof_key

KEEPER = job("rotate the proof key", HOUSE, frozenset({"proof.rotate"}))


def ensure() -> None:
    """Begin the first key, or a new one after the secret was changed, before anybody asks for a proof."""
    with in_district(HOUSE):
        ensure_proof_key(actor=KEEPER, at=clock.now())


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The one word is `rotate`."""
    parser.add_argument("word", choices=("rotate",))
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Retire the key in use and begin a new one."""
    with in_district(HOUSE):
        new = rotate_proof_key(actor=KEEPER, at=clock.now())
    report.show({"key": new}, as_json=options.json)
    return 0
