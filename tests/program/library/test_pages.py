"""The public pages as they ship: on facts that exist, leading only where something is, neutral where it shows."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from upstander.foundation.kernel.content import ContentRefused
from upstander.program.facts.content import Book, read_entries
from upstander.program.guidance.selectors.cards import shipped_cards
from upstander.program.law.content import jurisdiction, read_packs
from upstander.program.library.content.faces import Face, face, face_facts
from upstander.program.library.content.pages import Audience, read_pages

ON = date(2026, 11, 21)
CONTENT: Path = settings.CONTENT
FACTS = read_entries(CONTENT)
PACKS = read_packs(CONTENT, FACTS)
PAGES = read_pages(CONTENT, FACTS)
TOPIC = re.compile(r"exploit|traffick|abus|sex|explot|trata", re.IGNORECASE)


def shown(key: str, place: str = "us-ca-san-mateo", language: str = "en") -> Face:
    where = jurisdiction(PACKS, place, ON, FACTS)
    needed = {fact: FACTS[fact] for fact in face_facts(PAGES[key], where)}
    return face(PAGES[key], where, Book(needed, language, ON))


def test_every_page_can_be_shown_in_every_place_and_both_languages() -> None:
    for place in PACKS:
        for language in ("en", "es"):
            faces = [shown(key, place, language) for key in PAGES]
            assert [each.key for each in faces if not each.title or not each.shapes] == []
            assert [each.key for each in faces for shape in each.shapes for word in shape.words if "{" in word] == []


def test_what_a_tab_or_a_print_says_never_names_the_topic() -> None:
    named = [page.key for page in PAGES.values() if TOPIC.search(page.neutral_title.en + page.neutral_title.es)]
    assert named == []
    assert [key for key in PAGES if TOPIC.search(key)] == []


def test_every_link_leads_somewhere_and_only_pages_for_staff_lead_behind_the_staff_door() -> None:
    for page in PAGES.values():
        for block in page.blocks:
            if block.kind == "card":
                assert shipped_cards()[block.key].is_public or page.audience == Audience.STAFF
            elif block.kind == "link" and ":" in block.key:
                assert reverse(block.key)
            elif block.kind == "link":
                assert PAGES[block.key].is_public or page.audience == Audience.STAFF, (page.key, block.key)


def test_what_the_law_of_a_place_leaves_open_is_a_visible_blank() -> None:
    texas = next(place for place in PACKS if place.startswith("us-tx"))
    blanks = [shape for key in PAGES for shape in shown(key, texas).shapes if shape.is_blank]
    assert blanks
    assert all(shape.words and shape.words[0] and not shape.facts for shape in blanks)


def test_who_has_not_reviewed_a_page_stands_on_it() -> None:
    for key, page in PAGES.items():
        waiting = [role for role, sign_off in page.review.items() if sign_off is None]
        assert list(shown(key).unreviewed) == waiting


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("fact: exploitation.definition", "fact: exploitation.made_up", "there is no fact exploitation.made_up"),
        ("to: two_forms", "to: three_forms", "there is no page three_forms"),
        ("to: two_forms", "to: basics", "leads to the page it stands on"),
        ("key: basics", "key: other", "the file of other is other.yaml"),
        ("key: basics", "key: door", "is a word of the address of other pages; choose another"),
        ("A child cannot agree to it.", "A child under 18 cannot agree to it.", "does not match"),
    ],
)
def test_a_page_with_a_fault_is_refused_by_file_line_and_reason(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    shutil.copytree(CONTENT / "pages", tmp_path / "pages")
    shutil.copytree(CONTENT / "schemas", tmp_path / "schemas")
    file = tmp_path / "pages" / "basics.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(ContentRefused) as refused:
        read_pages(tmp_path, FACTS)
    assert any(str(fault).startswith("basics.yaml:") and reason in fault.reason for fault in refused.value.faults)
