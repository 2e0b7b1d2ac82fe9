"""Small counts are hidden, and none is a small count too."""

import pytest

from upstander.engines.suppression import FEWEST, told


@pytest.mark.parametrize(("count", "says"), [(0, None), (1, None), (FEWEST - 1, None), (FEWEST, 11), (500, 500)])
def test_what_is_told(count: int, says: int | None) -> None:
    assert told(count) == says


def test_nothing_is_counted_below_zero() -> None:
    with pytest.raises(ValueError, match="below zero"):
        told(-1)
