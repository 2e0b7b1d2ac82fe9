"""What ships as law: packs that hold together, and what a writer is told when one does not."""

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from upstander.engines.indicators import Answer, Outcome, Reading, read
from upstander.foundation.kernel.content import ContentRefused
from upstander.program.facts.content import read_entries
from upstander.program.law.content import Jurisdiction, Pack, jurisdiction, read_packs

ROOT = Path(__file__).parents[3]
CONTENT = ROOT / "content"
FACTS = read_entries(CONTENT)
ON = dt.date(2026, 11, 16)


Packs = dict[str, tuple[Pack, ...]]


@pytest.fixture(scope="module")
def packs() -> Packs:
    return read_packs(CONTENT, FACTS)


def place(packs: Packs, key: str) -> Jurisdiction:
    return jurisdiction(packs, key, ON, FACTS)


def test_california_asks_for_a_call_now_and_a_written_report(packs: Packs) -> None:
    california = place(packs, "us-ca")
    phone, written = california.duty("phone"), california.duty("written")
    assert phone and (phone.due, phone.fact) == ("at_once", "ca.report.phone_now")
    assert written and (written.due, written.starts) == ("elapsed_hours", "information_received")
    assert FACTS[written.fact].value == "36"


def test_california_reports_never_go_to_school_police(packs: Packs) -> None:
    california = place(packs, "us-ca")
    assert [recipient.key for recipient in california.recipients] == ["law_enforcement", "child_welfare", "probation"]
    assert [recipient.key for recipient in california.excluded_recipients] == ["school_police"]
    assert "cannot take this report" in FACTS["ca.report.school_police"].text.en


def test_a_county_stands_on_its_state_and_country(packs: Packs) -> None:
    county = place(packs, "us-ca-los-angeles")
    assert [pack.key for pack in county.packs] == ["us-ca-los-angeles", "us-ca", "us"]
    assert county.facts("reporting_lines")[0] == "line.los_angeles.child_protection"
    assert county.facts("emergency") == ("emergency.number",)
    assert county.provisions("online") == ("los_angeles.online_not_urgent", "ca.report.online")


def test_only_san_mateo_county_has_a_rule(packs: Packs) -> None:
    rules = {pack.edition: [rule.key for rule in pack.rule_sets] for editions in packs.values() for pack in editions}
    assert {edition: keys for edition, keys in rules.items() if keys} == {"us-ca-san-mateo.2026-01-01": ["at_risk"]}


def test_san_mateo_rule_answers_as_its_golden_table(packs: Packs) -> None:
    rule = packs["us-ca-san-mateo"][-1].rule_sets[0].logic()
    with (ROOT / "tests" / "golden" / "san_mateo_at_risk.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 274
    for row in rows:
        answers = {name: Answer(row[name]) for name in rule.observations()}
        expected = Reading(Outcome(row["expected"]), tuple(row["spoke"].split()), tuple(row["would_matter"].split()))
        assert read(rule, answers) == expected, row["note"]


def test_all_unknown_is_incomplete_and_nothing_stands_before_the_report(packs: Packs) -> None:
    rule = packs["us-ca-san-mateo"][-1].rule_sets[0].logic()
    reading = read(rule, {})
    assert (reading.outcome, reading.would_matter) == (Outcome.INCOMPLETE, tuple(rule.observations()))
    assert place(packs, "us-ca-san-mateo").facts("reporting_lines")


def test_two_facts_inside_one_observation_count_once(packs: Packs) -> None:
    rule = packs["us-ca-san-mateo"][-1].rule_sets[0]
    housing = rule.groups[1].observations[0]
    assert housing.key == "B1" and "count once" in (housing.note.en if housing.note else "")
    others = {name: Answer.NOT_SEEN for name in rule.logic().observations()}
    assert read(rule.logic(), others | {"B1": Answer.SEEN}).outcome is Outcome.NOT_MET


@pytest.mark.parametrize(
    ("reporters", "on", "age", "must"),
    [
        ("volunteer", "2025-12-31", 40, False),
        ("volunteer", "2026-01-01", 17, False),
        ("volunteer", "2026-01-01", 18, True),
        ("board_member", "2025-12-31", 40, False),
        ("board_member", "2026-01-01", 40, True),
        ("contractor", "2026-01-01", 40, True),
        ("employee", "2020-01-01", 40, True),
        ("parent", "2026-01-01", 40, False),
    ],
)
def test_who_must_report_in_california(packs: Packs, reporters: str, on: str, age: int, must: bool) -> None:
    assert place(packs, "us-ca").must_report(reporters, dt.date.fromisoformat(on), age) is must


def test_texas_is_data_only(packs: Packs) -> None:
    texas = place(packs, "us-tx")
    written = texas.duty("written")
    assert written and (written.due, written.length, written.is_delegable) == ("elapsed_hours", 24, False)
    assert texas.duty("phone") == written
    assert [recipient.key for recipient in texas.excluded_recipients] == ["school_police"]


def test_san_diego_is_not_published_until_its_steps_and_its_number_are_filled_in(packs: Packs) -> None:
    (county,) = packs["us-ca-san-diego"]
    assert [level.key for level in county.terms.levels] == [
        "suspected_grooming",
        "suspected_victimization",
        "confirmed_victimization",
    ]
    assert county.blockers == (
        "reporting_lines",
        *(f"levels.{level.key}.steps" for level in county.terms.levels),
    )
    found = place(packs, "us-ca-san-diego")
    assert ([pack.key for pack in found.packs], found.terms.levels) == (["us-ca", "us"], ())


def test_a_county_without_contacts_shows_the_emergency_number_and_the_states_path(packs: Packs) -> None:
    found = place(packs, "us-ca-san-diego")
    assert (found.facts("emergency"), found.facts("reporting_lines")) == (("emergency.number",), ())
    assert [recipient.key for recipient in found.recipients] == ["law_enforcement", "child_welfare", "probation"]


def test_nothing_unconfirmed_has_a_text(packs: Packs) -> None:
    shipped = [pack for editions in packs.values() for pack in editions]
    assert {pack.is_signed_off for pack in shipped} == {False}
    assert {pack.terms.written_form for pack in shipped} == {None}


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (b"\xff\xfe", "1: file: is not plain text in UTF-8"),
        (b"pack: \x00", "1: file: is not plain text in UTF-8"),
        (b"pack: us\ntest: &a [*a]", "2: file: points to another part of the file (& or *): write it out"),
        (b"[" * 1_200, "1: file: is nested too deep"),
        (b"pack: us\npack: us-ca", "2: pack: written twice"),
        (b"pack: [us", "1: file: expected ',' or ']'"),
        (b"? [a, b]\n: c", "1: file: found unhashable key"),
        (b"", "1: file: None is not of type 'object'"),
    ],
)
def test_a_hostile_file_is_refused_with_its_line(tmp_path: Path, written: bytes, reason: str) -> None:
    content = broken(tmp_path, "", lambda pack: None)
    (content / "packs" / "us.2026-01-01.yaml").write_bytes(written)
    with pytest.raises(ContentRefused) as refused:
        read_packs(content, FACTS)
    assert f"us.2026-01-01.yaml:{reason}" in str(refused.value)


def test_a_short_file_that_grows_when_it_is_read_is_refused_before_it_grows(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 8)]
    content = broken(tmp_path, "", lambda pack: None)
    (content / "packs" / "us.2026-01-01.yaml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ContentRefused) as refused:
        read_packs(content, FACTS)
    assert [str(fault) for fault in refused.value.faults if "write it out" in fault.reason] == [
        "us.2026-01-01.yaml:1: file: points to another part of the file (& or *): write it out"
    ]


def broken(tmp_path: Path, name: str, change: Callable[[Any], object]) -> Path:
    """A copy of the shipped packs in which one file is changed."""
    (tmp_path / "packs").mkdir()
    (tmp_path / "schemas").symlink_to(CONTENT / "schemas")
    for file in (CONTENT / "packs").glob("*.yaml"):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        data |= {name: str(data[name]) for name in ("effective_from", "review_by")}
        data["reviewed_by"] = None
        for reporters in data.get("reporters", ()):
            reporters["begins"] = str(reporters["begins"]) if "begins" in reporters else None
        if file.name == name:
            change(data)
        (tmp_path / "packs" / file.name).write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        (
            "us-ca.2026-01-01.yaml",
            lambda pack: pack.pop("excluded_recipients"),
            "'excluded_recipients' is a required property",
        ),
        (
            "us-ca.2026-01-01.yaml",
            lambda pack: pack.update(pack="us-nv"),
            "pack: the file of this edition is us-nv.2026-01-01.yaml",
        ),
        ("us-ca.2026-01-01.yaml", lambda pack: pack.update(parent="us-nv"), "parent: us-nv does not contain us-ca"),
        ("us-ca.2026-01-01.yaml", lambda pack: pack["test"].append("ca.none"), "test.4: there is no fact ca.none"),
        (
            "us-ca.2026-01-01.yaml",
            lambda pack: pack["duties"][0].update(due="soon"),
            "duties.0.due: 'soon' is not one of",
        ),
        ("us-ca.2026-01-01.yaml", lambda pack: pack.update(rule_sets=[{}]), "rule_sets"),
        (
            "us-ca-san-mateo.2026-01-01.yaml",
            lambda pack: pack["rule_sets"][0]["groups"][0].update(threshold=4),
            "rule_sets.0.groups: group A: threshold 4 of 3 observations",
        ),
        (
            "us-ca-san-mateo.2026-01-01.yaml",
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
