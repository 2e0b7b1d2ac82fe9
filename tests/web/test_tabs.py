"""Every page for anyone has a tab of its own that says what it is for, and none says what it is about."""

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import translation
from lxml import html

from tests.access.test_routes import routes
from tests.factories import make_district
from tests.neutral import names_the_topic
from upstander.program.library.selectors.pages import shipped_pages
from upstander.web.shared.access import door_of
from upstander.web.shared.tabs import BRAND, NAMES, tab_of

FILES = {"cadre:feed"}  # a calendar for another program, in an area without a page for anyone
OPEN = {name: path for name, (path, view) in routes().items() if (door := door_of(view)) and door.is_public}
LANGUAGES = ("en", "es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_open_route_has_a_neutral_tab(language: str) -> None:
    with translation.override(language):
        tabs = {
            name: tab_of(resolve(path.replace("/en/", f"/{language}/", 1)))
            for name, path in OPEN.items()
            if name not in FILES
        }
    assert [name for name, tab in tabs.items() if tab == BRAND] == ["public:home"]
    assert [(name, tab) for name, tab in tabs.items() if names_the_topic(tab)] == []


def test_every_name_belongs_to_an_open_route() -> None:
    assert set(NAMES) - set(OPEN) - {name.partition(":")[0] for name in OPEN} == set()


def test_every_page_of_the_library_has_a_neutral_title_of_its_own() -> None:
    told = [page.neutral_title.in_language(language) for page in shipped_pages().values() for language in LANGUAGES]
    assert [title for title in told if names_the_topic(title) or title == BRAND] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_drawn_says_it_without_a_cookie(language: str) -> None:
    make_district()
    visitor = Client(SERVER_NAME="localhost")
    drawn = []
    for name, path in OPEN.items():
        answer = visitor.get(path.replace("/en/", f"/{language}/", 1))
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        title = html.document_fromstring(answer.content).findtext(".//title") or ""
        assert title == BRAND if name == "public:home" else title != BRAND and not names_the_topic(title), (name, title)
        assert not answer.cookies, name
        drawn.append(name)
    assert {"public:help", "own:evenings", "directory:find", "facts:sources", "guide:call"} <= set(drawn)
