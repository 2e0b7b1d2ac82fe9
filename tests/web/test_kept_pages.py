"""Pages that are kept for a moment: the same for everyone of one host, and nobody else's."""

import gzip
import time

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.factories import make_district
from upstander.web.shared.access import door_of

pytestmark = pytest.mark.django_db
HOME = "/en/about/"


@pytest.fixture
def visitor(settings: Settings) -> Client:
    settings.KEPT_SECONDS = 30
    make_district("alder", "localhost")
    make_district("north", "north.localhost")
    return Client(SERVER_NAME="localhost")


def test_the_second_visitor_costs_no_query(visitor: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = visitor.get(HOME)
    with django_assert_num_queries(0):
        second = visitor.get(HOME)
    assert second.content == first.content
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert second["Content-Language"] == "en"
    assert dict(second.cookies) == {}


def test_a_copy_belongs_to_its_host_and_path(visitor: Client) -> None:
    assert [visitor.get(path)["Content-Language"] for path in (HOME, "/es/about/")] == ["en", "es"]
    north = visitor.get(HOME, SERVER_NAME="north.localhost").content.decode()
    assert ("North Unified" in north, "Alder Unified" in north) == (True, False)
    assert "Alder Unified" in visitor.get(HOME).content.decode()
    assert visitor.get(HOME, SERVER_NAME="stranger.localhost").status_code == 404


@pytest.mark.parametrize("more", [{"HTTP_COOKIE": "session=x"}, {"QUERY_STRING": "page=2"}, {"REQUEST_METHOD": "HEAD"}])
def test_whoever_sends_something_of_their_own_gets_a_fresh_page(visitor: Client, more: dict[str, str]) -> None:
    visitor.get(HOME)
    kept_page = visitor.get(HOME, headers={"accept-encoding": "gzip"})
    fresh = visitor.get(HOME, headers={"accept-encoding": "gzip"}, **more)  # type: ignore[arg-type]
    assert kept_page["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in fresh


def test_a_page_nobody_marked_is_not_kept_and_not_packed(visitor: Client) -> None:
    answers = [visitor.get("/en/account/sign-in/", headers={"accept-encoding": "gzip"}) for _ in range(2)]
    assert ["Content-Encoding" in answer for answer in answers] == [False, False]


def test_a_missing_page_is_not_kept(visitor: Client) -> None:
    path = "/en/guide/call/at/000000000000/"
    assert [visitor.get(path).status_code for _ in range(2)] == [404, 404]


def test_an_old_copy_is_drawn_anew(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor.get(HOME)
    later = time.monotonic() + 31
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with django_assert_num_queries(4):  # a savepoint around which district and its row security
        visitor.get(HOME)
    with django_assert_num_queries(0):
        visitor.get(HOME)


def test_packed_pages_unpack_to_the_same_and_say_that_they_differ(visitor: Client) -> None:
    plain = visitor.get(HOME)
    packed = visitor.get(HOME, headers={"accept-encoding": "gzip, br"})
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in plain["Vary"]
    assert int(packed["Content-Length"]) == len(packed.content)


def test_only_pages_for_anyone_are_marked() -> None:
    marked = [view for view in _views(get_resolver().url_patterns) if getattr(view, "is_same_for_everyone", False)]
    assert len(marked) >= 3
    assert [door.is_public for view in marked if (door := door_of(view))] == [True] * len(marked)


def _views(patterns: list[URLPattern | URLResolver]) -> list[object]:
    found: list[object] = []
    for pattern in patterns:
        found += _views(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern.callback]
    return found
