"""Cards as pages and on paper: each behind its door, in both languages, and nothing about a reader kept."""

import html
import io

import pikepdf
import pytest
from django.test import Client

from tests.factories.guide import GuideWorld, make_guide_world
from upstander.program.guidance.selectors.cards import shipped_cards

PUBLIC = [key for key, card in shipped_cards().items() if card.is_public]
STAFF = [key for key, card in shipped_cards().items() if not card.is_public]
each_language = pytest.mark.parametrize("language", ["en", "es"])


@pytest.fixture
def world(db: None) -> GuideWorld:
    return make_guide_world()


def get(path: str, status: int = 200, host: str = "localhost") -> str:
    response = Client(SERVER_NAME=host).get(path)
    assert response.status_code == status, path
    return html.unescape(response.content.decode())


def paper(path: str) -> pikepdf.Pdf:
    response = Client(SERVER_NAME="localhost").get(path)
    assert response["Content-Type"] == "application/pdf", path
    assert response["Content-Disposition"] == 'inline; filename="card.pdf"'
    return pikepdf.open(io.BytesIO(response.content))


@each_language
def test_the_open_list_leads_to_open_cards_only(world: GuideWorld, language: str) -> None:
    page = get(f"/{language}/cards/")
    assert [key for key in PUBLIC if f"/{language}/cards/{key}/" not in page] == []
    assert [key for key in STAFF if f"/{key}/" in page] == []
    assert "/kept/" not in page and "/staff/" not in page


def test_a_card_of_the_staff_door_is_not_there_for_anyone_else(world: GuideWorld) -> None:
    for key in (*STAFF, "made-up"):
        get(f"/en/cards/{key}/", 404)
        get(f"/en/cards/{key}/pdf/", 404)


@each_language
def test_the_code_opens_every_card_and_leads_to_the_call_of_its_site(world: GuideWorld, language: str) -> None:
    page = get(f"/{language}/cards/door/{world.code}/")
    assert [key for key in (*PUBLIC, *STAFF) if f"/cards/door/{world.code}/{key}/" not in page] == []
    assert f"/{language}/guide/call/at/{world.site.ref}/" in get(f"/{language}/cards/door/{world.code}/custody/")
    get(f"/{language}/cards/door/{world.code}/custody/", 404, host="north.localhost")


def test_what_the_district_has_to_say_stays_visible_as_a_blank(world: GuideWorld) -> None:
    page = get("/en/cards/after/")
    assert "Liaison for students in foster care" in page
    assert page.count("To be confirmed by your district") == 3


def test_every_card_shows_the_numbers_of_its_place_and_the_day_they_are_of(world: GuideWorld) -> None:
    page = get("/en/cards/told/")
    assert 'href="tel:911"' in page and "1-800-632-4615" in page
    assert "(800) 540-4000" in get("/en/cards/told/", host="north.localhost")
    assert "Edition of" in page and "Numbers as of" in page


def test_a_card_behind_the_staff_door_is_found_by_no_search_and_kept_by_no_cache(world: GuideWorld) -> None:
    for path in ("", "custody/", "custody/pdf/", "kept/"):
        response = Client(SERVER_NAME="localhost").get(f"/en/cards/door/{world.code}/{path}")
        assert "noindex" in response["X-Robots-Tag"], path
        assert response["Cache-Control"] == "no-store", path
        assert response["Referrer-Policy"] == "no-referrer", path
        assert not response.cookies


@each_language
@pytest.mark.parametrize("key", [*PUBLIC, *STAFF])
def test_every_card_is_one_tagged_page_on_paper_with_a_neutral_name(world: GuideWorld, key: str, language: str) -> None:
    with paper(f"/{language}/cards/door/{world.code}/{key}/pdf/") as pdf:
        assert len(pdf.pages) == 1
        assert [float(side) for side in pdf.pages[0].MediaBox] == [0, 0, 5.5 * 72, 8.5 * 72]
        assert bool(pdf.Root.MarkInfo.Marked) and str(pdf.Root.Lang) == language
        assert str(pdf.docinfo["/Title"]) == "Upstander"


def test_the_same_day_gives_the_same_paper(world: GuideWorld) -> None:
    first, second = (Client(SERVER_NAME="localhost").get("/en/cards/told/pdf/").content for _ in range(2))
    assert first == second
