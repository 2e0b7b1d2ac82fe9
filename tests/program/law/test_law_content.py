"""What ships as law: packs that hold together, and what a writer is told when one does not."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from upstander.engines.indicators import Answer, Outcome, Reading, read
from upstander.foundation.kernel.content import ContentRefused
from upstander.program.facts.content import read_entries
from upstander.program.law.content import Pack, jurisdiction, read_packs

ROOT = Path(__file__).parents[3]
CONTENT = ROOT / "content"
FACTS = set(read_entries(CONTENT))


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    return read_packs(CONTENT, FACTS)


def test_california_asks_for_a_call_now_and_a_written_report(packs: dict[str, Pack]) -> None:
    california = jurisdiction(packs, "us-ca")
    phone, written = california.duty("phone"), california.duty("written")
    assert phone and (phone.due, phone.fact) == ("at_once", "ca.report.phone_now")
    assert written and (written.due, written.starts) == ("elapsed_hours", "information_received")
    assert read_entries(CONTENT)[written.fact].value == "36"


def test_california_reports_never_go_to_school_police(packs: dict[str, Pack]) -> None:
    california = jurisdiction(packs, "us-ca")
    assert [recipient.key for recipient in california.recipients] == ["law_enforcement", "child_welfare", "probation"]
    assert [recipient.key for recipient in california.excluded_recipients] == ["school_police"]
    assert "cannot take this report" in read_entries(CONTENT)["ca.report.school_police"].text.en


def test_a_county_stands_on_its_state_and_country(packs: dict[str, Pack]) -> None:
    place = jurisdiction(packs, "us-ca-los-angeles")
    assert [pack.key for pack in place.packs] == ["us-ca-los-angeles", "us-ca", "us"]
    assert place.facts("reporting_lines")[0] == "line.los_angeles.child_protection"
    assert place.facts("emergency") == ("emergency.number",)


def test_only_san_mateo_county_has_a_rule(packs: dict[str, Pack]) -> None:
    assert {key: [rule.key for rule in pack.rule_sets] for key, pack in packs.items() if pack.rule_sets} == {
        "us-ca-san-mateo": ["at_risk"]
    }


def test_san_mateo_rule_answers_as_its_golden_table(packs: dict[str, Pack]) -> None:
    rule = packs["us-ca-san-mateo"].rule_sets[0].logic()
    with (ROOT / "tests" / "golden" / "san_mateo_at_risk.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 274
    for row in rows:
        answers = {name: Answer(row[name]) for name in rule.observations()}
        expected = Reading(Outcome(row["outcome"]), tuple(row["spoke"].split()), tuple(row["would_matter"].split()))
        assert read(rule, answers) == expected, row["note"]


def test_nothing_unconfirmed_has_a_text(packs: dict[str, Pack]) -> None:
    assert {pack.is_signed_off for pack in packs.values()} == {False}
    assert {pack.written_form for pack in packs.values()} == {None}


def broken(tmp_path: Path, name: str, change: Callable[[Any], object]) -> Path:
    """A copy of the shipped packs in which one file is changed."""
    (tmp_path / "packs").mkdir()
    (tmp_path / "schemas").symlink_to(CONTENT / "schemas")
    for file in (CONTENT / "packs").glob("*.yaml"):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        data["effective_from"] = str(data["effective_from"])
        if file.name == name:
            change(data)
        (tmp_path / "packs" / file.name).write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("us-ca.yaml", lambda pack: pack.pop("excluded_recipients"), "'excluded_recipients' is a required property"),
        ("us-ca.yaml", lambda pack: pack.update(pack="us-nv"), "pack: the file of us-nv is us-nv.yaml"),
        ("us-ca.yaml", lambda pack: pack.update(parent="us-nv"), "parent: us-nv does not contain us-ca"),
        ("us-ca.yaml", lambda pack: pack["test"].append("ca.none"), "test.4: there is no fact ca.none"),
        ("us-ca.yaml", lambda pack: pack["duties"][0].update(due="soon"), "duties.0.due: 'soon' is not one of"),
        ("us-ca.yaml", lambda pack: pack.update(rule_sets=[{}]), "us-ca.yaml"),
        (
            "us-ca-san-mateo.yaml",
            lambda pack: pack["rule_sets"][0]["groups"][0].update(threshold=4),
            "rule_sets.0.groups: group A: threshold 4 of 3 observations",
        ),
        (
            "us-ca-san-mateo.yaml",
            lambda pack: pack["rule_sets"][0]["groups"][1]["observations"][0].update(key="A1"),
            "rule_sets.0.groups: rule at_risk: counted twice: A1",
        ),
    ],
)
def test_a_bad_pack_is_refused_by_file_and_reason(
    tmp_path: Path, name: str, change: Callable[[Any], object], reason: str
) -> None:
    with pytest.raises(ContentRefused) as refused:
        read_packs(broken(tmp_path, name, change), FACTS)
    assert f"{name}:" in str(refused.value)
    assert reason in str(refused.value)
