"""What ships as facts: complete, dated, in two languages; and what a writer is told when it is not."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from upstander.foundation.kernel.content import ContentRefused, Text
from upstander.program.facts.content import Book, Entry, Kind, read_entries, say, show

CONTENT = Path(__file__).parents[3] / "content"
GOOD = {
    "key": "line.one",
    "kind": "reporting",
    "label": {"en": "A line", "es": "Una línea"},
    "text": {"en": "Call {value}.", "es": "Llame al {value}."},
    "value": "555-0100",
    "fulfils_report": True,
    "source": {"name": "A county page", "address": "https://example.org/"},
    "read_on": "2026-01-01",
    "owner": "coordinator",
    "expires_on": "2026-07-01",
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "facts").mkdir()
    (tmp_path / "schemas").symlink_to(CONTENT / "schemas")
    return tmp_path


def write(content: Path, *facts: dict[str, object], name: str = "lines.yaml") -> None:
    apart = json.loads(json.dumps(list(facts)))  # what two facts share would be written as an alias, which is refused
    (content / "facts" / name).write_text(yaml.safe_dump({"facts": apart}, sort_keys=False), encoding="utf-8")


def test_shipped_facts_read() -> None:
    entries = read_entries(CONTENT)
    assert entries["emergency.number"].value == "911"
    assert entries["ca.report.written_hours"].value == "36"
    assert {entry.kind for entry in entries.values()} == set(Kind)


def test_shipped_facts_leave_out_what_nobody_confirmed() -> None:
    entries = read_entries(CONTENT)
    text = "".join(f"{e.value} {e.text.en} {e.text.es} {e.label.en}" for e in entries.values())
    assert entries["line.san_mateo.child_welfare"].hours is None
    for unconfirmed in ("233733", "741741", "678-678", "656-4673", "843-5200", "Polaris"):
        assert unconfirmed not in text


def test_only_agencies_take_reports() -> None:
    takes = {key for key, entry in read_entries(CONTENT).items() if entry.fulfils_report}
    assert {key.split(".")[1] for key in takes} == {"san_mateo", "los_angeles"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"expires_on": "soon"}, "lines.yaml:17: facts.0.expires_on: 'soon' is not a 'date'"),
        ({"expires_on": "2025-07-01"}, "lines.yaml:2: facts.0.key: line.one expires before it was read"),
        ({"label": {"en": "A line"}}, "facts.0.label: 'es' is a required property"),
        ({"kind": "rumor"}, "facts.0.kind: 'rumor' is not one of"),
        ({"text": {"en": "Call {value}.", "es": "Llame."}}, "line.one names its value in one language only"),
        ({"note": "x"}, "Additional properties are not allowed ('note' was unexpected)"),
        ({"tells": "tells.one"}, "lines.yaml:18: facts.0.tells: line.one names tells.one, which is not there"),
        ({"tells": "line.one"}, "line.one names line.one, and only what is practice is said of a counseling line"),
        ({"source": {"name": "A page", "address": "page 4"}}, "facts.0.source.address: 'page 4' does not match"),
    ],
)
def test_a_bad_fact_is_refused_by_file_line_key_and_reason(
    content: Path, change: dict[str, object], reason: str
) -> None:
    write(content, GOOD | change)
    with pytest.raises(ContentRefused) as refused:
        read_entries(content)
    assert reason in str(refused.value)


def test_a_line_without_a_number_is_refused(content: Path) -> None:
    write(content, {name: value for name, value in GOOD.items() if name != "value"})
    with pytest.raises(ContentRefused, match="'value' is a required property"):
        read_entries(content)


def test_every_fault_of_every_file_is_told_at_once(content: Path) -> None:
    write(content, GOOD | {"kind": "rumor"}, GOOD | {"owner": "me"})
    write(content, GOOD | {"read_on": "x"}, name="more.yaml")
    with pytest.raises(ContentRefused) as refused:
        read_entries(content)
    assert [(fault.file.name, fault.key) for fault in refused.value.faults] == [
        ("lines.yaml", "facts.0.kind"),
        ("lines.yaml", "facts.1.owner"),
        ("more.yaml", "facts.0.read_on"),
    ]


def test_a_key_written_twice_is_refused(content: Path) -> None:
    write(content, GOOD)
    write(content, GOOD, name="more.yaml")
    with pytest.raises(ContentRefused, match=r"more.yaml:2: facts.0.key: line.one is in two files"):
        read_entries(content)
    (content / "facts" / "more.yaml").write_text("facts: []\nfacts: []\n", encoding="utf-8")
    with pytest.raises(ContentRefused, match=r"more.yaml:2: facts: written twice"):
        read_entries(content)


def test_a_file_that_is_not_yaml_is_refused(content: Path) -> None:
    (content / "facts" / "lines.yaml").write_text("facts:\n  - {key: [\n", encoding="utf-8")
    with pytest.raises(ContentRefused, match=r"lines.yaml:3: file: "):
        read_entries(content)


def entry(kind: Kind) -> Entry:
    return Entry(
        key="a.fact",
        kind=kind,
        label=Text("A fact", "Un hecho"),
        text=Text("It is {value}.", "Es {value}."),
        value="36",
        citation=None,
        hours=Text("Day and night", "De día y de noche"),
        fulfils_report=False,
        source_name="A page",
        source_address="",
        read_on=date(2026, 1, 1),
        owner="coordinator",
        expires_on=date(2026, 7, 1),
    )


@pytest.mark.parametrize("kind", [Kind.EMERGENCY, Kind.REPORTING, Kind.DUTY, Kind.STATUTE, Kind.PRACTICE])
def test_what_a_caller_needs_stays_after_it_expired(kind: Kind) -> None:
    shown = show(entry(kind), "es", date(2026, 7, 1))
    assert (shown.text, shown.value, shown.is_expired, shown.is_withheld) == ("Es 36.", "36", True, False)


@pytest.mark.parametrize("kind", [Kind.COUNSELING, Kind.RULE])
def test_an_expired_claim_says_nothing_more(kind: Kind) -> None:
    shown = show(entry(kind), "en", date(2026, 7, 1))
    assert (shown.text, shown.value, shown.hours, shown.is_withheld) == ("", "", "", True)
    assert show(entry(kind), "en", date(2026, 6, 30)).text == "It is 36."


def test_a_book_opens_in_its_language() -> None:
    book = Book({"a.fact": entry(Kind.DUTY)}, "es", date(2026, 2, 1))
    assert [shown.label for shown in book.pick(["a.fact"])] == ["Un hecho"]
    with pytest.raises(KeyError):
        book["b.fact"]


def test_a_number_that_is_withheld_leaves_no_gap_in_a_sentence() -> None:
    said = Text("Call {a.fact} now.", "Llame ahora al {a.fact}.")
    told = [
        say(said, Book({"a.fact": entry(Kind.COUNSELING)}, language, date(2026, month, 1)))
        for language in ("en", "es")
        for month in (6, 7)
    ]
    assert told == [
        "Call 36 now.",
        "Call (this number is being checked) now.",
        "Llame ahora al 36.",
        "Llame ahora al (este número se está verificando).",
    ]


def test_a_line_says_what_is_known_of_it_and_else_that_nobody_knows() -> None:
    line = replace(entry(Kind.COUNSELING), tells="tells.fact")
    known = replace(entry(Kind.PRACTICE), text=Text("It tells nobody.", "No le avisa a nadie."))
    day = date(2026, 6, 1)
    told = [
        Book({"a.line": line, "tells.fact": known}, "es", day)["a.line"].tells,
        Book({"a.line": line}, "en", day)["a.line"].tells,
        Book({"a.line": replace(line, fulfils_report=True)}, "en", day)["a.line"].tells,
    ]
    assert told == [
        "¿Avisan a la policía? No le avisa a nadie.",
        "Will they tell the police? We do not know: ask them before you say more.",
        "They take reports, and what you tell them may be passed on.",
    ]


def test_of_every_counseling_line_that_ships_somebody_has_found_out_whether_it_tells_the_police() -> None:
    lines = [each for each in read_entries(CONTENT).values() if each.kind is Kind.COUNSELING]
    assert [each.key for each in lines if not each.tells] == []
