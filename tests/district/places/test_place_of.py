"""Where a site is, as far as it matters to who asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_district, make_region, make_site
from tests.moments import TODAY
from upstander.district.places.selectors import place_of
from upstander.foundation.kernel.access import Place
from upstander.foundation.kernel.db import in_district

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "asks"), [("region_lead", 1), ("coordinator", 0)])
def test_the_region_is_asked_for_only_where_a_grant_could_hang_on_it(role: str, asks: int) -> None:
    district = make_district()
    region = make_region(district)
    site = make_site(district, region=region)
    actor = make_actor(district, role, region=region if asks else None)
    with in_district(district.pk), CaptureQueriesContext(connection) as asked:
        place = place_of(actor=actor, site=site, on=TODAY)
    assert (len(asked), place) == (asks, Place(district.pk, region.pk if asks else None, site.pk))
