"""The board's file: every school in reach, the requirement that counted, and nothing a spreadsheet would run."""

import csv
import io

import pytest

from tests.factories import make_region
from tests.factories.visits import holder
from tests.web.coverage.visits import school
from upstander.district.places.models import District

pytestmark = pytest.mark.django_db


def test_the_file_has_every_school_and_no_formula(district: District, asked: None) -> None:
    school(district, '=HYPERLINK("x")', 1, 1)
    school(district, "Öak", 2, 1)
    answer = holder(district).get("/en/coverage/list.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1:3] == [
        ["2026-11-16", '\'=HYPERLINK("x")', "", "1", "1", "80", "Trained", ""],
        ["2026-11-16", "Öak", "", "2", "1", "80", "Not yet trained", ""],
    ]


def test_below_the_schools_the_file_has_every_role_of_the_region_asked_for(district: District, asked: None) -> None:
    west = make_region(district, "West")
    school(district, "Birch", 4, 3, region=west)
    school(district, "Cedar", 1, 1)
    client = holder(district)
    rows = list(csv.reader(io.StringIO(client.get("/en/coverage/list.csv").content.decode("utf-8-sig"))))
    assert rows[0][-1] == "Role"
    assert [row for row in rows[3:] if row[3] != "0"] == [["2026-11-16", "", "", "5", "4", "", "", "Teachers"]]
    assert ["2026-11-16", "", "", "0", "0", "", "", "Volunteers"] in rows
    of_west = client.get(f"/en/coverage/list.csv?region={west.ref}").content.decode("utf-8-sig")
    assert ["2026-11-16", "", "West", "4", "3", "", "", "Teachers"] in list(csv.reader(io.StringIO(of_west)))


def test_the_file_keeps_to_the_readers_reach(district: District, asked: None) -> None:
    mine = school(district, "Birch", 1, 1)
    school(district, "Cedar", 1, 1)
    answer = holder(district, "site_administrator", site=mine).get("/en/coverage/list.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows if row[1]] == ["School", "Birch"]
    roles = [[*row[3:5], row[7]] for row in rows[1:] if row[7] and row[3] != "0"]
    assert roles == [["1", "1", "Teachers"], ["1", "0", "Site administrators"]]
