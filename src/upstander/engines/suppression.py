"""Small counts are not told: behind a handful of people each one can be found."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
FEWEST = 11  # fewer than this are hidden


def told(count: int) -> int | None:
    """The count, or None when it is too small to be told. None at all is too small too, so that one is no news."""
    if count < 0:
        raise ValueError("nothing can be counted below zero")
    return count if count >= FEWEST else None


def batches(counts: Iterable[tuple[Key, int]]) -> list[list[Key]]:
    """Groups put together, in their order, until nobody can be found in any: each batch counts FEWEST or more.

    A group that is large enough stands alone; small ones wait for the next small ones, and the last may go on waiting.
    Batches do not overlap, and a new group at the end changes none before it. So whoever tells sums of whole batches
    alone gives nothing away to who subtracts one from another, or today's from yesterday's: what remains is a sum of
    whole batches again. Groups of nobody are in none.
    """
    found: list[list[Key]] = []
    waiting: list[Key] = []
    together = 0
    for key, count in counts:
        if count >= FEWEST:
            found.append([key])
        elif count > 0:
            waiting.append(key)
            together += count
        if together >= FEWEST:
            found.append(waiting)
            waiting, together = [], 0
    return found
