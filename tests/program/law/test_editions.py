"""Editions side by side: a decision replays under the edition of its day, and nothing switches by itself."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.factories import make_actor, make_district
from tests.moments import AT, TODAY
from tests.program.law.shelf import CONTENT, FACTS, lay_out, shelf

from upstander.foundation.kernel.content import ContentRefused
from upstander.foundation.kernel.db import in_district
from upstander.program.law import services
from upstander.program.law.content import edition_on, jurisdiction, read_packs
from upstander.program.law.selectors import packs as selectors

LAST_YEAR = {"pack": "us-ca", "effective_from": "2025-01-01", "effective_to": "2026-01-01"}
THIS_YEAR = {"pack": "us-ca", "effective_from": "2026-01-01"}
DAY_BEFORE, FIRST_DAY = dt.date(2025, 12, 31), dt.date(2026, 1, 1)
RULE: dict[str, Any] = {
    "key": "at_risk",
    "edition": 1,
    "name": {"en": "rule", "es": "regla"},
    "fact": "san_mateo.at_risk_rule",
    "met": {"en": "report", "es": "reporte"},
    "groups": [
        {
            "key": "A",
            "threshold": 1,
            "name": {"en": "A", "es": "A"},
            "observations": [{"key": "A1", "text": {"en": "a", "es": "a"}}],
        }
    ],
}
NEWER = RULE | {"edition": 2, "met": {"en": "call", "es": "llame"}}


def duty(fact: str) -> list[dict[str, Any]]:
    said = {"key": "written", "channel": "written", "starts": "information_received", "due": "elapsed_hours"}
    return [{**said, "fact": fact, "delegable": False}]


def test_a_decision_of_last_year_replays_under_last_years_edition(tmp_path: Path) -> None:
    packs = shelf(tmp_path, {"pack": "us"}, LAST_YEAR, THIS_YEAR | {"duties": duty("tx.report.hours")})
    hours = {on: jurisdiction(packs, "us-ca", on, FACTS).duty("written") for on in (DAY_BEFORE, FIRST_DAY)}
    assert {on: found.length for on, found in hours.items() if found} == {DAY_BEFORE: 36, FIRST_DAY: 24}


@pytest.mark.parametrize(
    ("on", "edition", "is_overdue"),
    [
        ("2020-05-05", "us-ca.2025-01-01", True),  # before our first file: the nearest there is, and told
        ("2025-01-01", "us-ca.2025-01-01", False),
        ("2025-12-31", "us-ca.2025-01-01", False),
        ("2026-01-01", "us-ca.2026-01-01", False),
        ("2026-12-31", "us-ca.2026-01-01", False),
        ("2027-01-01", "us-ca.2026-01-01", True),  # past its review: it keeps working
        ("2040-01-01", "us-ca.2026-01-01", True),
    ],
)
def test_the_edition_of_a_day(tmp_path: Path, on: str, edition: str, is_overdue: bool) -> None:
    packs = shelf(tmp_path, {"pack": "us"}, LAST_YEAR, THIS_YEAR)
    found = edition_on(packs["us-ca"], dt.date.fromisoformat(on))
    assert (found.edition, found.is_overdue(dt.date.fromisoformat(on))) == (edition, is_overdue)


@pytest.mark.parametrize("ends", [None, "2026-01-02"])
def test_two_editions_never_hold_on_one_day(tmp_path: Path, ends: str | None) -> None:
    with pytest.raises(ContentRefused, match=r"us-ca.2025-01-01.yaml has not ended by then: give it an effective_to"):
        shelf(tmp_path, {"pack": "us"}, LAST_YEAR | {"effective_to": ends}, THIS_YEAR)


def test_an_edition_ends_after_it_begins(tmp_path: Path) -> None:
    with pytest.raises(ContentRefused, match="effective_to: ends before it begins"):
        shelf(tmp_path, {"pack": "us"}, LAST_YEAR | {"effective_to": "2024-01-01"})


def test_a_rule_says_the_same_for_ever_under_its_number(tmp_path: Path) -> None:
    first = {"pack": "us-ca-bay", "effective_from": "2025-01-01", "effective_to": "2026-01-01", "rule_sets": [RULE]}
    second = {"pack": "us-ca-bay", "rule_sets": [NEWER | {"edition": 1}]}
    with pytest.raises(ContentRefused, match="give it a new number"):
        shelf(tmp_path, {"pack": "us"}, {"pack": "us-ca"}, first, second)


@pytest.mark.django_db
def test_a_new_edition_of_a_rule_never_switches_a_district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = {"pack": "us-ca-bay", "effective_to": "2026-11-20", "rule_sets": [RULE]}
    second = {"pack": "us-ca-bay", "effective_from": "2026-11-20", "rule_sets": [NEWER]}
    packs = shelf(tmp_path, {"pack": "us"}, {"pack": "us-ca"}, first, second)
    monkeypatch.setattr(selectors, "shipped_packs", lambda: packs)
    actor = make_actor(make_district(county_key="us-ca-bay"))
    later = TODAY + dt.timedelta(days=60)
    with in_district(actor.district_id):
        services.adopt_rule_set(actor=actor, pack="us-ca-bay", rule="at_risk", starts_on=TODAY, at=AT)
        for on in (TODAY, later):
            held = selectors.adopted_rule(actor=actor, on=on)
            assert held and (held[0].edition, held[1].edition) == ("us-ca-bay.2026-01-01", 1)
        assert [selectors.has_newer_rule(actor=actor, on=on) for on in (TODAY, later)] == [False, True]
        services.end_rule_set(actor=actor, ends_on=later, at=AT)
        services.adopt_rule_set(actor=actor, pack="us-ca-bay", rule="at_risk", starts_on=later, at=AT)
        assert [selectors.adopted_rule(actor=actor, on=on)[1].edition for on in (TODAY, later)] == [1, 2]  # type: ignore[index]


@pytest.mark.django_db
def test_a_pack_past_its_review_is_told_and_keeps_working() -> None:
    actor = make_actor(make_district(county_key="us-ca-san-mateo"))
    late = dt.date(2027, 11, 21)
    with in_district(actor.district_id):
        assert selectors.overdue_packs(actor=actor, on=TODAY) == ()
        overdue = selectors.overdue_packs(actor=actor, on=late)
        assert [(one.key, one.review_by) for one in overdue] == [
            ("us-ca-san-mateo", late),
            ("us-ca", late),
            ("us", late),
        ]
        assert selectors.jurisdiction_of(actor=actor, on=late).facts("reporting_lines")


def test_shipped_files_are_named_by_pack_and_first_day(tmp_path: Path) -> None:
    for editions in read_packs(CONTENT, FACTS).values():
        assert [pack.document.file.stem for pack in editions] == [pack.edition for pack in editions]
    content = lay_out(tmp_path, {"pack": "us"})
    (content / "packs" / "us.2026-01-01.yaml").rename(content / "packs" / "us.yaml")
    with pytest.raises(ContentRefused, match=r"us.yaml:1: pack: the file of this edition is us.2026-01-01.yaml"):
        read_packs(content, FACTS)
