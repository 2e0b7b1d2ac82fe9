"""Pages for everyone: neutral, without a trace, and without what an exploiter would like to read."""

import pytest
from django.test import Client
from lxml import html

from tests.factories import make_district
from upstander.program.facts.models import Fact
from upstander.web.shared.shipped import shipped_facts

pytestmark = pytest.mark.django_db
PATHS = ("", "help/", "about/", "account/sign-in/")


@pytest.fixture
def visitor() -> Client:
    make_district()
    return Client(SERVER_NAME="localhost")


def page_of(client: Client, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200
    return html.document_fromstring(answer.content)


@pytest.mark.parametrize("path", PATHS)
def test_each_page_names_itself_in_both_languages(visitor: Client, path: str) -> None:
    links = page_of(visitor, f"/en/{path}").xpath("//link[@rel='alternate']")
    whole = {link.get("hreflang"): link.get("href") for link in links}  # search engines take no others
    assert whole == {language: f"http://localhost/{language}/{path}" for language in ("en", "es")}


def test_the_root_follows_the_reader_s_language(visitor: Client) -> None:
    answer = visitor.get("/", headers={"accept-language": "es-MX,es;q=0.9,en;q=0.5"})
    assert (answer.status_code, answer["Location"], answer["Vary"]) == (302, "/es/", "Accept-Language")


def test_home_shows_the_call_first_then_a_door_for_each_reader_and_the_number_for_danger(visitor: Client) -> None:
    page = page_of(visitor, "/en/")
    assert [link.get("href") for link in page.xpath("//*[contains(@class, 'door')]//a")] == [
        "/en/guide/call/",
        "/en/learn/students/",
        "/en/learn/families/",
        "/en/learn/school_staff/",
    ]
    ways = [link.get("href") for link in page.xpath("//ul[@class='ways']//a")]
    assert ways == ["/en/help/", "/en/staff/", "/en/ask/"]
    assert page.xpath("//main//a[@href='tel:911']")


def test_a_changed_number_changes_the_page(visitor: Client) -> None:
    shipped = shipped_facts()["line.crisis_988"]
    texts = {f"{name}_{code}": "x" for name in ("label", "text") for code in ("en", "es")}
    dates = {"read_on": shipped.read_on, "expires_on": shipped.expires_on}
    Fact.objects.create(
        key=shipped.key, kind=shipped.kind, value="555-0100", source_name="x", owner="x", **texts, **dates
    )
    assert page_of(visitor, "/en/help/").xpath("//a[@href='tel:5550100']")


def test_family_pages_never_lead_to_what_staff_watch_for(visitor: Client) -> None:
    for path in ("", "help/", "about/"):
        targets = {link.get("href") for link in page_of(visitor, f"/en/{path}").iter("a")}
        assert not any("/guide/door" in target or "/guide/rule" in target for target in targets)


def test_the_staff_part_is_not_for_search_engines(visitor: Client) -> None:
    assert page_of(visitor, "/en/guide/call/").xpath("//meta[@name='robots'][contains(@content, 'noindex')]")
