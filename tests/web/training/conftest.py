"""What the pages of training share in tests."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.factories.training import World


@pytest.fixture
def world(set_clock: Callable[..., None], db: Any) -> "World":
    """A district ready to train, at the suite's moment."""
    from tests.factories.training import make_world  # conftest files are read before there are settings
    from tests.moments import AT

    set_clock(AT)
    return make_world()
