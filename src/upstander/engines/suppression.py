"""Small counts are not told: behind a handful of people each one can be found."""

FEWEST = 11  # fewer than this are hidden


def told(count: int) -> int | None:
    """The count, or None when it is too small to be told. None at all is too small too, so that one is no news."""
    if count < 0:
        raise ValueError("nothing can be counted below zero")
    return count if count >= FEWEST else None
