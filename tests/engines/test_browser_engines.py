"""The browser's two small engines give the answers of the same golden tables as the server's."""

import csv
import json
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import playwright

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "upstander" / "web" / "guide" / "static" / "guide"
# The browser driver brings its own Node, so that this needs nothing that the suite does not have.
NODE = Path(playwright.__file__).parent / "driver" / "node"
HARNESS = """
const vm = require("node:vm");
const { source, name, calls } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const engine = vm.runInNewContext(`${source};${name}`);
console.log(JSON.stringify(calls.map(([method, ...given]) => engine[method](...given))));
"""


def run(file: str, name: str, calls: list[list[Any]]) -> list[Any]:
    """Call the methods of one script's object and give what they returned."""
    given = json.dumps({"source": (STATIC / file).read_text(encoding="utf-8"), "name": name, "calls": calls})
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
    answers = run("indicators.js", "Indicators", [["read", rule, {name: row[name] for name in names}] for row in rows])
    assert answers == [
        {"outcome": row["outcome"], "spoke": row["spoke"].split(), "wouldMatter": row["would_matter"].split()}
        for row in rows
    ]


def test_silence_is_dont_know_in_the_browser_too() -> None:
    rule = [{"threshold": 1, "observations": ["A1"]}]
    assert run("indicators.js", "Indicators", [["read", rule, {}]])[0]["outcome"] == "incomplete"


def milliseconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)


def test_wall_times_are_read_as_the_golden_table_says() -> None:
    rows = golden("report_clock.csv")
    answers = run("clock.js", "LegalClock", [["moments", row["wall"], row["zone"]] for row in rows])
    expected = [[milliseconds(row[name]) for name in ("moment", "later_moment") if row[name]] for row in rows]
    assert answers == expected
    assert {len(moments) for moments in answers} == {0, 1, 2}


def test_the_written_report_is_due_as_the_golden_table_says() -> None:
    rows = [row for row in golden("report_clock.csv") if row["due"]]
    dues = run("clock.js", "LegalClock", [["due", milliseconds(r["moment"]), int(r["hours"])] for r in rows])
    assert dues == [milliseconds(row["due"]) for row in rows]
    walls = run("clock.js", "LegalClock", [["wallAt", due, row["zone"]] for due, row in zip(dues, rows, strict=True)])
    assert walls == [row["due_wall"] for row in rows]
