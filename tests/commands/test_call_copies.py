"""The call screen's copies: complete without a database, and with a district's own stations where one is known."""

import logging
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings
from tests.factories import make_actor, make_district, make_station
from tests.moments import AT, TODAY

from upstander.district.places.models import District
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.insights import call_copies
from upstander.jobs import tasks, timetable
from upstander.program.law.content import Line
from upstander.program.law.services import COPY_CALLS
from upstander.program.law.services.corrections import correct_phone
from upstander.program.law.services.local import Thing, propose_entry, sign_entry

LINES = ("tel:911", "tel:+18006324615", "tel:8005404000", "tel:+18883737888")


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.STATIC_PAGES = tmp_path
    return tmp_path


@pytest.mark.parametrize(("language", "words"), [("en", "Make the call"), ("es", "Haga la llamada")])
def test_the_shared_copy_needs_no_database(folder: Path, language: str, words: str) -> None:
    assert call_copies.write_shared(date(2026, 12, 1)) == 2
    page = (folder / f"call-{language}.html").read_text(encoding="utf-8")
    assert words in page
    assert [line for line in LINES if line not in page] == []
    assert "/guide/door" not in page


@pytest.mark.django_db
def test_each_host_gets_its_own_countys_copy(folder: Path) -> None:
    home = make_district(county_key="us-ca-san-mateo")
    make_station(home, phone="650-555-0110")
    make_district("fork", "north.localhost", county_key="us-ca-los-angeles")
    assert call_copies.write_all(at=AT) == 6
    alder = (folder / "call-en.localhost.html").read_text(encoding="utf-8")
    fork = (folder / "call-es.north.localhost.html").read_text(encoding="utf-8")
    assert "650-555-0110" in alder and "tel:8005404000" not in alder
    assert "tel:8005404000" in fork and "650-555-0110" not in fork


def test_no_draft_is_left_behind(folder: Path) -> None:
    call_copies.write_shared(date(2026, 12, 1))
    assert sorted(file.name for file in folder.iterdir()) == ["call-en.html", "call-es.html"]


def queued() -> list[int]:
    """The districts whose copies wait to be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->>'district_id')::bigint FROM procrastinate_jobs WHERE task_name = %s ORDER BY id",
            [COPY_CALLS],
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def corrected() -> District:
    """A district whose number was signed and then corrected."""
    district = make_district(county_key="us-ca-san-mateo")
    first, second = make_actor(district), make_actor(district)
    desk = Line(Text("County desk", "Mesa del condado"), "(650) 555-0190", "", TODAY)
    with in_district(district.pk):
        entry = propose_entry(actor=first, thing=Thing("child_welfare"), lines=[desk], at=AT)
        sign_entry(actor=second, ref=entry.ref, over="", at=AT)
        call_copies.write_district(district.pk, at=AT)
        correct_phone(actor=first, ref=entry.ref, position=0, phone="(650) 555-0195", at=AT)
    return district


@pytest.mark.django_db
def test_a_corrected_number_reaches_the_copies_with_the_next_job(folder: Path, corrected: District) -> None:
    copy = folder / "call-es.localhost.html"
    assert "(650) 555-0190" in copy.read_text(encoding="utf-8")
    assert queued() == [corrected.pk, corrected.pk]
    tasks.copy_calls(corrected.pk, corrected.ref)
    assert "(650) 555-0195" in copy.read_text(encoding="utf-8")
    assert "(650) 555-0190" not in copy.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_each_day_every_copy_is_written_again(folder: Path, corrected: District) -> None:
    for name in ("call-en.html", "call-en.localhost.html"):
        (folder / name).write_text("stale", encoding="utf-8")
    timetable.copy_calls(0)
    assert "stale" not in "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
    assert sorted(file.name for file in folder.iterdir())[:2] == ["call-en.html", "call-en.localhost.html"]


@pytest.mark.django_db
def test_a_folder_that_takes_no_file_is_told_to_the_log_and_ends_no_job(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    district = make_district(county_key="us-ca-san-mateo")
    settings.STATIC_PAGES = tmp_path / "file"
    settings.STATIC_PAGES.write_text("in the way", encoding="utf-8")
    with caplog.at_level(logging.ERROR):
        tasks.copy_calls(district.pk, district.ref)
        timetable.copy_calls(0)
    assert ["copies of the call screen" in record.message for record in caplog.records] == [True, True]
