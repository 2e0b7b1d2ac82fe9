"""A lower layer adds, fills in or shortens. Everything else is refused, naming both layers, file, line and reason."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.program.law.shelf import FACTS, LINE, STATE, lay_out, shelf

from upstander.foundation.kernel.content import ContentRefused
from upstander.program.law.content import Jurisdiction, district_layer, jurisdiction, merge, read_packs

ON = dt.date(2026, 11, 16)
DAY = {"key": "written", "due": "elapsed_hours", "fact": "tx.report.hours"}
WEEK = {"key": "written", "due": "school_days", "fact": "ca.training.mandated_reporter"}
HOURS = {"ca.report.written_hours": 36, "tx.report.hours": 24}
NAME = {"en": "Other", "es": "Otro"}
POLICE = {"key": "school_police", "name": NAME, "fact": "ca.report.recipients"}


def place(tmp_path: Path, own: dict[str, Any] | None = None, **county: Any) -> Jurisdiction:
    packs = shelf(tmp_path, {"pack": "us"}, {"pack": "us-ca"}, {"pack": "us-ca-bay", **county})
    return jurisdiction(packs, "us-ca-bay", ON, FACTS, district_layer(own) if own else None)


def test_a_lower_layer_adds_before_what_is_above(tmp_path: Path) -> None:
    own = {"reporting_lines": [{"key": "desk", "fact": "line.los_angeles.child_protection"}]}
    found = place(tmp_path, own)
    assert found.facts("reporting_lines") == ("line.los_angeles.child_protection", "line.san_mateo.child_welfare")
    assert [pack.key for pack in found.packs] == ["us-ca-bay", "us-ca", "us"]


def test_a_lower_layer_fills_in_what_is_empty(tmp_path: Path) -> None:
    found = place(tmp_path, provisions=[{"key": "training", "fact": "ca.training.trafficking"}])
    assert found.provisions("training") == ("ca.training.trafficking",)


@pytest.mark.parametrize(("due", "hours"), [(DAY, 24), ({"key": "written", "due": "at_once"}, None)])
def test_a_lower_layer_shortens_a_clock(tmp_path: Path, due: dict[str, Any], hours: int | None) -> None:
    duty = place(tmp_path, duties=[due]).duty("written")
    assert duty and (duty.due, duty.length) == (due["due"], hours)


def test_saying_the_same_again_is_allowed(tmp_path: Path) -> None:
    assert place(tmp_path, duties=[{"key": "written", "fact": "ca.report.written_hours"}]).duty("written")


def test_merging_changes_no_pack(tmp_path: Path) -> None:
    packs = shelf(tmp_path, {"pack": "us"}, {"pack": "us-ca"}, {"pack": "us-ca-bay", "duties": [DAY]})
    for _ in range(2):
        assert [jurisdiction(packs, key, ON, FACTS).duty("written").length for key in ("us-ca-bay", "us-ca")] == [  # type: ignore[union-attr]
            24,
            36,
        ]


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    (
        "counts a clock in another unit",
        {"duties": [WEEK]},
        "us-ca-bay counts in another unit written, as us-ca says it",
    ),
    ("removes what a duty is due", {"duties": [{"key": "written", "due": None}]}, "us-ca-bay removes written"),
    ("removes a fact", {"provisions": [{"key": "notice", "fact": None}]}, "us-ca-bay removes notice, as us-ca says it"),
    (
        "changes a filled field",
        {"provisions": [{"key": "notice", "fact": "ca.notice.excuse"}]},
        "us-ca-bay changes notice, as us-ca says it",
    ),
    (
        "makes a recipient of the excluded",
        {"recipients": [POLICE]},
        "us-ca-bay makes a recipient of school_police, as us-ca says it",
    ),
    (
        "takes a recipient away",
        {"excluded_recipients": [{"key": "child_welfare", "name": NAME, "fact": "ca.report.school_police"}]},
        "us-ca-bay takes away as recipient child_welfare, as us-ca says it",
    ),
    (
        "gives a recipient a condition",
        {"recipients": [{"key": "child_welfare", "condition": NAME}]},
        "us-ca-bay changes child_welfare",
    ),
    (
        "begins a duty later",
        {"reporters": [{"key": "volunteer", "begins": "2027-01-01"}]},
        "us-ca-bay changes volunteer, as us-ca says it",
    ),
    (
        "counts what has no number",
        {"duties": [{"key": "written", "fact": "ca.notice.year"}]},
        "ca.notice.year has no number to count",
    ),
    ("leaves an entry unfinished", {"provisions": [{"key": "new"}]}, "nothing says the kind of new"),
    (
        "writes an entry twice",
        {"reporting_lines": [*LINE["reporting_lines"], *LINE["reporting_lines"]]},
        "welfare is written twice",
    ),
]


@pytest.mark.parametrize(("county", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_lower_layer_may_not(tmp_path: Path, county: dict[str, Any], reason: str) -> None:
    content = lay_out(tmp_path, {"pack": "us"}, {"pack": "us-ca"}, {"pack": "us-ca-bay", **county})
    with pytest.raises(ContentRefused) as refused:
        read_packs(content, FACTS)
    assert reason in str(refused.value)
    (fault, *_) = refused.value.faults
    assert fault.file.name == "us-ca-bay.2026-01-01.yaml"
    assert fault.line > 1


def test_a_clock_made_longer_names_both_layers_and_both_lengths(tmp_path: Path) -> None:
    content = lay_out(tmp_path, {"pack": "us"}, {"pack": "us-ca", "duties": [_day_of_a_state()]}, _county_of_36_hours())
    with pytest.raises(ContentRefused) as refused:
        read_packs(content, FACTS)
    assert str(refused.value) == (
        "us-ca-bay.2026-01-01.yaml:17: duties.0.fact: "
        "us-ca-bay lengthens from 24 to 36 elapsed hours written, as us-ca says it"
    )


def _day_of_a_state() -> dict[str, Any]:
    return {"channel": "written", "starts": "information_received", "delegable": False, **DAY}


def _county_of_36_hours() -> dict[str, Any]:
    return {"pack": "us-ca-bay", "duties": [{"key": "written", "fact": "ca.report.written_hours"}]}


ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "duties": st.lists(
            st.fixed_dictionaries(
                {"key": st.sampled_from(["written", "other"])},
                optional={
                    "channel": st.just("written"),
                    "starts": st.just("information_received"),
                    "due": st.sampled_from(["at_once", "elapsed_hours", "school_days", None]),
                    "fact": st.sampled_from(["ca.report.written_hours", "tx.report.hours", "ca.notice.year", None]),
                    "delegable": st.sampled_from([True, False, None]),
                },
            ),
            max_size=1,
        ),
        "provisions": st.lists(
            st.fixed_dictionaries(
                {"key": st.sampled_from(["training", "notice", "other"]), "kind": st.just("notice")},
                optional={"fact": st.sampled_from(["ca.notice.year", "ca.notice.excuse", None])},
            ),
            max_size=1,
        ),
        "excluded_recipients": st.lists(
            st.fixed_dictionaries({"key": st.sampled_from(["child_welfare", "school_police", "other"])}), max_size=1
        ),
    },
)


@settings(deadline=None)
@given(county=ENTRIES, district=ENTRIES)
def test_whatever_the_layers_below_say_nothing_above_is_lost(county: dict[str, Any], district: dict[str, Any]) -> None:
    state = district_layer({"pack": "us-ca", **STATE})
    layers = [state, district_layer({"pack": "us-ca-bay", **county}), district_layer(district)]
    try:
        whole = merge(layers, HOURS)
    except ContentRefused:
        return
    for part in ("duties", "provisions", "recipients", "excluded_recipients"):
        found = {entry["key"]: entry for entry in whole[part]}
        for entry in state.data[part]:
            kept = {name: found[entry["key"]][name] for name, value in entry.items() if value is not None}
            if part == "duties":
                due, fact = kept.pop("due"), kept.pop("fact")
                assert due == "at_once" or (due == "elapsed_hours" and HOURS[fact] <= 36)
            assert kept.items() <= entry.items()
    assert not {one["key"] for one in whole["recipients"]} & {one["key"] for one in whole["excluded_recipients"]}


def test_a_districts_own_layer_is_bound_by_the_same_rules(tmp_path: Path) -> None:
    with pytest.raises(ContentRefused, match="district makes a recipient of school_police, as us-ca says it"):
        place(tmp_path, {"recipients": [POLICE]})
