"""Error pages stand alone: no database, both languages, the way out and the way to help."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from lxml import html
from tests.factories import make_account, make_actor, make_district, make_person, make_post
from tests.factories.visits import signed_in

from upstander.web.shared.errors import database_is_down, server_error

PAGES = ("400", "403", "404", "429", "500", "503", "chooser")
HOSTS = {"hosts": [("localhost", "Alder Valley Unified")], "scheme": "http", "suffix": ":8000"}


@pytest.mark.parametrize("name", PAGES)
def test_it_works_alone_and_leads_to_help(name: str) -> None:
    page = html.document_fromstring(render_to_string(f"errors/{name}.html", HOSTS))
    links = {link.get("href") for link in page.iter("a")}
    assert {"tel:911", "/en/guide/call/", "/es/guide/call/", settings.EXIT_ADDRESS} <= links
    assert page.findtext(".//title") == "Upstander"
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//*[@lang='es']//h2 | //h2[@lang='es'] | //h2//*[@lang='es']")


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


def test_the_chooser_names_the_districts() -> None:
    page = html.document_fromstring(render_to_string("errors/chooser.html", HOSTS))
    assert page.xpath("//a[@href='http://localhost:8000/']")[0].text == "Alder Valley Unified"


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
