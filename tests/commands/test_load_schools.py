"""`upstander load schools`: exit codes, the report, refused rows as a file, and which district is meant."""

import argparse
import csv
import json
from pathlib import Path
from typing import Any

import pytest
from tests.factories import make_district

from upstander.commands import load
from upstander.commands.setup.steps import StepFailed
from upstander.district.places.models import District, Site
from upstander.foundation.kernel.db import in_district

pytestmark = pytest.mark.django_db

HEADER = "code,name,status,grades\n"


def run(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    load.add_arguments(parser)
    return load.run(parser.parse_args(["schools", *map(str, words), "--format", "generic"]))


def report(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return found


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.csv"
    file.write_text(HEADER + "A1,Lincoln,active,9-12\nA2,Lincoln,pending,K-8\n")
    return file


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / "bad.csv"
    file.write_text(HEADER + "A1,Lincoln,active,9-12\nA2,Washington,opne,8-6\n")
    return file


def sites_in(district: District) -> set[str]:
    with in_district(district.pk):
        return set(Site.objects.values_list("code", flat=True))


def test_counts_stand_in_words_and_as_one_object_on_the_last_line(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_district()
    assert run(good, "--json") == 0
    counts = report(capsys)
    assert (counts["rows"], counts["schools"], counts["active"], counts["opened"]) == (2, 2, 1, 2)
    assert run(good, "--json") == 0
    assert report(capsys)["unchanged"] == 2


def test_a_refused_row_writes_nothing_and_ends_with_1(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    district = make_district()
    assert run(bad, "--json") == 1
    said = capsys.readouterr().out
    assert "bad.csv, line 3, column status: 'opne' is not a word this format knows" in said
    assert "bad.csv, line 3, column grades: the grade span runs backwards" in said
    assert json.loads(said.splitlines()[-1])["written"] is False
    assert sites_in(district) == set()


def test_a_partial_load_puts_refused_rows_into_a_file_that_can_be_mended(bad: Path, tmp_path: Path) -> None:
    district, refused = make_district(), tmp_path / "refused.csv"
    assert run(bad, "--accept-partial", "--refused", refused) == 0
    assert sites_in(district) == {"A1"}
    with refused.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["code"], row["name"], row["refused_line"]) for row in rows] == [("A2", "Washington", "3")]
    assert "the grade span runs backwards" in rows[0]["refused_why"]


def test_refused_rows_run_nothing_in_a_spreadsheet(tmp_path: Path) -> None:
    make_district()
    bad, refused = tmp_path / "bad.csv", tmp_path / "refused.csv"
    bad.write_text(HEADER + 'A1,"Oak;=cmd()",opne,9-12\n')
    assert run(bad, "--accept-partial", "--refused", refused) == 0
    assert refused.read_text().splitlines()[1].startswith('"A1","Oak;\'=cmd()","opne","9-12","2",')


def test_among_real_districts_nobody_guesses(good: Path) -> None:
    first, second = make_district(), make_district("north", "north.localhost")
    with pytest.raises(StepFailed, match="alder, north"):
        run(good)
    assert run(good, "--district", "north") == 0
    assert (sites_in(first), sites_in(second)) == (set(), {"A1", "A2"})


def test_a_machine_with_nothing_but_the_demo_means_its_first_district(good: Path) -> None:
    first = make_district(is_fictional=True)
    make_district("north", "north.localhost", is_fictional=True)
    assert run(good) == 0
    assert sites_in(first) == {"A1", "A2"}


def test_a_day_that_is_none_and_a_file_that_is_not_there_are_said_plainly(good: Path, tmp_path: Path) -> None:
    make_district()
    with pytest.raises(SystemExit):
        run(good, "--as-of", "June 2018")
    with pytest.raises(StepFailed, match="cannot be read"):
        run(tmp_path / "absent.csv")
