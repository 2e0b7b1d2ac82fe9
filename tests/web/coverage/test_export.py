"""The board's file: every school in reach, the requirement that counted, and nothing a spreadsheet would run."""

import csv
import io

import pytest

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
    assert rows[1:] == [
        ["2026-11-16", '\'=HYPERLINK("x")', "", "1", "1", "80", "Trained"],
        ["2026-11-16", "Öak", "", "2", "1", "80", "Not yet trained"],
    ]


def test_the_file_keeps_to_the_readers_reach(district: District, asked: None) -> None:
    mine = school(district, "Birch", 1, 1)
    school(district, "Cedar", 1, 1)
    answer = holder(district, "site_administrator", site=mine).get("/en/coverage/list.csv")
    assert [row[1] for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))] == ["School", "Birch"]
