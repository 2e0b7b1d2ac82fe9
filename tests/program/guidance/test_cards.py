"""The cards as data: each behind its door, no sentence twice, nothing untrue of a place, nothing missing in silence."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from upstander.foundation.kernel.content import ContentRefused
from upstander.program.facts.content import Book, read_entries
from upstander.program.guidance.content.cards import Card, read_cards
from upstander.program.guidance.content.faces import Face, face, face_facts
from upstander.program.law.content import jurisdiction, read_packs

ON = date(2026, 11, 21)
CONTENT: Path = settings.CONTENT
FACTS = read_entries(CONTENT)
PACKS = read_packs(CONTENT, FACTS)
CARDS = read_cards(CONTENT, FACTS)
ROLES = ["bus", "kitchen", "custodian", "office", "aide", "coach", "substitute", "teacher"]


def shown(key: str, place: str = "us-ca-san-mateo", language: str = "en") -> Face:
    where = jurisdiction(PACKS, place, ON, FACTS)
    needed = {fact: FACTS[fact] for fact in face_facts(CARDS[key], where)}
    return face(CARDS[key], where, Book(needed, language, ON))


def words(found: Face) -> str:
    return " ".join(line.text for part in found.parts for line in part.lines)


def blanks(found: Face) -> list[str]:
    return [line.text for part in found.parts for line in part.lines if line.is_blank]


def test_there_is_a_card_for_every_situation_and_every_kind_of_work() -> None:
    assert list(CARDS) == [
        "told",
        "call",
        "class",
        "after",
        "self",
        "interview",
        "custody",
        "family",
        "facilitator",
        "plan_in_class",
        *ROLES,
    ]
    assert [key for key, card in CARDS.items() if card.kind == "role"] == ROLES


def test_what_staff_watch_for_and_how_they_respond_is_on_no_open_card() -> None:
    assert [key for key, card in CARDS.items() if card.is_public] == ["told", "call", "class", "after", "self"]


def test_role_cards_end_in_the_same_parts_without_repeating_them() -> None:
    assert len({CARDS[key].parts[-2:] for key in ROLES}) == 1
    headings = {tuple(part.heading.en for part in CARDS[key].parts[:3]) for key in ROLES}
    assert headings == {("Where you notice", "Where you make the call", "Who stays with the children")}


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.key)
@pytest.mark.parametrize("place", ["us-ca-san-mateo", "us-ca-los-angeles", "us-tx"])
def test_every_card_can_be_shown_everywhere_in_both_languages(card: Card, place: str) -> None:
    english, spanish = shown(card.key, place), shown(card.key, place, "es")
    assert [len(part.lines) for part in english.parts] == [len(part.lines) for part in spanish.parts]
    assert words(english) != words(spanish)
    assert "{" not in words(english) + words(spanish)


def test_a_child_in_custody_is_told_as_the_states_law_says_it() -> None:
    found = shown("custody")
    assert "The principal does not notify the parent." in words(found)
    assert [line.citation for part in found.parts for line in part.lines if line.citation] == ["Education Code 48906"]


def test_in_a_state_where_nobody_has_looked_it_up_the_card_leaves_a_blank() -> None:
    assert blanks(shown("custody", "us-tx"))[0] == "Who tells the parents when a child is taken into custody"
    assert "48906" not in words(shown("custody", "us-tx"))
    assert blanks(shown("interview", "us-tx")) == [
        "What a child may choose when interviewed at school",
        "What a staff member who is present may do",
        "Who at your site receives the agency",
    ]


def test_the_support_person_takes_no_part() -> None:
    assert "you take no part in the interview and say nothing about the case" in words(shown("interview"))


def test_holding_is_what_happens_until_a_person_decides() -> None:
    found = shown("family")
    assert found.lead.startswith("Hold.")
    assert "One person decides" in words(found)


@pytest.mark.parametrize("place", ["us-ca-san-mateo", "us-tx"])
def test_school_police_stand_on_the_card_of_the_call_only_as_who_cannot_take_it(place: str) -> None:
    found = shown("call", place)
    told = [line.text for part in found.parts if part.tone == "dont" for line in part.lines if line.citation]
    assert len(told) == 1 and "chool district police" in told[0]
    assert all("olice" not in number.label for number in found.numbers)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for folder in ("cards", "schemas"):
        shutil.copytree(CONTENT / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("same: every_do\n", "same: nothing\n", "there is no nothing among the shared parts"),
        ("say: not_by_radio", "say: nowhere", "there is no nowhere among the shared passages"),
        ("heading: notice", "heading: nowhere", "there is no nowhere among the shared headings"),
        ("say: not_by_radio", "fact: ca.nothing", "there is no fact ca.nothing"),
        ("who is new.", "who is 12.", "does not match"),
        ("card: bus", "card: train", "the file of train is train.yaml"),
        ("say: not_by_radio", "{en: Do, es: Ya}", "“Do” is written more than once"),
    ],
)
def test_a_broken_card_is_refused_with_its_reason(content: Path, before: str, after: str, reason: str) -> None:
    file = content / "cards" / "bus.yaml"
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))
    with pytest.raises(ContentRefused, match=reason):
        read_cards(content, FACTS)
