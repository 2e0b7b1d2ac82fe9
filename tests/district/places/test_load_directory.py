"""Loading directories: what opens, closes and stays, that history stays, and that a second load changes nothing."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.district.places.shared import CONTENT, shared_file, without_limits
from tests.factories import make_district
from tests.moments import AT
from tests.races import DONE, Wait, at_once
from upstander.district.places import services
from upstander.district.places.content.directory import Directory, read_directory
from upstander.district.places.content.mappings import read_mappings
from upstander.district.places.errors import DirectoryRefused, OlderDirectory
from upstander.district.places.models import DirectoryLoad, District, Site, SiteStatus
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotAllowed

MAPPINGS = read_mappings(CONTENT)
JUNE_2018, DECEMBER_2024 = dt.date(2018, 6, 30), dt.date(2024, 12, 31)
HEADER = "CDSCode,School,County,District,SchoolType,Charter,Status,Street,City"
OUTCOMES = ("opened", "activated", "reopened", "closed", "withdrawn", "changed", "unchanged")


def loader(district: District) -> Actor:
    return job("load schools", district.pk, frozenset({"places.load"}))


def load(district: District, directory: Directory, as_of: dt.date, **more: Any) -> dict[str, int]:
    with in_district(district.pk):
        loaded = services.load_directory(actor=loader(district), directory=directory, as_of=as_of, at=AT, **more)
    return loaded.counts


def active_list(*rows: str) -> Directory:
    """A complete list of active schools, as California publishes it: `number,name` per row."""
    lines = []
    for row in rows:
        number, name = row.split(",")
        lines.append(f"0110017{number:>07},{name},Alameda,Bay Unified,High Schools (Public),No,Active,1 Main,Hayward")
    return read_directory("\n".join([HEADER, *lines]).encode(), "active.csv", MAPPINGS["california-active"])


def history(district: District, number: str) -> list[tuple[str, dt.date, dt.date | None, bool]]:
    with in_district(district.pk):
        rows = SiteStatus.objects.filter(site__code=f"0110017{number:>07}", superseded_at=None).order_by("starts_on")
        return list(rows.values_list("status", "starts_on", "ends_on", "is_inferred"))


@pytest.mark.django_db
def test_the_real_california_lists_load_with_exact_counts() -> None:
    district = make_district()
    lists = [
        ("ca_public_schools_2018-06.csv.gz", "california-directory", JUNE_2018),
        ("ca_active_schools_2024.csv.gz", "california-active", DECEMBER_2024),
    ]
    without_limits()
    read = {
        format_: (read_directory(shared_file(name).read_bytes(), name, MAPPINGS[format_]), as_of)
        for name, format_, as_of in lists
    }
    first, again = (load(district, *read["california-directory"]) for _ in range(2))
    assert (first["rows"], first["offices"], first["schools"], first["active"]) == (17_892, 1_380, 16_512, 10_615)
    assert (first["opened"], first["refused"]) == (16_512, 0)
    assert {name: again[name] for name in OUTCOMES} == dict.fromkeys(OUTCOMES, 0) | {"unchanged": 16_512}

    update, again = (load(district, *read["california-active"]) for _ in range(2))
    assert update["changed"] + update["unchanged"] == 10_094
    expected = {"opened": 434, "activated": 61, "reopened": 20, "closed": 521, "withdrawn": 11}
    assert {name: update[name] for name in expected} == expected
    assert {name: again[name] for name in OUTCOMES} == dict.fromkeys(OUTCOMES, 0) | {"unchanged": 10_609}
    # The older list once more is old news: newer facts stand.
    assert load(district, *read["california-directory"])["unchanged"] == 16_512
    with in_district(district.pk):
        held = SiteStatus.objects.filter(superseded_at=None, ends_on=None, site__kind="school")
        assert held.filter(status="active").count() == 10_609
        assert held.filter(is_inferred=True).count() == 521 + 11
        assert AuditEvent.objects.filter(event="places.directory_loaded").count() == 2


@pytest.mark.django_db
def test_florida_loads_by_its_mapping_alone() -> None:
    name = "fl_public_schools_2024-01.csv.gz"
    without_limits()
    directory = read_directory(shared_file(name).read_bytes(), name, MAPPINGS["florida"])
    district = make_district()
    counts = load(district, directory, dt.date(2024, 1, 31))
    assert (counts["schools"], counts["active"], counts["refused"]) == (4_337, 4_232, 0)
    with in_district(district.pk):
        assert set(Site.objects.values_list("lowest_grade", flat=True)) >= {-1, 0, 6, 9, None}


@pytest.mark.django_db
class TestHistory:
    def test_absence_closes_and_a_later_list_opens_again_without_losing_anything(self) -> None:
        district = make_district()
        load(district, active_list("1,Lincoln", "2,Lincoln"), dt.date(2020, 1, 1))
        assert load(district, active_list("1,Lincoln"), dt.date(2021, 1, 1))["closed"] == 1
        assert load(district, active_list("1,Lincoln", "2,Lincoln"), dt.date(2022, 1, 1))["reopened"] == 1
        assert history(district, "2") == [
            ("active", dt.date(2020, 1, 1), dt.date(2021, 1, 1), False),
            ("closed", dt.date(2021, 1, 1), dt.date(2022, 1, 1), True),
            ("active", dt.date(2022, 1, 1), None, False),
        ]

    def test_two_lists_of_one_day_correct_each_other(self) -> None:
        district = make_district()
        load(district, active_list("1,Lincoln", "2,Lincoln"), JUNE_2018)
        assert load(district, active_list("1,Lincoln"), JUNE_2018)["closed"] == 1
        assert history(district, "2") == [("closed", JUNE_2018, None, True)]

    def test_columns_a_list_does_not_speak_for_stay(self) -> None:
        district = make_district()
        load(district, active_list("1,Lincoln"), JUNE_2018)
        with in_district(district.pk):
            Site.objects.update(lowest_grade=9, highest_grade=12, phone="555-0100", latitude=37.0, longitude=-122.0)
        assert load(district, active_list("1,Lincoln High"), DECEMBER_2024)["changed"] == 1
        with in_district(district.pk):
            site = Site.objects.get()
            assert (site.name, site.sort_key) == ("Lincoln High", "lincoln high")
            assert (site.lowest_grade, site.phone, site.latitude) == (9, "555-0100", 37.0)

    def test_an_older_list_is_refused_because_it_would_undo_newer_facts(self) -> None:
        district = make_district()
        load(district, active_list("1,Lincoln"), DECEMBER_2024)
        with pytest.raises(OlderDirectory, match="would undo newer facts"):
            load(district, active_list("1,Washington"), JUNE_2018)

    def test_a_named_closing_day_corrects_the_inferred_one(self) -> None:
        district = make_district()
        load(district, active_list("1,Lincoln"), JUNE_2018)
        load(district, active_list(), DECEMBER_2024)
        mapping = MAPPINGS["generic"]
        header = "code,name,status,closed"
        row = "01100170000001,Lincoln,closed,2020-06-12"
        told = read_directory(f"{header}\n{row}".encode(), "own.csv", mapping)
        told_for = Directory(
            **{name: getattr(told, name) for name in told.__slots__} | {"mapping": _as_california(mapping)}
        )
        load(district, told_for, DECEMBER_2024)
        assert history(district, "1") == [
            ("active", JUNE_2018, dt.date(2020, 6, 12), False),
            ("closed", dt.date(2020, 6, 12), None, False),
        ]

    def test_what_was_known_before_a_load_can_still_be_told(self) -> None:
        district = make_district()
        load(district, active_list("1,Lincoln"), JUNE_2018)
        load(district, active_list(), DECEMBER_2024)
        with in_district(district.pk):
            superseded = SiteStatus.objects.exclude(superseded_at=None)
            assert list(superseded.values_list("status", "starts_on", "ends_on")) == [("active", JUNE_2018, None)]


def _as_california(mapping: Any) -> Any:
    return replace(mapping, source="us-ca-cds")


@pytest.mark.django_db
class TestRefusals:
    def bad(self) -> Directory:
        good = active_list("1,Lincoln")
        rows = "\n".join([HEADER, f"{'x' * 14},Bad,A,B,C,No,Active,1 Main,H"]).encode()
        assert not good.refusals
        return read_directory(rows, "active.csv", MAPPINGS["california-active"])

    def test_one_refused_row_means_that_nothing_is_written(self) -> None:
        district = make_district()
        with pytest.raises(DirectoryRefused):
            load(district, self.bad(), JUNE_2018)
        with in_district(district.pk):
            assert (Site.objects.count(), DirectoryLoad.objects.count()) == (0, 0)

    def test_a_partial_load_writes_good_rows_and_reads_nothing_from_absence(self) -> None:
        district = make_district()
        load(district, active_list("1,Lincoln"), JUNE_2018)
        counts = load(district, self.bad(), DECEMBER_2024, accept_partial=True)
        assert (counts["refused"], counts["closed"]) == (1, 0)
        assert history(district, "1") == [("active", JUNE_2018, None, False)]

    def test_without_the_capability_nothing_is_loaded(self) -> None:
        district = make_district()
        stranger = job("stranger", district.pk, frozenset())
        with in_district(district.pk), pytest.raises(NotAllowed):
            services.load_directory(actor=stranger, directory=active_list("1,A"), as_of=JUNE_2018, at=AT)

    def test_another_districts_sites_are_neither_matched_nor_closed(self) -> None:
        district, other = make_district(), make_district("north", "north.localhost")
        load(other, active_list("1,Lincoln"), JUNE_2018)
        assert load(district, active_list("1,Lincoln"), DECEMBER_2024)["opened"] == 1
        assert load(district, active_list(), dt.date(2025, 1, 1))["closed"] == 1
        assert history(other, "1") == [("active", JUNE_2018, None, False)]


@pytest.mark.django_db
def test_the_database_itself_refuses_two_statuses_at_once() -> None:
    district = make_district()
    load(district, active_list("1,Lincoln"), JUNE_2018)
    with in_district(district.pk), pytest.raises(IntegrityError, match="site_status_once"), transaction.atomic():
        SiteStatus.objects.create(
            district_id=district.pk,
            site=Site.objects.get(),
            status="closed",
            source="own",
            starts_on=DECEMBER_2024,
            recorded_at=AT,
        )


def test_two_loads_at_once_wait_for_each_other(cloned_database: str) -> None:
    district = make_district()
    directory = active_list(*(f"{number},School {number}" for number in range(300)))
    outcomes: list[dict[str, int]] = []

    def run(wait: Wait) -> None:
        wait()
        outcomes.append(load(district, directory, JUNE_2018))

    assert at_once(run, run) == [DONE, DONE]
    assert sorted((counts["opened"], counts["unchanged"]) for counts in outcomes) == [(0, 300), (300, 0)]


def test_a_load_killed_in_the_middle_leaves_nothing(cloned_database: str) -> None:
    district = make_district()

    def load_and_die() -> None:
        with in_district(district.pk):
            load(district, active_list("1,Lincoln"), JUNE_2018)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_and_die()
    with in_district(district.pk):
        assert (Site.objects.count(), AuditEvent.objects.count()) == (0, 0)
