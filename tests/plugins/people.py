"""What many tests begin with: a district in a county whose rules ship, with those who write and review its pages; or
one that is ready to train.

A plugin and no conftest: pytest reads every conftest before the settings are named, and this names models.
"""

import pytest
from tests.factories import make_district
from tests.factories.own import ROLES, make_editor, make_reviewer
from tests.factories.training import World, make_world

from upstander.district.places.models import District
from upstander.foundation.kernel.actor import Actor


@pytest.fixture
def district(db: None) -> District:
    return make_district(county_key="us-ca-san-mateo")


@pytest.fixture
def editor(district: District) -> Actor:
    """A coordinator at the explorer."""
    return make_editor(district)


@pytest.fixture
def reviewers(district: District) -> list[Actor]:
    """One for each review, in the order in which they read."""
    return [make_reviewer(district, role) for role in ROLES]


@pytest.fixture
def world(db: None) -> World:
    return make_world()
