"""The call screen's copies: complete without a database, and with a district's own stations where one is known."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.factories import make_district, make_station

from upstander.commands import static_pages

LINES = ("tel:911", "tel:+18006324615", "tel:8005404000", "tel:+18883737888")


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.STATIC_PAGES = tmp_path
    return tmp_path


@pytest.mark.parametrize(("language", "words"), [("en", "Make the call"), ("es", "Haga la llamada")])
def test_the_shared_copy_needs_no_database(folder: Path, language: str, words: str) -> None:
    assert static_pages.write_shared(date(2026, 12, 1)) == 2
    page = (folder / f"call-{language}.html").read_text(encoding="utf-8")
    assert words in page
    assert [line for line in LINES if line not in page] == []
    assert "/guide/door" not in page


@pytest.mark.django_db
def test_each_host_gets_its_own_countys_copy(folder: Path) -> None:
    home = make_district(county_key="us-ca-san-mateo")
    make_station(home, phone="650-555-0110")
    make_district("fork", "north.localhost", county_key="us-ca-los-angeles")
    assert static_pages.write_all() == 6
    alder = (folder / "call-en.localhost.html").read_text(encoding="utf-8")
    fork = (folder / "call-es.north.localhost.html").read_text(encoding="utf-8")
    assert "650-555-0110" in alder and "tel:8005404000" not in alder
    assert "tel:8005404000" in fork and "650-555-0110" not in fork


def test_no_draft_is_left_behind(folder: Path) -> None:
    static_pages.write_shared(date(2026, 12, 1))
    assert sorted(file.name for file in folder.iterdir()) == ["call-en.html", "call-es.html"]
