"""The calendar of observances: as a page and as a file, in both languages, each leading to its kit."""

import datetime as dt
import io
from collections.abc import Callable
from html import unescape

import pikepdf
import pytest
from django.test import Client
from icalendar import Calendar
from lxml import html as etree
from pytest_django.fixtures import Settings

from tests.factories.guide import GuideWorld, make_guide_world
from tests.factories.papers import squeezed, text_of
from tests.factories.visits import holder
from tests.moments import AT, TODAY
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import visitor
from upstander.insights.prints import pdf_of
from upstander.program.library.content.kits import Piece
from upstander.program.library.selectors.kits import kit_sheets, shipped_kits
from upstander.program.library.selectors.observances import shipped_observances

PIECES = ("", "words.txt", "sheet.pdf")
MINUTE = dt.timedelta(minutes=1)
DECEMBER = dt.datetime(2026, 12, 1, 8, 1, tzinfo=dt.UTC)  # a minute after midnight in California
JANUARY = dt.datetime(2027, 1, 1, 8, 1, tzinfo=dt.UTC)
APRIL = dt.datetime(2027, 4, 1, 8, 1, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def world(db: None) -> GuideWorld:
    return make_guide_world()


@pytest.fixture
def staff(world: GuideWorld) -> Client:
    """Somebody who works at the school and holds nothing else."""
    return holder(District.objects.get(pk=world.site.district_id), "teacher", site=world.site)


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
def test_staff_read_copy_and_hang_up_each_kit_before_its_day(made: None, staff: Client, language: str) -> None:
    for key, kit in shipped_kits().items():
        page, text, sheet = (staff.get(f"/{language}/toolkit/staff/campaigns/{key}/{name}") for name in PIECES)
        said = [line.in_language(language) for lines in kit.values() for line in lines]
        assert [line for line in said if line not in unescape(page.content.decode())] == []
        assert [line for line in said if line not in text.content.decode()] == []
        assert sheet.content.startswith(b"%PDF")
        assert {answer["Cache-Control"] for answer in (page, text, sheet)} == {"no-store"}
    assert staff.get("/en/toolkit/staff/campaigns/made-up/").status_code == 404


def test_anyone_else_has_a_kit_from_the_first_day_of_its_campaign_to_the_last(
    made: None, settings: Settings, set_clock: Callable[[dt.datetime], None]
) -> None:
    settings.KEPT_SECONDS = 0
    visitor, path = Client(SERVER_NAME="localhost"), "/en/toolkit/campaigns/"
    (line, *_more) = shipped_kits()["december"][Piece.SHEET]
    days = {AT: 404, DECEMBER - 2 * MINUTE: 404, DECEMBER: 200, JANUARY - 2 * MINUTE: 200, JANUARY: 404}
    for at, status in days.items():
        set_clock(at)
        answers = [visitor.get(f"{path}december/{name}") for name in PIECES]
        assert [answer.status_code for answer in answers] == [status] * 3, at
        is_open = status == 200
        assert [line.en in unescape(answer.content.decode(errors="replace")) for answer in answers[:2]] == [is_open] * 2
        assert (f'href="{path}december/"' in visitor.get(path).content.decode()) == is_open
        assert not any(answer.cookies for answer in answers)
    assert visitor.get(f"{path}made-up/").status_code == 404


@pytest.mark.parametrize(
    ("language", "told"), [("en", "They are from April 1, 2027 on"), ("es", "Estarán desde el 1 de abril de 2027")]
)
def test_before_its_day_every_piece_says_from_when_it_is_there_and_where_staff_have_it(
    language: str, told: str
) -> None:
    for name in PIECES:
        answer = Client(SERVER_NAME="localhost").get(f"/{language}/toolkit/campaigns/april/{name}")
        page = unescape(answer.content.decode())
        assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")
        assert told in page and f'href="/{language}/toolkit/staff/campaigns/april/"' in page
        assert "max-age" not in answer.get("Cache-Control", "")


@pytest.mark.parametrize(("language", "told"), [("en", "is being made"), ("es", "se está haciendo")])
def test_no_reader_has_a_sheet_drawn_and_one_that_is_not_made_yet_is_told_of(
    monkeypatch: pytest.MonkeyPatch,
    set_clock: Callable[[dt.datetime], None],
    staff: Client,
    language: str,
    told: str,
) -> None:
    monkeypatch.setattr("upstander.foundation.documents.engine._compiled", None)
    set_clock(APRIL)
    for client, way in ((Client(SERVER_NAME="localhost"), "toolkit/"), (staff, "toolkit/staff/")):
        answer = client.get(f"/{language}/{way}campaigns/april/sheet.pdf")
        assert (answer.status_code, answer["Retry-After"], len(answer.cookies)) == (503, "60", 0)
        page = answer.content.decode()
        assert told in page
        assert f"/{language}/{way}campaigns/april/words.txt" in page


def test_the_sheet_says_its_lines_and_the_numbers_of_the_district_and_no_name_of_a_school(
    made: None, staff: Client
) -> None:
    file = staff.get("/es/toolkit/staff/campaigns/wear_blue/sheet.pdf").content
    with pikepdf.open(io.BytesIO(file)) as document:
        assert (len(document.pages), str(document.Root.Lang)) == (1, "es")
        assert str(document.docinfo.Title) == "Una hoja para colgar"
    said = text_of(file)
    lines = shipped_kits()["wear_blue"][Piece.SHEET]
    assert [line.es for line in lines if squeezed(line.es) not in squeezed(said)] == []
    assert "911" in said and "988" in said and "Alder High" not in said


def test_materials_can_be_ordered_from_a_kit_with_what_fits_it_chosen_already(
    set_clock: Callable[[dt.datetime], None],
) -> None:
    set_clock(JANUARY)
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
