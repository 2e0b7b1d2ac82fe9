"""Posters, cards, slides, notes, the plan and the activity: they say what the pages say, and nothing else."""

import io
import re
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.factories.guide import GuideWorld, make_guide_world
from tests.factories.papers import alternatives, squeezed, tags, text_of
from tests.factories.visits import holder
from tests.moments import AT, TODAY
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import Actor, visitor
from upstander.insights.prints import all_sheets
from upstander.program.facts.content import LINES, Shown
from upstander.program.library.content.prints import Form, Print
from upstander.program.library.content.typist import taken
from upstander.program.library.selectors.pages import open_faces
from upstander.program.library.selectors.prints import Sheet, print_pdf, shipped_prints
from upstander.web.shared.turns import Turns
from upstander.web.toolkit import views

LANGUAGES = ("en", "es")
MARKS = re.compile(r"[\d.•:]*")  # numbers of steps and pages, and the marks of lists
SHEETS = {Form.POSTER: 1, Form.CARDS: 2, Form.FOLD: 1, Form.WORKSHEET: 2}


@pytest.fixture(autouse=True)
def world(db: None) -> GuideWorld:
    return make_guide_world()


@pytest.fixture
def reader(world: GuideWorld) -> Actor:
    return visitor(world.site.district_id)


def sheets(reader: Actor, language: str) -> list[Sheet]:
    found = all_sheets(actor=reader, language=language, on=TODAY)
    return [sheet for sheet in found if sheet.form != Form.BOOK]


def passages(shipped: Print, reader: Actor, language: str) -> list[str]:
    """What the pages say where the print takes from them, in its order."""
    faces = {face.key: face for face in open_faces(actor=reader, language=language, on=TODAY)}
    shapes = [shape for part in shipped.parts for take in part.takes for shape in taken(take, faces[take.page])]
    return [words for shape in shapes for words in (*shape.words, *(w for fact in shape.facts for w in told(fact)))]


def told(fact: Shown) -> tuple[str, ...]:
    return (fact.label, fact.value) if fact.kind in LINES else (fact.text,)


def beside(sheet: Sheet) -> list[str]:
    """What a print may say beside passages: its own words, its edition, where it leads, and whose it is."""
    sides = sheet.said["sides"]
    facts = [fact for side in sides for block in side["blocks"] for fact in block["facts"]]
    small = [fact.get(name, "") for fact in facts for name in ("dated", "hours")]
    heads = [words for side in sides for words in (side["title"], *side["notes"])]
    own = [*sheet.said["words"].values(), sheet.title, sheet.said["address"], sheet.said["district"]]
    made = {"en": "Nov. 16, 2026", "es": "16 de noviembre de 2026"}[sheet.language]
    return [*small, *heads, *own, sheet.edition, made, ","]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_print_says_what_the_pages_say_and_nothing_else(reader: Actor, language: str) -> None:
    for sheet in sheets(reader, language):
        drawn = print_pdf(sheet=sheet, at=AT)
        text = text_of(drawn.pdf)
        said = [squeezed(words) for words in passages(shipped_prints()[sheet.key], reader, language)]
        assert [words for words in said if words not in text] == [], sheet.key
        for words in sorted({*said, *map(squeezed, beside(sheet))}, key=len, reverse=True):
            text = text.replace(words, "")
        assert MARKS.fullmatch(text), (sheet.key, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_print_is_checked_tagged_neutral_and_of_its_length(reader: Actor, language: str) -> None:
    for sheet in sheets(reader, language):
        drawn = print_pdf(sheet=sheet, at=AT)
        assert drawn.is_checked, sheet.key
        with pikepdf.open(io.BytesIO(drawn.pdf)) as document:
            assert str(document.Root.Lang) == language
            title = shipped_prints()[sheet.key].neutral_title.in_language(language)
            assert str(document.docinfo["/Title"]) == title
            slides = len(sheet.said["sides"]) + 1
            expected = SHEETS.get(sheet.form, slides if sheet.form == Form.SLIDES else None)
            assert expected is None or len(document.pages) == expected, sheet.key
            assert len(document.pages) < 20
        assert "/H1" in tags(drawn.pdf)
        pictures = alternatives(drawn.pdf)
        assert all(pictures) and (pictures or sheet.form in {Form.FOLD, Form.NOTES}), sheet.key


def test_the_plan_tells_nothing_of_whose_it_is_or_where_it_comes_from(reader: Actor) -> None:
    (plan,) = [sheet for sheet in sheets(reader, "en") if sheet.key == "plan"]
    pdf = print_pdf(sheet=plan, at=AT).pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert set(document.docinfo.keys()) <= {"/Title", "/Creator"}
        with document.open_metadata() as meta:
            assert not {name for name in meta if name.startswith("dc:")} - {"dc:title", "dc:language", "dc:format"}
    text = text_of(pdf)
    assert squeezed(plan.said["district"]) not in text
    assert "localhost" not in text


def test_a_talk_takes_half_an_hour() -> None:
    talk = shipped_prints()["talk"]
    assert sum(part.minutes for part in talk.parts) == 30
    assert all(part.notes for part in talk.parts)
    assert shipped_prints()["talk_notes"].parts == talk.parts


def test_cards_for_a_site_carry_its_own_station_and_open_its_own_call_screen(world: GuideWorld) -> None:
    browser = Client(SERVER_NAME="localhost")
    listed = browser.get("/en/toolkit/cards_staff/sites/").content.decode()
    address = f"/en/toolkit/cards_staff/sites/{world.site.ref}/pdf/"
    assert address in listed and world.bare_site.name in listed
    response = browser.get(address)
    assert (response.status_code, response["Cache-Control"], len(response.cookies)) == (200, "no-store", 0)
    text = text_of(response.content)
    for said in ("Alder High", "Alder City Police", "650-555-0110", f"/en/guide/call/at/{world.site.ref}/"):
        assert squeezed(said) in text
    bare = browser.get(f"/es/toolkit/cards_staff/sites/{world.bare_site.ref}/pdf/")
    assert "BirchBusYard" in text_of(bare.content)


def test_a_poster_for_a_school_carries_its_team_and_opens_its_page(world: GuideWorld) -> None:
    browser, address = Client(SERVER_NAME="localhost"), f"/es/toolkit/poster_families/sites/{world.site.ref}/pdf/"
    assert address in browser.get("/es/toolkit/poster_families/sites/").content.decode()
    pdf = browser.get(address).content
    for said in ("Alder High", "1-800-422-4453", f"/es/own/teams/{world.site.ref}/"):
        assert squeezed(said) in text_of(pdf)
    assert "/StructTreeRoot" in pikepdf.open(io.BytesIO(pdf)).Root


def test_making_new_prints_for_sites_has_a_bound_and_taking_those_that_are_made_has_none(
    world: GuideWorld, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PRINTS = tmp_path
    monkeypatch.setattr(views, "SITE_PRINTS", Turns("site prints", most=1, seconds=60))
    here, there = (Client(SERVER_NAME="localhost", REMOTE_ADDR=address) for address in ("192.0.2.1", "192.0.2.2"))
    made, new, newer = (
        f"/{language}/toolkit/cards_staff/sites/{site.ref}/pdf/"
        for language, site in (("en", world.site), ("es", world.site), ("en", world.bare_site))
    )
    assert [here.get(path).status_code for path in (made, new, made)] == [200, 429, 200]
    assert [there.get(path).status_code for path in (made, new, newer)] == [200, 200, 429]
    teacher = holder(District.objects.get(pk=world.site.district_id), "teacher", site=world.site)
    assert teacher.get(newer, REMOTE_ADDR="192.0.2.1").status_code == 200
    assert here.get(newer).status_code == 200


@pytest.mark.parametrize(
    "path", ["toolkit/plan/sites/", "toolkit/none/sites/", "toolkit/cards_staff/sites/NOSITEOFOURS/pdf/"]
)
def test_what_is_made_for_no_site_is_not_found(world: GuideWorld, path: str) -> None:
    assert Client(SERVER_NAME="localhost").get(f"/en/{path}").status_code == 404
    unasked = f"/en/toolkit/cards_students/sites/{world.bare_site.ref}/pdf/"  # it told of no offices
    assert Client(SERVER_NAME="localhost").get(unasked).status_code == 404
