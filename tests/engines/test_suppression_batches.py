"""Sums of whole batches: whatever is subtracted from whatever, nobody can be found."""

import itertools
import random

from upstander.engines.suppression import FEWEST, batches


def test_a_large_group_stands_alone_and_small_ones_wait_for_each_other() -> None:
    assert batches([("a", 5), ("b", 30), ("c", 0), ("d", 4), ("e", 2), ("f", 10)]) == [["b"], ["a", "d", "e"]]
    assert batches([("a", FEWEST - 1)]) == []
    assert batches([("a", FEWEST)]) == [["a"]]


def test_no_difference_between_any_two_things_told_is_small() -> None:
    """Told are: every group that stands alone, each region's sum, the district's sum, and all of these on every day."""
    rng = random.Random(20261116)
    for _ in range(60):
        regions = {r: [((r, n), rng.choice([0, 1, 3, 7, 10, 11, 14, 25])) for n in range(9)] for r in range(3)}
        counts = dict(itertools.chain(*regions.values()))
        told: set[frozenset[tuple[int, int]]] = set()
        for day in range(10):
            found = [batches(groups[:day]) for groups in regions.values()]
            sums = [frozenset(itertools.chain(*each)) for each in found]
            told |= {frozenset(batch) for each in found for batch in each if len(batch) == 1}
            told |= {*sums, frozenset().union(*sums)}
        for one, other in itertools.permutations(told, 2):
            rest = sum(counts[key] for key in one - other)
            assert rest == 0 or rest >= FEWEST
