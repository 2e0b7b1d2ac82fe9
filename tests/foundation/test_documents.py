"""The engine that draws documents: tagged, checked, the same bytes for the same input."""

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest
import typst

from upstander.foundation.documents.engine import Drawn, draw

AT = dt.datetime(2026, 10, 3, 17, 0, tzinfo=dt.UTC)
SOURCE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(font: "Noto Sans", lang: data.language)
= #data.title
#data.name
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "letter.typ"
    file.write_text(SOURCE)
    return file


def drawn(template: Path, name: str, language: str = "en") -> Drawn:
    return draw(template, {"title": "A letter", "name": name, "language": language}, at=AT)


def test_a_document_is_tagged_and_names_its_title_and_language(template: Path) -> None:
    result = drawn(template, "María-José Núñez", "es")
    assert result.is_checked
    with pikepdf.open(io.BytesIO(result.pdf)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "es"
        assert str(pdf.docinfo["/Title"]) == "A letter"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert "/StructTreeRoot" in pdf.Root


def test_every_font_is_embedded(template: Path) -> None:
    with pikepdf.open(io.BytesIO(drawn(template, "Đặng Łukasz").pdf)) as pdf:
        fonts = pdf.pages[0].Resources.Font
        found = [set(font.DescendantFonts[0].FontDescriptor.keys()) for font in fonts.values()]
    assert found
    assert all(keys & {"/FontFile2", "/FontFile3"} for keys in found)


def test_a_moment_between_two_seconds_can_be_its_date(template: Path) -> None:
    data = {"title": "A letter", "name": "Ana", "language": "en"}
    assert draw(template, data, at=AT.replace(microsecond=7)).pdf == draw(template, data, at=AT).pdf


def test_the_same_input_gives_the_same_bytes(template: Path) -> None:
    assert drawn(template, "Ana").pdf == drawn(template, "Ana").pdf


@pytest.mark.parametrize("name", ["สมชาย ใจดี", "Ana 😀"])
def test_a_name_without_a_font_is_drawn_all_the_same(
    template: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    result = drawn(template, name)
    assert not result.is_checked
    assert result.pdf.startswith(b"%PDF")
    assert caplog.messages == ["a character has no font"]
    assert name not in caplog.text


def test_two_people_can_be_drawn_for_at_once(template: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda number: drawn(template, f"Person {number}"), range(16)))
    assert len({each.pdf for each in found}) == 16
    assert all(each.is_checked for each in found)


def test_data_is_never_read_as_source(template: Path) -> None:
    assert drawn(template, '#panic("read as source") $x$ *bold*').is_checked


def test_another_mistake_is_not_taken_for_a_missing_character(tmp_path: Path) -> None:
    broken = tmp_path / "broken.typ"
    broken.write_text("#unknown")
    with pytest.raises(typst.TypstError, match="unknown variable"):
        draw(broken, {}, at=AT)
