"""Error pages stand alone: no database, both languages, the way out and the way to help."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from lxml import html
from tests.factories import make_account, make_actor, make_district, make_person, make_post
from tests.factories.visits import signed_in

from upstander.web.shared.error_words import FRAME, PAGES
from upstander.web.shared.errors import bad_request, database_is_down, forbidden, not_found, server_error, too_many


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("answer", [bad_request, forbidden, not_found, too_many, server_error, database_is_down])
def test_it_works_alone_and_leads_to_help(answer: Callable[[HttpRequest], HttpResponse], language: str) -> None:
    page = html.document_fromstring(answer(RequestFactory().get(f"/{language}/nowhere/")).content)
    links = {link.get("href") for link in page.iter("a")}
    assert {"tel:911", "/en/guide/call/", "/es/guide/call/", "/en/", "/es/", settings.EXIT_ADDRESS} <= links
    assert page.findtext(".//title") == "Upstander"
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//h1/parent::*/@lang") == page.xpath("/html/@lang") == [language]
    assert page.xpath("//h2[@class]/parent::*/@lang") == [{"en": "es", "es": "en"}[language]]


def test_every_page_says_the_same_in_both_languages() -> None:
    assert {len(set(said)) for said in PAGES.values()} == {2} == {len(FRAME)}
    assert FRAME["en"].keys() == FRAME["es"].keys()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("host", "link"),
    [
        ("unknown.example", "https://alder.example/"),  # behind TLS, whatever port the server itself listens on
        ("unknown.example:8443", "https://alder.example:8443/"),
        ("[::1]", "https://alder.example/"),
    ],
)
def test_the_chooser_keeps_to_the_port_the_visitor_wrote(host: str, link: str) -> None:
    make_district("alder", "alder.example")
    answer = Client(headers={"host": host}).get("/en/", secure=True, SERVER_PORT="8000")
    assert html.document_fromstring(answer.content).xpath(f"//a[@href='{link}']")


@pytest.mark.django_db
def test_the_chooser_names_the_districts() -> None:
    make_district("alder", "localhost")
    answer = Client(headers={"host": "unknown.example:8000"}).get("/es/")
    page = html.document_fromstring(answer.content)
    assert (answer.status_code, page.xpath("//h1/text()")) == (404, ["¿Qué distrito escolar?"])
    assert page.xpath("//a[@href='http://localhost:8000/']/text()") == ["Alder Unified"]


@pytest.mark.django_db
def test_a_signed_in_reader_keeps_their_places_and_a_visitor_has_none() -> None:
    district, account = make_district("alder", "localhost"), make_account()
    make_post(make_person(district, account=account), "teacher")
    reader, visitor = signed_in(account), Client(SERVER_NAME="localhost")
    answers = [reader.get("/es/nowhere/"), reader.get("/es/local/sites/"), visitor.get("/es/nowhere/")]
    pages = [html.document_fromstring(answer.content) for answer in answers]
    has_places = ["/es/staff/" in page.xpath("//*[@lang='es']/nav//a/@href") for page in pages]
    assert [answer.status_code for answer in answers] == [404, 403, 404]
    assert has_places == [True, True, False]


@pytest.mark.django_db
def test_a_failure_of_the_house_asks_nobody_who_they_are() -> None:
    request = RequestFactory().get("/en/staff/")
    request.actor = make_actor(make_district("alder", "localhost"), "teacher")  # type: ignore[attr-defined]
    assert [b"<nav" in page(request).content for page in (server_error, database_is_down)] == [False, False]
