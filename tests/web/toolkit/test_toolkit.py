"""The pages on paper: every word of every open page, in order; tagged; a new edition as soon as a fact changes."""

import dataclasses
import io
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.factories.guide import GuideWorld, make_guide_world
from tests.factories.papers import alternatives, squeezed, tags, text_of
from tests.moments import AT, TODAY
from upstander.foundation.kernel.actor import HOUSE, job, visitor
from upstander.foundation.kernel.db import in_district
from upstander.insights.prints import PATHS, make_all
from upstander.program.facts.content import LINES
from upstander.program.facts.selectors import shipped_entries
from upstander.program.facts.services import load_facts
from upstander.program.library.content.faces import Face
from upstander.program.library.content.typist import PARTS
from upstander.program.library.selectors.kits import shipped_kits
from upstander.program.library.selectors.pages import open_faces, page_by_key, shipped_pages
from upstander.program.library.selectors.prints import shipped_prints

MOST_SHEETS = 90  # a warm processor draws 64 in 0.6 s, a cold one in 1.4 s: so many stay within two


@pytest.fixture(autouse=True)
def world(db: None, tmp_path: Path, settings: Settings) -> GuideWorld:
    settings.PRINTS = tmp_path / "prints"
    return make_guide_world()


def taken(address: str) -> bytes:
    response = Client(SERVER_NAME="localhost").get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert not response.cookies
    return response.content


def change_number(value: str) -> None:
    entries = shipped_entries()
    changed = {**entries, "line.childhelp": dataclasses.replace(entries["line.childhelp"], value=value)}
    with in_district(HOUSE):
        load_facts(actor=job("load facts", HOUSE, frozenset({"facts.load"})), entries=changed, at=AT)


def said(face: Face) -> list[str]:
    """Everything that a page says of itself, in its order."""
    words = [face.title, face.summary]
    for shape in face.shapes:
        words += shape.words
        for fact in shape.facts:
            words += [fact.label, fact.value] if fact.kind in LINES else [fact.text]
    return words


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_sentence_of_every_open_page_stands_in_the_toolkit_in_order(world: GuideWorld, language: str) -> None:
    text, at = text_of(taken(f"/{language}/toolkit/toolkit/pdf/")), 0
    faces = open_faces(actor=visitor(world.site.district_id), language=language, on=TODAY)
    for face in sorted(faces, key=lambda face: PARTS.index(face.audience)):
        one = page_by_key(
            actor=visitor(world.site.district_id), key=face.key, language=language, on=TODAY, is_staff=False
        )
        assert one == face
        for words in said(face):
            found = text.find(squeezed(words), at)
            assert found >= 0, (face.key, words)
            at = found + len(squeezed(words))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_toolkit_is_tagged_and_has_title_language_contents_and_words_for_its_pictures(language: str) -> None:
    pdf = taken(f"/{language}/toolkit/toolkit/pdf/")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == language
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.docinfo["/Title"]) == {"en": "Pages to keep", "es": "Páginas para guardar"}[language]
        with document.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
        assert len(document.open_outline().root) >= len(PARTS)
        assert 35 <= len(document.pages) <= MOST_SHEETS
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/TOC", "/Figure", "/Link"} <= tags(pdf)
    assert len(alternatives(pdf)) >= 5
    assert all(alternatives(pdf))


def test_a_changed_number_makes_a_new_edition_at_once_and_an_unchanged_one_stays_as_it_is() -> None:
    before = taken("/en/toolkit/toolkit/pdf/")
    assert taken("/en/toolkit/toolkit/pdf/") == before
    number = shipped_entries()["line.childhelp"].value
    change_number("1-800-555-0134")
    after = text_of(taken("/en/toolkit/toolkit/pdf/"))
    assert "1-800-555-0134" in after
    assert squeezed(number) not in after


def test_the_page_says_how_large_a_paper_is_and_of_which_day(world: GuideWorld, settings: Settings) -> None:
    browser = Client(SERVER_NAME="localhost")
    assert "made fresh when you open it" in browser.get("/en/toolkit/").content.decode()
    actor = visitor(world.site.district_id)
    sheets = make_all(actor=actor, on=TODAY, at=AT).sheets
    files = [file.name.split("-") for file in Path(settings.PRINTS).iterdir()]
    assert len(sheets) == len(shipped_prints()) * 2
    assert len(files) == len(sheets) + len(shipped_kits()) * 2
    assert {language for _district, _key, language, _edition in files} == {"en", "es"}
    page = browser.get("/en/toolkit/").content.decode()
    assert "made fresh" not in page
    assert "Nov. 16, 2026" in page
    assert "/es/toolkit/toolkit/pdf/" in page


def test_a_disk_that_takes_no_file_costs_no_reader_their_paper(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "closed").write_text("not a folder")
    settings.PRINTS = tmp_path / "closed" / "prints"
    assert taken("/en/toolkit/toolkit/pdf/").startswith(b"%PDF")


def test_there_is_no_print_of_another_name() -> None:
    assert Client(SERVER_NAME="localhost").get("/en/toolkit/nothing/pdf/").status_code == 404


def test_links_on_paper_lead_to_screens_that_exist() -> None:
    for route, path in PATHS.items():
        args = ["class"] if "{}" in path else []
        assert reverse(route, args=args) == "/en/" + path.format(*args)
    linked = {
        block.key
        for page in shipped_pages().values()
        if page.is_public
        for block in page.blocks
        if block.kind == "link"
    }
    assert {key for key in linked if ":" in key} <= PATHS.keys()
