"""Seal anew, with the first of UPSTANDER_VAULT_KEYS, whatever older keys sealed.

Put the new key in front of the old ones, restart every process, run this, and only then take the old ones away.
Killed in the middle, run it again: it goes on with what is left.
"""

import argparse
from collections import Counter

from upstander.commands import report
from upstander.commands.setup.steps import StepFailed
from upstander.district.places.selectors import all_districts
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.vault.fields import Column, sealed_columns
from upstander.foundation.vault.seals import is_ready
from upstander.foundation.vault.services import reseal_batch


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the way of telling."""
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Go through every sealed column of every district; 1 when a value does not open with any key."""
    if not is_ready():
        raise StepFailed("UPSTANDER_VAULT_KEYS is not set, so there is no key to seal with.")
    counts: Counter[str] = Counter(resealed=0, unopened=0)
    for district in all_districts():
        for column in sealed_columns():
            counts.update(_rotate(district.pk, column))
    report.show({name: counts[name] for name in ("resealed", "unopened")}, as_json=options.json)
    return 1 if counts["unopened"] else 0


def _rotate(district_id: int, column: Column) -> Counter[str]:
    actor, counts, after = job("rotate keys", district_id, frozenset({"vault.rotate"})), Counter[str](), 0
    while True:
        with in_district(district_id):
            done = reseal_batch(actor=actor, column=column, after=after, at=clock.now())
        counts.update(resealed=done.count, unopened=done.unopened_count)
        if done.last_id is None:
            return counts
        after = done.last_id
