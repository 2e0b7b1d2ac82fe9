"""An editor puts one number right: page, card, poster, slides, toolkit and the call screen say the new one at once."""

import datetime as dt
import os
import re
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from tests.factories.guide import GuideWorld, make_guide_world
from tests.factories.papers import squeezed, text_of
from tests.factories.visits import holder
from tests.moments import TODAY
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.db import in_district
from upstander.jobs.prints import make_changed
from upstander.program.facts.selectors import shipped_entries
from upstander.program.library.disposal import forget_editions
from upstander.program.library.models import PrintEdition
from upstander.program.library.selectors.kits import shipped_kits
from upstander.program.library.services import MAKE_PRINTS
from upstander.program.library.services.editions import KEPT

KEY, NEW = "line.childhelp", "1-800-555-0142"
DAY = dt.timedelta(days=1)
PAGES = ("learn/lines_for_you/", "learn/whom_to_call/", "guide/call/", "help/")
PAPERS = (
    "toolkit",
    "poster_lines",
    "cards_students",
    "cards_families",
    "poster_families",
    "talk",
    "talk_notes",
    "plan",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path: Path, settings: Settings) -> GuideWorld:
    settings.PRINTS, settings.KEPT_SECONDS = tmp_path / "prints", 30
    return make_guide_world()


@pytest.fixture
def district(world: GuideWorld) -> District:
    return District.objects.get(pk=world.site.district_id)


def correct(district: District) -> None:
    editor = holder(district, "coordinator", address="marisol@example.org", name="Marisol Q")
    soon = TODAY + dt.timedelta(days=180)
    typed = {"over": "0", "value": NEW, "reason": "moved", "source_name": "The line, by phone",
             "source_address": "https://example.org/line", "read_on": f"{TODAY}", "expires_on": f"{soon}"}  # fmt: skip
    assert editor.post(f"/en/facts/{KEY}/correct/", typed).status_code == 302


def shown(*values: str) -> list[list[str]]:
    """For each number, the pages and papers that say it."""
    browser = Client(SERVER_NAME="localhost")
    texts = {path: squeezed(browser.get(f"/en/{path}").content.decode()) for path in PAGES}
    texts |= {key: text_of(browser.get(f"/es/toolkit/{key}/pdf/").content) for key in PAPERS}
    return [[name for name, text in texts.items() if squeezed(value) in text] for value in values]


def queued() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->>'district_id')::bigint, args->>'ref' FROM procrastinate_jobs WHERE task_name = %s",
            [MAKE_PRINTS],
        )
        return list(cursor.fetchall())


def test_one_corrected_number_is_new_on_every_page_and_paper(
    district: District, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    old = shipped_entries()[KEY].value
    assert shown(old, NEW) == [[*PAGES, *PAPERS], []]
    with django_capture_on_commit_callbacks(execute=True):
        correct(district)
    assert shown(old, NEW) == [[], [*PAGES, *PAPERS]]


def test_a_correction_has_the_papers_made_and_the_page_says_so_until_they_are(
    district: District, settings: Settings
) -> None:
    """However often the job runs, and though an earlier one was killed between two papers and in the middle of one."""
    settings.KEPT_SECONDS, settings.LANGUAGES, folder = 0, [("en", "English")], Path(settings.PRINTS)
    page, waiting = partial(Client(SERVER_NAME="localhost").get, "/en/toolkit/"), "new editions are being made"
    make_changed(district.pk, district.ref)
    assert waiting not in page().content.decode()
    names = sorted(file.name for file in folder.iterdir())
    (folder / names[1]).unlink()
    (folder / f"{names[1]}.4711").write_bytes(b"%PDF half")
    make_changed(district.pk, district.ref)
    assert sorted(file.name for file in folder.iterdir()) == names
    correct(district)
    assert waiting in page().content.decode()
    assert queued() == [(district.pk, district.ref)]
    for _run in range(2):
        make_changed(*queued()[0])
    assert waiting not in page().content.decode()
    after = {file.name for file in folder.iterdir()}
    assert len(after) == len(names)
    sheets = {f"kit_sheet_{key}" for key in shipped_kits()}
    assert {name.split("-")[1] for name in after - set(names)} == {*PAPERS} | sheets
    assert all(file.read_bytes().rstrip().endswith(b"%%EOF") for file in folder.iterdir())


def test_what_was_handed_out_before_is_kept_for_editors_until_its_time_is_over(
    world: GuideWorld, district: District, settings: Settings
) -> None:
    """With what changed, for editors alone; erased by the rule, and then only its days are left. One of them was made
    for a single school, because somebody took it; its next edition is made when somebody takes that."""
    settings.LANGUAGES = [("en", "English")]
    of_school = f"/en/toolkit/poster_families/sites/{world.site.ref}/pdf/"
    assert Client(SERVER_NAME="localhost").get(of_school).status_code == 200
    count = len(PAPERS) + 1
    editor = holder(district, "coordinator", address="other@example.org", name="Dana P")
    old = shipped_entries()[KEY].value
    for _run in range(2):
        make_changed(district.pk, district.ref)
    assert "No former papers" in editor.get("/en/facts/papers/").content.decode()
    correct(district)
    for _run in range(2):
        make_changed(district.pk, district.ref)
    listed = editor.get("/en/facts/papers/").content.decode()
    assert f"{count} former editions" in listed
    assert listed.count(f"{world.site.name} · ") == 1
    assert listed.count(shipped_entries()[KEY].label.en) == count
    files = re.findall(r'href="(/en/facts/papers/\w+/)"', listed)
    texts = [text_of(editor.get(file).content) for file in files]
    assert len(texts) == count
    assert sum(squeezed(world.site.name) in text for text in texts) == 1
    assert all(squeezed(old) in text and squeezed(NEW) not in text for text in texts)
    assert Client(SERVER_NAME="localhost").get(files[0]).status_code == 302
    actor = job("house.forget_editions", district.pk, frozenset())
    with in_district(district.pk):
        ended = PrintEdition.objects.exclude(ended_at=None).values_list("ended_at", flat=True)[0]
        assert ended
        erased = [forget_editions(actor=actor, at=ended + days) for days in (KEPT - DAY, KEPT, KEPT + DAY)]
        assert erased == [0, count, 0]
        assert PrintEdition.objects.filter(ended_at=None, site__isnull=False).count() == 0
    assert Client(SERVER_NAME="localhost").get(of_school).status_code == 200
    make_changed(district.pk, district.ref)
    with in_district(district.pk):
        assert PrintEdition.objects.filter(ended_at=None, site__isnull=False).count() == 1
    assert "erased" in editor.get("/en/facts/papers/").content.decode()
    assert editor.get(files[0]).status_code == 404


def test_a_paper_of_a_school_that_was_taken_between_two_changes_is_kept_for_editors_too(
    world: GuideWorld, district: District, settings: Settings
) -> None:
    """No job saw it while it held; it may hang on a wall all the same. Noted once, though a job was killed before it
    dropped the file."""
    settings.LANGUAGES, folder = [("en", "English")], Path(settings.PRINTS)
    of_school = f"/en/toolkit/poster_families/sites/{world.site.ref}/pdf/"
    old = shipped_entries()[KEY].value
    taken = Client(SERVER_NAME="localhost").get(of_school).content
    files = {file: (file.read_bytes(), file.stat().st_mtime) for file in folder.iterdir()}
    correct(district)
    for _run in range(2):
        make_changed(district.pk, district.ref)
        assert [file for file in files if file.exists()] == []
        for file, (content, made) in files.items():
            file.write_bytes(content)
            os.utime(file, (made, made))
    with in_district(district.pk):
        (row,) = PrintEdition.objects.filter(site=world.site)
        assert (row.made_at.timestamp(), row.changed) == (next(iter(files.values()))[1], [f"fact:{KEY}"])
        assert (bytes(row.body or b""), row.ended_at is None) == (taken, False)
    assert squeezed(old) in text_of(taken)
    listed = holder(district, "coordinator", address="other@example.org", name="Dana P").get("/en/facts/papers/")
    assert "1 former edition" in listed.content.decode() and f"{world.site.name} · " in listed.content.decode()
