"""The page that can be kept on a phone: whole in itself, behind the staff door, with a worker that only gives out."""

import html
import re

import pytest
from django.test import Client

from tests.architecture.house import SOURCE
from tests.factories.guide import GuideWorld, make_guide_world
from upstander.program.guidance.selectors.cards import shipped_cards
from upstander.web.cards.kept import FILES

STATIC = re.compile(r'(?:src|href)="/static/([\w./-]+?)(?:\.[0-9a-f]{12})?(\.\w+)(?:#\w+)?"')


@pytest.fixture
def world(db: None) -> GuideWorld:
    return make_guide_world()


def get(path: str, status: int = 200) -> str:
    response = Client(SERVER_NAME="localhost").get(path)
    assert response.status_code == status, path
    return html.unescape(response.content.decode())


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_holds_every_card_the_call_of_the_site_and_the_rule(world: GuideWorld, language: str) -> None:
    page = get(f"/{language}/cards/door/{world.code}/kept/")
    for card in shipped_cards().values():
        assert f'id="card-{card.key}"' in page and card.title.in_language(language) in page
    assert "Alder City Police" in page and 'href="tel:6505550110"' in page
    assert page.count("<fieldset") == 8
    assert "<form" not in page and "csrf" not in page


def test_all_that_the_page_asks_for_is_named_and_nothing_else_is(world: GuideWorld) -> None:
    page = get(f"/en/cards/door/{world.code}/kept/")
    assert {name + ending for name, ending in STATIC.findall(page)} == set(FILES)


def test_its_worker_lies_below_the_page_and_never_keeps_anything_itself(world: GuideWorld) -> None:
    for path in ("/en/cards/kept/worker.js", f"/en/cards/door/{world.code}/kept/worker.js"):
        response = Client(SERVER_NAME="localhost").get(path)
        script = response.content.decode()
        assert response["Content-Type"].startswith("text/javascript")
        assert "Service-Worker-Allowed" not in response
        assert not response.cookies
        assert [word for word in (".put(", ".add(", "addAll", "caches.open", "importScripts") if word in script] == []


def test_nothing_is_kept_on_a_phone_but_this_page_and_a_consultants_room() -> None:
    templates = [path for path in SOURCE.rglob("*.html") if "kept.js" in path.read_text()]
    assert [path.name for path in templates] == ["kept.html"]
    scripts = [path for path in SOURCE.rglob("*.js") if "serviceWorker" in path.read_text()]
    assert sorted(path.name for path in scripts) == ["copy.js", "door.js", "kept.js"]


def test_a_code_that_is_closed_opens_no_copy(world: GuideWorld) -> None:
    get("/en/cards/door/0000000000000000/kept/", 404)
