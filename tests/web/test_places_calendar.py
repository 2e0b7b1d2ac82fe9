"""School years and days off by hand: entered, corrected, taken out, and what follows from them."""

import datetime as dt
import re
from dataclasses import dataclass

import pytest
from django.test import Client

from tests.factories import make_district, make_person, make_post, make_site
from tests.factories.visits import holder, statements
from tests.moments import AT
from tests.program.compliance.world import clerk, terms
from upstander.district.places.models import ClosedDay, District, SchoolYear
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.models import Obligation
from upstander.program.compliance.services import set_requirement
from upstander.web.places.days import stretches

YEARS, DAYS = "/en/sites/years/", "/en/sites/days/"
THIS = {"name": "2026-27", "starts_on": "2026-08-10", "ends_on": "2027-06-04"}
DECEMBER = 12


@dataclass
class Day:
    on: dt.date
    name: str = "Break"
    kind: str = "closed"
    site_id: int | None = None
    pk: int = 1

    @property
    def ref(self) -> str:
        return f"{self.on:%d}"


def day(number: int, **more: object) -> Day:
    return Day(dt.date(2026, DECEMBER, number), **more)  # type: ignore[arg-type]


def test_a_holiday_goes_over_its_weekend_and_no_further() -> None:
    found = stretches([day(21), day(22), day(24), day(25), day(28), day(31)])
    assert [(each.first.day, each.last.day) for each in found] == [(21, 22), (24, 28), (31, 31)]
    assert [each.refs for each in found] == [("21", "22"), ("24", "25", "28"), ("31",)]


def test_days_of_another_name_kind_or_site_are_told_apart() -> None:
    days = [day(8), day(9), day(8, site_id=3), day(9, kind="testing"), day(10, name="Fair"), day(15)]
    found = [(each.first.day, each.last.day, each.day.site_id, each.day.name) for each in stretches(days)]
    assert sorted(found, key=str) == [
        (10, 10, None, "Fair"),
        (15, 15, None, "Break"),
        (8, 8, 3, "Break"),
        (8, 9, None, "Break"),
        (9, 9, None, "Break"),
    ]


@pytest.fixture
def district() -> District:
    return make_district()


@pytest.fixture
def coordinator(district: District) -> Client:
    return holder(district, address="coordinator@example.org")


def entered(coordinator: Client, page: str, **typed: str) -> str:
    answer = coordinator.post(page, typed)
    assert answer.status_code == 302, answer.content.decode()
    return coordinator.get(page).content.decode()


@pytest.mark.django_db
def test_the_next_year_is_offered_a_year_later_and_what_is_due_follows(district: District, coordinator: Client) -> None:
    asked = terms(subject="yearly", audience="all_staff", cadence="school_year", grace_days=42, threshold_percent=100)
    make_post(make_person(district), site=make_site(district))
    with in_district(district.pk):
        set_requirement(actor=clerk(district), terms=asked, starts_on=dt.date(2026, 7, 1), at=AT)
    page = entered(coordinator, YEARS, **THIS)
    assert 'value="2027-28"' in page and 'value="2027-08-09"' in page and 'value="2028-06-02"' in page
    with in_district(district.pk):
        begun = set(Obligation.objects.values_list("cycle_on", flat=True))
        assert begun == {dt.date(2026, 8, 10)}
        ref = SchoolYear.objects.get().ref
    answer = coordinator.post(f"{YEARS}{ref}/", {"starts_on": "2026-08-17", "ends_on": "2027-06-11"}, follow=True)
    assert "What is due has been recounted." in answer.content.decode()
    with in_district(district.pk):
        assert set(Obligation.objects.values_list("cycle_on", flat=True)) == {dt.date(2026, 8, 17)}
        told = AuditEvent.objects.get(event="places.school_year_corrected").data
        assert told["started_on"] == "2026-08-10" and told["starts_on"] == "2026-08-17"


@pytest.mark.django_db
def test_years_that_cannot_be_are_refused_at_their_field_and_nothing_typed_is_lost(
    district: District, coordinator: Client
) -> None:
    entered(coordinator, YEARS, **THIS)
    wrong = {
        "It would overlap with 2026-27, which goes from Aug. 10, 2026 to June 4, 2027": {"starts_on": "2027-06-04"},
        "A school year of this name": {"name": "2026-27"},
        "The last day lies before the first one": {"ends_on": "2027-07-30"},
        "longer than a year": {"ends_on": "2029-07-30"},
    }
    later = {"name": "2027-28 anew", "starts_on": "2027-08-09", "ends_on": "2028-06-02"}
    for sentence, typed in wrong.items():
        answer = coordinator.post(YEARS, later | typed)
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in shown
        assert all(f'value="{value}"' in shown for value in (later | typed).values())
    with in_district(district.pk):
        over = SchoolYear.objects.create(
            district_id=district.pk, name="2025-26", starts_on=dt.date(2025, 8, 11), ends_on=dt.date(2026, 6, 5)
        )
    assert "This school year is over" in coordinator.get(f"{YEARS}{over.ref}/").content.decode()
    answer = coordinator.post(f"{YEARS}{over.ref}/", {"starts_on": "2025-08-18", "ends_on": "2026-06-04"})
    assert answer.status_code == 422
    assert coordinator.get(f"{YEARS}0123456789AB/").status_code == 404


@pytest.mark.django_db
def test_days_off_are_entered_and_taken_out_by_hand(district: District, coordinator: Client) -> None:
    site = make_site(district, "Alder High")
    page = entered(
        coordinator, DAYS, starts_on="2026-12-18", last_on="2026-12-22", kind="closed", name="Break", site=""
    )
    assert "Dec" in page and "Break" in page and "The whole district" in page
    page = entered(coordinator, DAYS, starts_on="2027-04-20", last_on="", kind="testing", name="", site=site.ref)
    assert "Alder High" in page.split("<table")[1].split("</table>")[0]
    with in_district(district.pk):
        found = sorted(day.on.isoformat() for day in ClosedDay.objects.all())
    assert found == ["2026-12-18", "2026-12-21", "2026-12-22", "2027-04-20"]
    refused = {
        "That is a weekend": {"starts_on": "2026-11-21"},
        "more than two months": {"starts_on": "2026-12-01", "last_on": "2027-06-01"},
        "The last day lies before": {"starts_on": "2026-12-01", "last_on": "2026-11-30"},
        "is in the calendar already": {"starts_on": "2026-12-21"},
    }
    for sentence, typed in refused.items():
        answer = coordinator.post(DAYS, {"kind": "closed", **typed})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    refs = re.findall(r'name="day" value="([^"]+)"', page)
    assert len(refs) == len(found)
    page = coordinator.post(f"{DAYS}take-out/", {"day": refs[:3]}, follow=True).content.decode()
    assert "Taken out." in page
    with in_district(district.pk):
        assert [day.on for day in ClosedDay.objects.all()] == [dt.date(2027, 4, 20)]


@pytest.mark.django_db
def test_one_day_and_twenty_take_the_same_number_of_queries(district: District, coordinator: Client) -> None:
    site = make_site(district)
    counts = []
    for first, until in ((1, 2), (2, 20)):
        with in_district(district.pk):
            for number in range(first, until):
                on = dt.date(2027, 1, number)
                ClosedDay.objects.create(district_id=district.pk, on=on, name=f"{number}", site=site)
                period = {"starts_on": dt.date(2000 + number, 8, 1), "ends_on": dt.date(2001 + number, 6, 1)}
                SchoolYear.objects.create(district_id=district.pk, name=f"{number}", **period)
        counts.append((statements(coordinator, DAYS), statements(coordinator, YEARS)))
    assert counts[0] == counts[1]
