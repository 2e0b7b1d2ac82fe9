"""Derive everyone's obligations from the ledger anew, and put right what is kept of them."""

import argparse
import time

from upstander.commands import report
from upstander.district.places.selectors import all_districts
from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.services import recompute_obligations

MAY = frozenset({"requirements.manage"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The one word is `recompute`."""
    parser.add_argument("word", choices=("recompute",))
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Recompute each district; what was not as derived is counted, put right and told in its audit."""
    found = {}
    for district in all_districts():
        began = time.perf_counter()
        with in_district(district.pk):
            actor = job("obligations recompute", district.pk, MAY)
            held, differing = recompute_obligations(actor=actor, at=now())
        seconds = round(time.perf_counter() - began, 2)
        found[district.key] = {"obligations": held, "put_right": differing, "seconds": seconds}
    report.show(found, as_json=options.json)
    return 0
