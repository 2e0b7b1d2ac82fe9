"""The browser's small engines give the answers of the same golden tables as the server's."""

import csv
import json
import re
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import icalendar
import playwright
import pytest
import segno
import yaml

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src" / "upstander" / "web"
# The browser driver brings its own Node, so that this needs nothing that the suite does not have.
NODE = Path(playwright.__file__).parent / "driver" / "node"
HARNESS = """
const vm = require("node:vm");
const { source, name, calls } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const engine = vm.runInNewContext(`${source};${name}`);
console.log(JSON.stringify(calls.map(([method, ...given]) => engine[method](...given))));
"""


CLOCK = "report/static/report/clock.js"


def run(file: str, name: str, calls: list[list[Any]]) -> list[Any]:
    """Call the methods of one script's object and give what they returned."""
    given = json.dumps({"source": (WEB / file).read_text(encoding="utf-8"), "name": name, "calls": calls})
    done = subprocess.run([NODE, "-e", HARNESS], input=given, capture_output=True, text=True, check=True)
    answers: list[Any] = json.loads(done.stdout)
    return answers


def golden(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "golden" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_rule_is_read_as_the_golden_table_says() -> None:
    rule = [
        {"threshold": 1, "observations": ["A1", "A2", "A3"]},
        {"threshold": 2, "observations": ["B1", "B2", "B3", "B4", "B5"]},
    ]
    rows = golden("san_mateo_at_risk.csv")
    names = [name for group in rule for name in group["observations"]]  # type: ignore[attr-defined]
    answers = run(
        "guide/static/guide/indicators.js",
        "Indicators",
        [["read", rule, {name: row[name] for name in names}] for row in rows],
    )
    assert answers == [
        {"outcome": row["expected"], "spoke": row["spoke"].split(), "wouldMatter": row["would_matter"].split()}
        for row in rows
    ]


def test_only_where_nothing_is_answered_no_sign_is_listed_as_open() -> None:
    rows = golden("san_mateo_at_risk.csv")
    answers = [{name: row[name] for name in row if re.fullmatch(r"[AB]\d", name)} for row in rows]
    told = run("guide/static/guide/indicators.js", "Indicators", [["isUnanswered", given] for given in [*answers, {}]])
    assert [row["note"] for row, is_unanswered in zip(rows, told, strict=False) if is_unanswered] == [
        "nothing answered"
    ]
    assert told[-1] is True


def test_silence_is_dont_know_in_the_browser_too() -> None:
    rule = [{"threshold": 1, "observations": ["A1"]}]
    assert run("guide/static/guide/indicators.js", "Indicators", [["read", rule, {}]])[0]["outcome"] == "incomplete"


def milliseconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)


def test_wall_times_are_read_as_the_golden_table_says() -> None:
    rows = golden("report_clock.csv")
    answers = run(CLOCK, "LegalClock", [["moments", row["wall"], row["zone"]] for row in rows])
    expected = [[milliseconds(row[name]) for name in ("moment", "later_moment") if row[name]] for row in rows]
    assert answers == expected
    assert {len(moments) for moments in answers} == {0, 1, 2}


def test_the_written_report_is_due_as_the_golden_table_says() -> None:
    rows = [row for row in golden("report_clock.csv") if row["due"]]
    dues = run(CLOCK, "LegalClock", [["due", milliseconds(r["moment"]), int(r["hours"])] for r in rows])
    assert dues == [milliseconds(row["due"]) for row in rows]
    walls = run(CLOCK, "LegalClock", [["wallAt", due, row["zone"]] for due, row in zip(dues, rows, strict=True)])
    assert walls == [row["due_wall"] for row in rows]


def words_of_the_clock(language: str) -> dict[str, Any]:
    """The passages of the clock's page that say a moment."""
    told = yaml.safe_load((ROOT / "content" / "guide" / "clock.yaml").read_text(encoding="utf-8"))["passages"]
    single = {name: told[name][language] for name in ("at_one", "at_many")}
    return single | {name: [one[language] for one in told[name]] for name in ("weekdays", "parts_of_day")}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_moment_is_said_as_the_golden_table_says(language: str) -> None:
    rows = golden("clock_words.csv")
    calls = [["said", milliseconds(row["moment"]), row["zone"], words_of_the_clock(language)] for row in rows]
    assert run(CLOCK, "LegalClock", calls) == [row[language] for row in rows]
    spoken = run(CLOCK, "LegalClock", [["spoken", milliseconds(row["moment"]), row["zone"]] for row in rows])
    assert spoken == [{name: int(row[name]) for name in ("weekday", "hour", "minute", "part")} for row in rows]


RECORD = "report/static/report/record.js"
HOUR = 3_600_000


def test_a_correction_is_a_new_line_and_the_first_stays() -> None:
    first, second = {"kind": "received", "moment": 1}, {"kind": "received", "moment": 2, "replaces": 1}
    (lines,) = run(RECORD, "Record", [["add", [{**first, "number": 1, "entered": 5}], second, 6]])
    assert lines == [{**first, "number": 1, "entered": 5}, {**second, "number": 2, "entered": 6}]
    assert run(RECORD, "Record", [["received", lines], ["replacedBy", lines, 1]]) == [lines[1], 2]


@pytest.mark.parametrize(
    ("sent", "now", "state"),
    [
        ([], 36 * HOUR, "waiting"),
        ([], 36 * HOUR + 1, "passed"),
        ([36 * HOUR], 99 * HOUR, "in_time"),
        ([36 * HOUR + 1], 99 * HOUR, "late"),
        ([40 * HOUR, 2 * HOUR], 99 * HOUR, "in_time"),
    ],
)
def test_being_late_is_told_and_never_refused(sent: list[int], now: int, state: str) -> None:
    lines: list[dict[str, Any]] = [{"kind": "received", "moment": 0, "number": 1}]
    lines += [{"kind": "written", "moment": at, "number": number} for number, at in enumerate(sent, 2)]
    assert run(RECORD, "Record", [["state", lines, 36, now], ["state", [], 36, now]]) == [state, "none"]


def test_only_what_is_still_to_come_is_no_line() -> None:
    asked = [(0, HOUR), (HOUR, HOUR), (HOUR + 1, HOUR)]
    assert run(RECORD, "Record", [["isAhead", moment, now] for moment, now in asked]) == [False, False, True]


def test_the_calendar_entry_says_when_and_not_why() -> None:
    moment = milliseconds("2026-09-20T12:00Z")
    (text,) = run("report/static/report/calendar.js", "Calendar", [["text", moment, "Recordatorio", "u-1", 0]])
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert event.decoded("DTSTART") == datetime.fromisoformat("2026-09-20T12:00Z")
    assert (str(event["SUMMARY"]), str(event["CLASS"]), len(event.walk("VALARM"))) == ("Recordatorio", "PRIVATE", 2)
    assert not re.search(r"(?i)report|child|upstander|http", text)


# Texts that fill a version wholly: where there is room left, the library pads in its own way.
@pytest.mark.parametrize("length", [14, 26, 42, 62, 84, 106])
def test_the_browser_s_qr_pictures_are_the_library_s(length: int) -> None:
    text = "https://training.example.org/en/check-in/BCDFHJ/".ljust(length, "a")[:length]
    (matrix,) = run("training/static/training/qr.js", "Qr", [["matrix", text]])
    version = (len(matrix) - 17) // 4
    known = segno.make(text, version=version, error="m", mask=0, mode="byte", boost_error=False)
    assert matrix == [list(row) for row in known.matrix]


def test_a_text_too_long_for_a_picture_has_none() -> None:
    assert run("training/static/training/qr.js", "Qr", [["matrix", "a" * 107]]) == [None]
