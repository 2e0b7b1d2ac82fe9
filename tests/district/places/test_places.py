"""Districts, regions, sites, stations and calendars by date."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.factories import LONG_AGO, make_actor, make_district, make_region, make_site
from tests.moments import AT
from upstander.district.places import selectors, services
from upstander.district.places.models import District, LawStation, Region, SchoolYear, Site, SiteRegion
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState

SPRING, AUTUMN = dt.date(2026, 4, 1), dt.date(2026, 9, 1)
LATER = AT + dt.timedelta(days=30)


def keeper(district: District) -> Actor:
    words = {"places.manage", "places.read", "coverage.read", "requirements.manage"}
    return job("keeper", district.pk, frozenset(words))


@pytest.mark.django_db
class TestSecondary:
    def names(self, actor: Actor, on: dt.date, known_at: dt.datetime = AT) -> set[str]:
        return set(selectors.secondary_sites(actor=actor, on=on, known_at=known_at).values_list("name", flat=True))

    def test_without_a_rule_schools_with_any_of_grades_7_to_12_count(self) -> None:
        district = make_district()
        for name, low, high in (("K5", 0, 5), ("K6", 0, 6), ("K7", 0, 7), ("G12", 12, 12), ("Unknown", None, None)):
            make_site(district, name, lowest_grade=low, highest_grade=high)
        make_site(district, "Office", kind=Site.Kind.OFFICE)
        with in_district(district.pk):
            assert self.names(keeper(district), AUTUMN) == {"K7", "G12"}

    def test_the_district_says_by_date_which_types_count(self) -> None:
        district = make_district()
        make_site(district, "High", school_type="High Schools (Public)")
        make_site(district, "Other", school_type="County Community")
        actor = keeper(district)
        with in_district(district.pk):
            services.set_secondary_rule(actor=actor, starts_on=LONG_AGO, at=AT)
            services.set_secondary_rule(actor=actor, starts_on=AUTUMN, school_types=["High Schools (Public)"], at=LATER)
            assert self.names(actor, SPRING, LATER) == {"High", "Other"}
            assert self.names(actor, AUTUMN, LATER) == {"High"}
            assert self.names(actor, AUTUMN, AT) == {"High", "Other"}  # as it was known before the change

    def test_a_school_counts_on_the_days_it_was_open(self) -> None:
        district = make_district()
        site, actor = make_site(district, "High"), keeper(district)
        with in_district(district.pk):
            services.set_site_status(actor=actor, site=site, status="closed", starts_on=AUTUMN, at=LATER)
            assert self.names(actor, SPRING, LATER) == {"High"}
            assert self.names(actor, AUTUMN, LATER) == set()
            assert self.names(actor, AUTUMN, AT) == {"High"}
            assert [row.status for row in selectors.status_history(actor=actor, site=site)] == ["closed", "active"]

    def test_a_regional_lead_counts_the_own_region(self) -> None:
        district = make_district()
        west, east = make_region(district, "West"), make_region(district, "East")
        make_site(district, "West High", region=west)
        make_site(district, "East High", region=east)
        lead = make_actor(district, "region_lead", region=west)
        with in_district(district.pk):
            assert self.names(lead, AUTUMN) == {"West High"}


@pytest.mark.django_db
class TestRegions:
    def test_a_site_moves_and_its_past_stays(self) -> None:
        district = make_district()
        west, east = make_region(district, "West"), make_region(district, "East")
        site, actor = make_site(district, region=west), keeper(district)
        with in_district(district.pk):
            services.place_sites(actor=actor, regions={site: east}, starts_on=AUTUMN, at=LATER)
            assert selectors.region_of(actor=actor, site=site, on=SPRING) == west
            assert selectors.region_of(actor=actor, site=site, on=AUTUMN) == east
            assert selectors.region_of(actor=actor, site=site, on=AUTUMN, known_at=AT) == west
            assert list(selectors.sites_for(actor=actor, on=AUTUMN, region=west)) == []

    def test_a_region_that_closes_keeps_its_days(self) -> None:
        district = make_district()
        west, actor = make_region(district, "West"), keeper(district)
        with in_district(district.pk):
            services.close_region(actor=actor, region=west, ends_on=AUTUMN, at=LATER)
            assert list(selectors.regions_on(actor=actor, on=SPRING)) == [west]
            assert list(selectors.regions_on(actor=actor, on=AUTUMN)) == []
            assert [r.name for r in selectors.regions_on(actor=actor, on=AUTUMN, known_at=AT)] == ["West"]

    def test_the_database_refuses_two_regions_of_one_name_and_two_regions_of_one_site(self) -> None:
        district = make_district()
        west, east = make_region(district, "West"), make_region(district, "East")
        site = make_site(district, region=west)
        dated = {"district_id": district.pk, "starts_on": SPRING, "recorded_at": AT}
        with in_district(district.pk):
            with pytest.raises(IntegrityError, match="region_name_once"), transaction.atomic():
                Region.objects.create(name="West", **dated)
            with pytest.raises(IntegrityError, match="site_region_once"), transaction.atomic():
                SiteRegion.objects.create(site=site, region=east, **dated)


@pytest.mark.django_db
class TestReach:
    def test_refused_looks_like_absent(self) -> None:
        district, other = make_district(), make_district("north", "north.localhost")
        own, abroad = make_site(district), make_site(other)
        actor = make_actor(district, "coordinator")
        with in_district(district.pk):
            assert selectors.site_by_ref(actor=actor, ref=own.ref, on=AUTUMN) == own
            for ref in (abroad.ref, "NOSUCHREF000"):
                with pytest.raises(NotFound):
                    selectors.site_by_ref(actor=actor, ref=ref, on=AUTUMN)

    def test_nobody_else_changes_places(self) -> None:
        district = make_district()
        site, teacher = make_site(district), make_actor(district, "teacher")
        with in_district(district.pk), pytest.raises(NotAllowed):
            services.set_site_status(actor=teacher, site=site, status="closed", starts_on=AUTUMN, at=AT)


@pytest.mark.django_db
class TestStations:
    def test_a_site_is_given_a_station_and_blank_stays_blank(self) -> None:
        district = make_district()
        first, second, actor = make_site(district), make_site(district), keeper(district)
        with in_district(district.pk):
            station = services.save_station(actor=actor, name="Alder Police", kind="city_police", at=AT)
            services.assign_stations(actor=actor, stations={first: station}, at=AT)
            assert selectors.law_station(actor=actor, site=first) == station
            assert selectors.law_station(actor=actor, site=second) is None
            assert station.phone == ""

    def test_a_school_police_department_is_refused_by_the_database(self) -> None:
        district = make_district()
        with in_district(district.pk), pytest.raises(IntegrityError, match="never_school_police"), transaction.atomic():
            services.save_station(actor=keeper(district), name="School Police", kind="school_police", at=AT)
        assert "school_police" not in LawStation.Kind.values


@pytest.mark.django_db
class TestCalendar:
    def test_a_school_day_is_a_weekday_in_the_year_that_is_not_closed(self) -> None:
        district = make_district()
        site, actor = make_site(district), keeper(district)
        first, until = dt.date(2026, 8, 10), dt.date(2027, 6, 5)
        with in_district(district.pk):
            services.add_school_year(actor=actor, name="2026-27", starts_on=first, ends_on=until, at=AT)
            days = [
                services.DayOut(dt.date(2026, 9, 7), "Labor Day"),
                services.DayOut(dt.date(2026, 9, 9), "Pipe repair", site.pk),
                services.DayOut(dt.date(2026, 9, 10), "State tests", kind="testing"),
            ]
            refs = services.add_days_out(actor=actor, days=days, at=AT)
            expected = {
                dt.date(2026, 8, 9): False,
                dt.date(2026, 8, 10): True,
                dt.date(2026, 9, 5): False,
                dt.date(2026, 9, 7): False,
                dt.date(2026, 9, 8): True,
                dt.date(2026, 9, 9): False,
                dt.date(2026, 9, 10): True,  # of tests, and so a school day
                dt.date(2027, 6, 4): True,
                dt.date(2027, 6, 5): False,
            }
            assert {on: selectors.is_school_day(actor=actor, on=on, site=site) for on in expected} == expected
            assert selectors.is_school_day(actor=actor, on=dt.date(2026, 9, 9))  # the pipe concerns one site only
            out = selectors.days_out(actor=actor, first=first, until=until, site=site)
            assert [day.in_full for day in out] == [
                "No school: Labor Day",
                "No school: Pipe repair",
                "Tests: State tests",
            ]
            with pytest.raises(WrongState):
                services.add_days_out(actor=actor, days=days[:1], at=AT)
            services.take_back_days_out(actor=actor, refs=refs[:2], at=AT)
            assert [day.ref for day in selectors.days_out_known(actor=actor)] == refs[2:]

    def test_school_years_never_overlap(self) -> None:
        district = make_district()
        actor = keeper(district)
        with in_district(district.pk):
            add = {"name": "2026-27", "starts_on": SPRING, "ends_on": AUTUMN}
            SchoolYear.objects.create(district_id=district.pk, **add)
            with pytest.raises(IntegrityError, match="school_years_do_not_overlap"), transaction.atomic():
                SchoolYear.objects.create(district_id=district.pk, **add)
            with pytest.raises(Invalid, match="overlap with 2026-27"):
                services.add_school_year(actor=actor, at=AT, **add | {"name": "again"})  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_district_is_set_up_by_a_command_and_by_nobody_else() -> None:
    told = {"key": "new", "name": "New Unified", "zone": "America/Los_Angeles", "state_key": "us-ca", "at": AT}
    setting_up = job("set up", services.NOWHERE, frozenset({"places.manage"}))
    district = services.create_district(actor=setting_up, **told)  # type: ignore[arg-type]
    with in_district(district.pk):
        services.add_host(actor=keeper(district), hostname="New.Example.org", at=AT)
        assert selectors.district_for_host("new.example.org") == district
        names = AuditEvent.objects.order_by("id").values_list("event", flat=True)
        assert list(names) == ["places.district_created", "places.host_added"]
    with pytest.raises(NotAllowed):
        services.create_district(actor=make_actor(district, "it_administrator"), **told)  # type: ignore[arg-type]
