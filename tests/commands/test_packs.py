"""`upstander packs`: what its keeper reads, and what a rule owner is told about a table."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.program.law.shelf import CONTENT, lay_out

from upstander.commands import packs

GOLDEN = Path(__file__).parents[1] / "golden"
SAN_MATEO, CALIFORNIA = "us-ca-san-mateo/at_risk", "us-ca/written"
HEADER = "A1,A2,A3,B1,B2,B3,B4,B5,expected"


def call(*words: str) -> int:
    parser = argparse.ArgumentParser()
    packs.add_arguments(parser)
    return packs.run(parser.parse_args(words))


@pytest.fixture
def table(tmp_path: Path) -> Any:
    def write(*lines: str) -> str:
        file = tmp_path / "table.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(file)

    return write


def test_check_lists_what_is_unfilled_unpublished_unsigned_and_next_to_expire(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert call("check") == 0
    said = capsys.readouterr().out
    assert "  us-ca-san-diego.2026-01-01: reporting_lines, levels.suspected_grooming.steps, " in said
    assert "levels.0.steps: suspected_grooming still needs its steps" in said
    assert "us-ca.2026-01-01.yaml:57: written_form: still to be filled in" in said
    assert "not signed off: 6" in said


def test_check_as_json_gives_sources_with_the_day_they_were_read_and_the_next_expiry_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert call("check", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    days = [one["day"] for one in found["expires"]]
    assert days == sorted(days) and {"day": "2027-11-21", "what": "review of us-ca.2026-01-01"} in found["expires"]
    assert {
        "name": "California Penal Code 11165.9",
        "address": "https://self-law.org/code/ca/penal-code/11165-9",
        "read_on": "2026-11-21",
    } in found["sources"]["us-ca.2026-01-01"]


def test_check_refuses_a_layer_that_takes_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    county = {"pack": "us-ca-bay", "provisions": [{"key": "notice", "fact": None}]}
    content = lay_out(tmp_path, {"pack": "us"}, {"pack": "us-ca"}, county)
    (content / "facts").symlink_to(CONTENT / "facts")
    assert call("check", "--json", "--content", str(content)) == 1
    said = capsys.readouterr()
    reason = "us-ca-bay removes notice, as us-ca says it"
    assert said.err == f"us-ca-bay.2026-01-01.yaml:17: provisions.0.fact: {reason}\n"
    fault = {"file": "us-ca-bay.2026-01-01.yaml", "line": 17, "column": "provisions.0.fact", "reason": reason}
    assert json.loads(said.out) == {"faults": [fault]}


def test_diff_tells_every_difference_in_plain_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = CONTENT / "packs" / "us-ca.2026-01-01.yaml"
    data = yaml.load(old.read_text(encoding="utf-8"), yaml.BaseLoader)
    data["effective_from"] = "2027-01-01"
    data |= {"effective_to": None, "counsel_sign_off": None, "written_form": None}
    data["test"].remove("ca.child.age")
    data["duties"][1]["fact"] = "tx.report.hours"
    data["recipients"].pop()
    for duty in data["duties"]:
        duty["delegable"] = False
    data["provisions"] = [item for item in data["provisions"] if item["fact"] != "null"]
    new = tmp_path / "us-ca.2027-01-01.yaml"
    new.write_text(yaml.safe_dump(data), encoding="utf-8")
    assert call("diff", str(old), str(new)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "effective_from: 2027-01-01 (was 2026-01-01)",
        "the legal test: no longer “Who is a child: 18” (ca.child.age)",
        "duties: written: fact is “Within a day: 24” (tx.report.hours)"
        " (was “Written report: 36” (ca.report.written_hours))",
        "who takes a report: no longer probation",
        "other provisions: no longer training_proof",
        "other provisions: no longer report_copies",
    ]


def test_diff_of_the_same_edition_and_of_two_packs(capsys: pytest.CaptureFixture[str]) -> None:
    state, country = (str(CONTENT / "packs" / f"{key}.2026-01-01.yaml") for key in ("us-ca", "us"))
    assert call("diff", state, state) == 0
    assert capsys.readouterr().out == "Nothing differs.\n"
    assert call("diff", state, country) == 1
    assert "us is not another edition of us-ca" in capsys.readouterr().err
    assert call("diff", state, "nowhere.yaml") == 1
    assert "nowhere.yaml:1: file: there is no such file" in capsys.readouterr().err


def test_the_golden_table_is_a_table_its_owner_can_try(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("try", SAN_MATEO, str(GOLDEN / "san_mateo_at_risk.csv")) == 0
    assert capsys.readouterr().out == "274 of 274 cases agree.\n"


def test_try_prints_every_difference(table: Any, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ["Seen,,,,,,,,met", ",,,seen,not seen,,,,met", "no,,,,,,,,maybe", "don’t know,,,,,,,,Incomplete"]
    assert call("try", SAN_MATEO, table(HEADER, *rows)) == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "table.csv:3: expected: the table says met, the rule incomplete",
        "table.csv:4: A1: 'no' is not seen, not seen or don't know",
        "table.csv:4: expected: 'maybe' is not met, not met or incomplete",
    ]
    assert said.out == "2 of 4 cases agree.\n"


def test_due_answers_a_table_of_deadlines(table: Any, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        "zone,local,fold,expected,note",
        "America/Los_Angeles,2026-09-18T17:00,,2026-09-20T05:00,Friday evening to Sunday morning",
        "America/Los_Angeles,2026-03-07T17:00,,2026-03-09T06:00,clocks go forward",
        "America/Los_Angeles,2026-10-31T17:00,,2026-11-02T04:00,clocks go back",
        "America/Los_Angeles,2026-11-01T01:30,0,2026-11-02T12:30,the first time",
        "America/Los_Angeles,2026-11-01T01:30,1,2026-11-02T13:30-08:00,the second time",
        "America/Los_Angeles,2026-12-31T20:00,,2027-01-02T08:00,a holiday counts",
    ]
    assert call("due", CALIFORNIA, table(*rows), "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"cases": 6, "differences": []}


def test_due_asks_about_wall_times_and_never_guesses(table: Any, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        "zone,local,fold,expected",
        "America/Los_Angeles,2026-03-08T02:30,,2026-03-09T15:30",
        "America/Los_Angeles,2026-11-01T01:30,,2026-11-02T12:30",
        "America/Los_Angeles,2026-11-01T01:30Z,,2026-11-02T12:30",
        "America/Nowhere,2026-11-01T05:30,,2026-11-02T12:30",
        "America/Los_Angeles,yesterday,,2026-11-02T12:30",
        "America/Los_Angeles,2026-11-01T05:30,2,2026-11-02T12:30",
        "America/Los_Angeles,2026-09-18T17:00,,2026-09-21T17:00",
    ]
    assert call("due", CALIFORNIA, table(*rows)) == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "table.csv:2: local: 2026-03-08T02:30 never came in America/Los_Angeles: the clocks went forward over it",
        "table.csv:3: fold: 2026-11-01T01:30 came twice in America/Los_Angeles:"
        " say 0 for the first or 1 for the second",
        "table.csv:4: local: 2026-11-01T01:30Z carries an offset: write the time that the clock on the wall showed",
        "table.csv:5: zone: there is no time zone 'America/Nowhere'",
        "table.csv:6: local: 'yesterday' is not a time such as 2026-09-18T17:00",
        "table.csv:7: fold: '2' is not empty, 0 or 1",
        "table.csv:8: expected: the table says 2026-09-21T17:00, the clock 2026-09-20T05:00-0700",
    ]
    assert said.out == "0 of 7 cases agree.\n"


def test_due_counts_another_states_hours(table: Any) -> None:
    row = "America/Chicago,2026-09-18T17:00,,2026-09-19T17:00"
    assert call("due", "us-tx/report", table("zone,local,fold,expected", row)) == 0


@pytest.mark.parametrize(
    ("words", "lines", "reason"),
    [
        (("try", "us-ca/none"), [HEADER], "there is no rule us-ca/none; there is us-ca-san-mateo/at_risk"),
        (("try", SAN_MATEO), ["A1,expected"], "table.csv:1: A2: this column is missing"),
        (("try", SAN_MATEO), [HEADER + ",C1"], "table.csv:1: C1: nothing knows this column"),
        (("try", SAN_MATEO), [HEADER + ",A1"], "table.csv:1: A1: this column stands twice"),
        (("try", SAN_MATEO), [HEADER, "seen,met"], "table.csv:2: file: this row has more or fewer cells"),
        (("try", SAN_MATEO), [HEADER, 'seen,"'], "table.csv:"),
        (("due", "us-ca/none"), [""], "there is no duty us-ca/none; there is us-ca/phone, us-ca/written"),
        (("due", "us-ca/phone"), [""], "us-ca/phone is not counted in elapsed hours"),
        (("due", "us-xx/written"), [""], "there is no duty us-xx/written; there is none"),
    ],
)
def test_a_table_that_cannot_be_answered_is_refused(
    table: Any, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], lines: list[str], reason: str
) -> None:
    assert call(*words, table(*lines)) == 1
    assert reason in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_a_file_that_is_no_text_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    file = tmp_path / "table.csv"
    if content:
        file.write_bytes(content)
    assert call("try", SAN_MATEO, str(file)) == 1
    assert "table.csv:1: file: " in capsys.readouterr().err


@pytest.mark.parametrize("word", ["check", "diff", "try", "due"])
def test_every_word_explains_itself(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call(word, "--help")
    assert ended.value.code == 0
    assert "--json" in capsys.readouterr().out
