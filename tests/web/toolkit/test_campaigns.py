"""The calendar of observances: as a page and as a file, in both languages, each leading to its kit."""

import io
from html import unescape

import pikepdf
import pytest
from django.test import Client
from icalendar import Calendar
from lxml import html as etree

from tests.factories.guide import GuideWorld, make_guide_world
from tests.factories.papers import squeezed, text_of
from tests.moments import AT, TODAY
from upstander.foundation.kernel.actor import visitor
from upstander.insights.prints import pdf_of
from upstander.program.library.content.kits import Piece
from upstander.program.library.selectors.kits import kit_sheets, shipped_kits
from upstander.program.library.selectors.observances import shipped_observances


@pytest.fixture(autouse=True)
def world(db: None) -> GuideWorld:
    return make_guide_world()


@pytest.fixture
def made(world: GuideWorld) -> None:
    """Every sheet as the worker makes it."""
    actor = visitor(world.site.district_id)
    for language in ("en", "es"):
        for sheet in kit_sheets(actor=actor, language=language, on=TODAY):
            pdf_of(actor=actor, sheet=sheet, at=AT)


@pytest.mark.parametrize(("language", "first"), [("en", "The December campaign"), ("es", "La campaña de diciembre")])
def test_the_page_tells_what_comes_next_first_and_leads_to_each_kit(language: str, first: str) -> None:
    response = Client(SERVER_NAME="localhost").get(f"/{language}/toolkit/campaigns/")
    page = response.content.decode()
    assert (response.status_code, len(response.cookies)) == (200, 0)
    names = [each.name.in_language(language) for each in shipped_observances().values()]
    assert min(names, key=page.index) == first
    assert all(f"/{language}/learn/{each.page}/" in page for each in shipped_observances().values())


def test_the_file_holds_three_years_of_whole_days_that_take_nobody() -> None:
    response = Client(SERVER_NAME="localhost").get("/en/toolkit/campaigns/calendar.ics")
    assert response["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert len(events) == 3 * len(shipped_observances())
    assert len({str(event["UID"]) for event in events}) == len(events)
    blue = next(event for event in events if str(event["UID"]).startswith("wear_blue-2027@"))
    assert (str(blue.decoded("DTSTART")), str(blue.decoded("DTEND"))) == ("2027-01-11", "2027-01-12")
    assert str(blue["URL"]).endswith("/en/learn/blue_day/")
    assert all(str(event["TRANSP"]) == "TRANSPARENT" for event in events)


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_kit_can_be_read_copied_and_hung_up(made: None, language: str) -> None:
    visitor = Client(SERVER_NAME="localhost")
    for key, kit in shipped_kits().items():
        page, text, sheet = (
            visitor.get(f"/{language}/toolkit/campaigns/{key}/{name}") for name in ("", "words.txt", "sheet.pdf")
        )
        said = [line.in_language(language) for lines in kit.values() for line in lines]
        assert [line for line in said if line not in unescape(page.content.decode())] == []
        assert [line for line in said if line not in text.content.decode()] == []
        assert sheet.content.startswith(b"%PDF")
        assert not any(answer.cookies for answer in (page, text, sheet))
    assert "<title>Words to take along</title>" in page.content.decode() or language == "es"
    assert visitor.get("/en/toolkit/campaigns/made-up/").status_code == 404


@pytest.mark.parametrize(("language", "told"), [("en", "is being made"), ("es", "se está haciendo")])
def test_no_reader_has_a_sheet_drawn_and_one_that_is_not_made_yet_is_told_of(
    monkeypatch: pytest.MonkeyPatch, language: str, told: str
) -> None:
    monkeypatch.setattr("upstander.foundation.documents.engine._compiled", None)
    answer = Client(SERVER_NAME="localhost").get(f"/{language}/toolkit/campaigns/april/sheet.pdf")
    assert (answer.status_code, answer["Retry-After"], len(answer.cookies)) == (503, "60", 0)
    page = answer.content.decode()
    assert told in page
    assert f"/{language}/toolkit/campaigns/april/words.txt" in page


def test_the_sheet_says_its_lines_and_the_numbers_of_the_district_and_no_name_of_a_school(made: None) -> None:
    file = Client(SERVER_NAME="localhost").get("/es/toolkit/campaigns/wear_blue/sheet.pdf").content
    with pikepdf.open(io.BytesIO(file)) as document:
        assert (len(document.pages), str(document.Root.Lang)) == (1, "es")
        assert str(document.docinfo.Title) == "Una hoja para colgar"
    said = text_of(file)
    lines = shipped_kits()["wear_blue"][Piece.SHEET]
    assert [line.es for line in lines if squeezed(line.es) not in squeezed(said)] == []
    assert "911" in said and "988" in said and "Alder High" not in said


def test_materials_can_be_ordered_from_a_kit_with_what_fits_it_chosen_already() -> None:
    visitor = Client(SERVER_NAME="localhost")
    page = etree.fromstring(visitor.get("/en/toolkit/campaigns/january/").content)
    (order,) = page.xpath("//a[contains(@href, '/ask/for/materials/')]/@href")
    form = etree.fromstring(visitor.get(order).content)
    assert form.xpath("//input[@name='items'][@checked]/@value") == ["help_poster", "restroom_card"]
    assert form.xpath("//input[@name='languages'][@checked]/@value") == ["en", "es"]
    odd = visitor.get("/en/ask/for/materials/?items=made_up&site=someone&copies=9&audience=%3Cb%3E")
    assert odd.status_code == 200
    assert not etree.fromstring(odd.content).xpath("//input[@name='items'][@checked] | //input[@name='copies'][@value]")


@pytest.mark.parametrize(
    ("path", "scene", "tab"),
    [
        ("", "cover", "Upstander"),
        ("learn/families/", "families", "Páginas para leer"),
        ("own/plan/", "students", "Fechas y lugares"),
        ("toolkit/campaigns/april/", "cover", "Palabras para llevar"),
    ],
)
def test_a_link_sent_by_message_shows_one_neutral_name_and_a_drawing_without_words(
    path: str, scene: str, tab: str
) -> None:
    visitor = Client(SERVER_NAME="localhost")
    head = etree.fromstring(visitor.get(f"/es/{path}").content).xpath("//head")[0]
    told = {each.get("property"): each.get("content") for each in head.xpath("meta[@property]")}
    address = f"http://localhost/es/toolkit/pictures/{scene}/wide.png"
    assert told == {
        "og:title": tab,
        "og:type": "website",
        "og:image": address,
        "og:image:width": "1200",
        "og:image:height": "630",
    }
    answer = visitor.get(address)
    assert (answer["Content-Type"], answer.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert [int.from_bytes(answer.content[at : at + 4]) for at in (16, 20)] == [1200, 630]
    assert not answer.cookies


def test_there_is_no_picture_of_another_name() -> None:
    for name in ("made-up/wide", "cover/tall"):
        assert Client(SERVER_NAME="localhost").get(f"/en/toolkit/pictures/{name}.png").status_code == 404
