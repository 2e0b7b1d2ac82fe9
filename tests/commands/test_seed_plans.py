"""The demo's year plan: released, half answered, with schools that train two audiences apart."""

from collections import defaultdict

import pytest

from upstander.district.places.models import District
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import PlanEntry


@pytest.mark.usefixtures("demo_database")
def test_two_schools_train_two_audiences_apart_and_one_of_them_is_still_to_answer() -> None:
    district = District.objects.get(key="alder-valley")
    found: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    with in_district(district.pk):
        entries = PlanEntry.objects.filter(plan__state="released").exclude(part="").select_related("site", "session")
        for entry in entries:
            found[entry.site.name][entry.part] = (entry.answer, entry.session.state if entry.session else "")
    assert sorted(found.values(), key=str) == [
        {"teachers": ("", "confirmed"), "classified": ("", "planned")},  # the administrator's own, who can answer
        {"teachers": ("accepted", "confirmed"), "classified": ("declined", "cancelled")},
    ]
