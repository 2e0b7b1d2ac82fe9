"""Signed-in readers of the board, and schools to read about."""

import datetime as dt

from tests.factories import make_person, make_post, make_site
from tests.moments import AT
from tests.program.compliance.world import SUBJECT, clerk
from upstander.district.places.models import District, Site
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.services import Entry, record_completions

START = dt.date(2026, 7, 1)
DAY = dt.date(2026, 10, 5)


def school(district: District, name: str, staff: int, trained: int, **more: object) -> Site:
    site = make_site(district, name, **more)  # type: ignore[arg-type]
    people = [make_person(district, family_name=f"{name}son{number}") for number in range(staff)]
    for person in people:
        make_post(person, site=site)
    entries = [Entry(person.pk, SUBJECT, DAY, "import", "list") for person in people[:trained]]
    with in_district(district.pk):
        record_completions(actor=clerk(district), entries=entries, at=AT)
    return site
