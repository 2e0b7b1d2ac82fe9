"""No public page leads straight to somebody else's site: a page stands before, which says what to know."""

from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from tests.factories import make_district
from tests.factories.directory import CLINIC, make_service
from tests.factories.training import make_world
from upstander.web.shared.outside import sealed

pytestmark = pytest.mark.django_db
LEAVING = "/en/away/"
NO_PAGE = ("tel:", "sms:", "data:", "mailto:", "javascript:")


def pages(client: Client, first: str) -> Iterator[tuple[str, html.HtmlElement]]:
    """Every open page that can be reached from the first by links, each once, without its question."""
    waiting, seen = [first], {first}
    while waiting:
        path = waiting.pop()
        answer = client.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        page = html.document_fromstring(answer.content)
        yield path, page
        for link in links(page):
            there = urlsplit(urldefrag(link).url)
            if not there.netloc and there.path.startswith("/en/") and there.path not in seen:
                seen.add(there.path)
                waiting.append(there.path)


def links(page: html.HtmlElement) -> list[str]:
    return [link for link in page.xpath("//a/@href") if not link.startswith(NO_PAGE)]


def test_every_way_out_of_every_open_page_goes_by_the_page_before_it() -> None:
    world = make_world()
    make_service(world, "Teen clinic", CLINIC, website="https://clinic.example.org/hours")
    visited = dict(pages(Client(SERVER_NAME="localhost"), "/en/"))
    straight = {
        (path, link)
        for path, page in visited.items()
        if not path.startswith(LEAVING)
        for link in links(page)
        if urlsplit(link).netloc and link != settings.EXIT_ADDRESS
    }
    assert straight == set()
    ways_out = [page for path, page in visited.items() if path.startswith(LEAVING)]
    assert len(ways_out) > 5, "hardly a way out was found: the walk does not reach the pages that have one"
    for page in ways_out:
        (out,) = [link for link in links(page) if urlsplit(link).netloc and link != settings.EXIT_ADDRESS]
        (told,) = page.xpath(f"//a[@href='{out}']/@rel")
        assert set(told.split()) >= {"noreferrer", "noopener", "nofollow"}
    assert any("clinic.example.org" in page.text_content() for page in ways_out)


def test_the_page_before_a_way_out_says_whose_site_it_is_and_knows_only_our_own_ways() -> None:
    here = make_world().district.ref
    client = Client(SERVER_NAME="localhost")
    page = client.get(f"/es/away/{sealed('https://house.example.org/a?b=c', here)}/")
    assert "La página siguiente es house.example.org" in page.content.decode()
    assert 'href="https://house.example.org/a?b=c"' in page.content.decode()
    assert b"<title>Otro sitio</title>" in page.content
    for sign in ("ImEi:x", sealed("https://house.example.org", here) + "x", "plain"):
        assert client.get(f"/en/away/{sign}/").status_code == 404


def test_a_way_out_of_one_district_leads_nowhere_by_the_name_of_another() -> None:
    here = make_world().district.ref
    there = make_district("fork", "north.localhost").ref
    for district, host, status in (
        (here, "localhost", 200),
        (here, "north.localhost", 404),
        (there, "localhost", 404),
        (there, "north.localhost", 200),
    ):
        address = f"/en/away/{sealed('https://house.example.org', district)}/"
        assert Client(SERVER_NAME=host).get(address).status_code == status
