"""Every board test: a district, and, where asked, its requirement.

Models are imported inside the fixtures: pytest reads this file before the settings are named.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from upstander.district.places.models import District


@pytest.fixture
def district() -> "District":
    from tests.factories import make_district

    return make_district()


@pytest.fixture
def asked(district: "District") -> None:
    """The requirement has been in force, and on record, since START."""
    from tests.program.compliance.world import clerk, moment, terms
    from tests.web.coverage.visits import START
    from upstander.foundation.kernel.db import in_district
    from upstander.program.compliance.services import set_requirement

    with in_district(district.pk):
        set_requirement(actor=clerk(district), terms=terms(), starts_on=START, at=moment(START))
