"""The board of due days in the browser: honest counts, zero rows shown, one's own people only."""

import csv
import datetime as dt
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_person, make_post, make_region, make_site
from tests.factories.visits import holder
from tests.moments import AT
from tests.program.compliance.world import clerk, terms
from upstander.district.people.services import put_on_leave
from upstander.district.places.models import District, Site
from upstander.district.places.services import add_school_year
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.services import Entry, record_completions, set_requirement

pytestmark = pytest.mark.django_db
YEAR = dt.date(2026, 8, 10)
LAW = "mandated-reporter"


@pytest.fixture
def yearly(district: District) -> None:
    """Every August, within six weeks; today is the middle of November."""
    actor = lend(clerk(district), "places.manage", "people.load", "people.amend")
    asked = terms(subject=LAW, audience="all_staff", cadence="school_year", grace_days=42, threshold_percent=100)
    with in_district(district.pk):
        add_school_year(actor=actor, name="2026-27", starts_on=YEAR, ends_on=dt.date(2027, 6, 5), at=AT)
        set_requirement(actor=actor, terms=asked, starts_on=dt.date(2026, 7, 1), at=AT)


def staffed(
    district: District, name: str, done: int, overdue: int, fresh: int = 0, away: int = 0, **more: object
) -> Site:
    site = make_site(district, name, **more)  # type: ignore[arg-type]
    people = [make_person(district, family_name=f"{name}son{n}") for n in range(done + overdue + fresh + away)]
    for number, person in enumerate(people):
        is_fresh = done + overdue <= number < done + overdue + fresh
        make_post(person, site=site, starts_on=dt.date(2026, 10, 10) if is_fresh else dt.date(2020, 1, 1))
    actor = lend(clerk(district), "people.load", "people.amend")
    entries = [Entry(person.pk, LAW, dt.date(2026, 9, 1), "import", "list", dt.date(2027, 9, 1)) for person in people]
    with in_district(district.pk):
        record_completions(actor=actor, entries=entries[:done], at=AT)
        gone = [(person.pk, dt.date(2026, 10, 1), None) for person in people[done + overdue + fresh :]]
        put_on_leave(actor=actor, leaves=gone, at=AT)
        # Posts made by the factories tell nobody; a change of the people is what the product itself makes.
        put_on_leave(actor=actor, leaves=[(p.pk, dt.date(2015, 1, 1), dt.date(2015, 1, 2)) for p in people], at=AT)
    return site


def words(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_board_says_who_is_done_due_and_away_and_shows_empty_sites(district: District, yearly: None) -> None:
    west = make_region(district, "West")
    staffed(district, "Birch", 3, 1, fresh=1, away=1, region=west)
    staffed(district, "Cedar", 0, 2)
    client = holder(district)
    text = words(client, "/en/coverage/due/")
    assert "3 of 7 people are done" in text
    assert "3 overdue 1 due within a week 1 newly hired, in time 1 on leave, not counted" in text
    assert "At 1 site nobody has done it yet." in text
    assert "Birch West 3 of 5 60% 1 1 1" in text
    assert "Cedar – 0 of 2 0% 0 2 0" in text
    assert "West: 3 of 5 done, 1 overdue" in text
    assert "within 6 weeks of its first day" in text
    past = words(client, "/en/coverage/due/?on=2026-09-15")
    assert "3 of 7 people are done" in past or "3 of 6 people are done" in past
    assert "7 overdue" not in past
    assert "no se la cuenta" in words(client, "/es/coverage/due/")


def test_a_principal_reads_only_their_own_people(district: District, yearly: None) -> None:
    mine, other = staffed(district, "Birch", 1, 1), staffed(district, "Cedar", 1, 1)
    client = holder(district, "site_administrator", site=mine)
    assert "Cedar" not in words(client, "/en/coverage/due/")
    text = words(client, f"/en/coverage/due/sites/{mine.ref}/")
    assert "Alex Birchson1 Overdue Sept. 21, 2026 –" in text
    assert client.get(f"/en/coverage/due/sites/{other.ref}/").status_code == 404
    assert client.get("/en/coverage/due/people.csv").status_code == 403


def test_files_hold_every_site_and_every_person(district: District, yearly: None) -> None:
    staffed(district, '=HYPERLINK("x")', 1, 1)
    client = holder(district)
    rows = list(csv.reader(io.StringIO(client.get("/en/coverage/due/list.csv").content.decode("utf-8-sig"))))
    assert rows[1] == ["2026-11-16", '\'=HYPERLINK("x")', "", "2", "1", "0", "1", "0", "0", ""]
    assert [row for row in rows if row[-1] == "Teachers"] == [
        ["2026-11-16", "", "", "2", "1", "0", "1", "0", "0", "Teachers"]
    ]
    people = list(csv.reader(io.StringIO(client.get("/en/coverage/due/people.csv").content.decode("utf-8-sig"))))
    assert [row[4:] for row in people[1:]] == [
        ["Done", "2026-09-21", "2026-09-01"],
        ["Overdue", "2026-09-21", ""],
    ]


def test_as_many_queries_for_thirty_sites_as_for_one(district: District, yearly: None) -> None:
    staffed(district, "Birch", 1, 1)
    client = holder(district)
    counts = []
    for more in (0, 29):
        for number in range(more):
            make_site(district, f"Alder {number:02}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/en/coverage/due/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_without_anything_due_the_page_says_so(district: District) -> None:
    assert "No requirement with due days was in force" in words(holder(district), "/en/coverage/due/")


def test_a_region_narrows_the_roles_and_a_whole_adds_up_or_says_why(district: District, yearly: None) -> None:
    west = make_region(district, "West")
    here, there = staffed(district, "Birch", 1, 1, region=west), staffed(district, "Cedar", 0, 2)
    both, driver = make_person(district), make_person(district)
    for person, role, site in ((both, "driver", here), (both, "classified", there), (driver, "driver", there)):
        make_post(person, role, site=site, starts_on=dt.date(2020, 1, 1))
    with in_district(district.pk):
        days = [(person.pk, dt.date(2015, 1, 1), dt.date(2015, 1, 2)) for person in (both, driver)]
        put_on_leave(actor=lend(clerk(district), "people.load", "people.amend"), leaves=days, at=AT)
    client = holder(district)
    text = words(client, "/en/coverage/due/")
    assert "Classified staff 0 of 2 0% 0 2 0 of these, in no part of their own 0 of 1" in text
    assert "of these: Bus drivers 0 of 2" in text and "they add up to 1 more than the whole" in text
    west_only = words(client, f"/en/coverage/due/?region={west.ref}")
    assert (
        "Teachers 1 of 2" in west_only and "Classified staff 0 of 1 0% 0 1 0 of these: Bus drivers 0 of 1" in west_only
    )
    assert "Only the region chosen above." in west_only and "more than the whole" not in west_only
    answer = client.get(f"/en/coverage/due/list.csv?region={west.ref}").content.decode("utf-8-sig")
    roles = [[row[2], *row[3:5], row[9]] for row in csv.reader(io.StringIO(answer)) if row[9] and row[0] != "Day"]
    assert roles == [
        ["West", "1", "0", "Classified staff"],
        ["West", "1", "0", "of these: Bus drivers"],
        ["West", "2", "1", "Teachers"],
    ]
