"""Pages that are kept for a moment: the same for everyone of one host, and nobody else's."""

import gzip
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from tests.factories import make_district
from tests.factories.guide import make_guide_world
from upstander.web.shared.access import door_of
from upstander.web.shared.kept import KeptFirst, forget_when_committed

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


class Server:
    """The application as the web server calls it, with the kept pages before it; counts what reaches Django."""

    def __init__(self) -> None:
        self.reached = 0
        inner = ClientHandler()

        def counted(environ: dict[str, Any], start: Any) -> Any:
            self.reached += 1
            answer = inner(environ)
            start(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
            return answer

        self._application = KeptFirst(counted)

    def get(self, path: str, **more: str) -> tuple[str, dict[str, str], bytes]:
        """Status, headers and body of an answer."""
        told: list[Any] = []
        environ = RequestFactory(SERVER_NAME="localhost").get(path).environ

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
            told.extend((status, dict(headers)))
            return told.append

        answer = self._application(environ | more, start)
        return told[0], told[1], b"".join(answer)


@pytest.fixture
def front(visitor: Client) -> Server:
    return Server()


def test_a_kept_page_reaches_no_middleware_and_brings_every_header_of_the_first(front: Server) -> None:
    first, second = front.get(HOME), front.get(HOME)
    assert second == first
    assert front.reached == 1
    for header, value in {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Content-Language": "en",
    }.items():
        assert second[1][header] == value
    assert "default-src 'self'" in second[1]["Content-Security-Policy"]


@pytest.mark.parametrize("more", [{"HTTP_COOKIE": "session=x"}, {"QUERY_STRING": "page=2"}, {"REQUEST_METHOD": "HEAD"}])
def test_whoever_sends_something_of_their_own_is_always_answered_by_django(front: Server, more: dict[str, str]) -> None:
    for _ in range(2):
        front.get(HOME, **more)
    front.get(HOME)
    front.get(HOME, **more)
    assert front.reached == 4


def test_packed_and_plain_come_from_one_drawing(front: Server) -> None:
    plain, packed = front.get(HOME), front.get(HOME, HTTP_ACCEPT_ENCODING="gzip")
    assert (front.reached, gzip.decompress(packed[2])) == (1, plain[2])


def test_each_district_has_its_own_copy_before_django_too(front: Server) -> None:
    pages = [front.get(HOME, HTTP_HOST=host) for host in ("localhost", "north.localhost") * 2]
    assert front.reached == 2
    assert [b"North Unified" in body for _status, _headers, body in pages] == [False, True, False, True]


def test_what_came_without_tls_is_sent_on_although_the_page_is_kept(front: Server, settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER, settings.SECURE_SSL_REDIRECT = ("HTTP_X_FORWARDED_PROTO", "https"), True
    front = Server()
    by_tls = {"HTTP_X_FORWARDED_PROTO": "https"}
    statuses = [front.get(HOME, **more)[0] for more in (by_tls, by_tls, {}, {"HTTP_X_FORWARDED_PROTO": "http"})]
    assert statuses == ["200 OK", "200 OK", "301 Moved Permanently", "301 Moved Permanently"]


def test_a_page_behind_a_code_is_kept_inside_its_door_alone(settings: Settings) -> None:
    settings.KEPT_SECONDS = 30
    world, front = make_guide_world(), Server()
    path = f"/en/guide/door/{world.code}/"
    assert [front.get(path)[0] for _ in range(2)] == ["200 OK", "200 OK"]
    assert front.reached == 2


def test_a_change_ends_the_copies_before_django_too(
    front: Server, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    front.get(HOME)
    with django_capture_on_commit_callbacks(execute=True):
        forget_when_committed()
    front.get(HOME)
    assert front.reached == 2


def test_a_kept_page_is_in_the_log_with_its_route_and_nothing_of_the_visitor(
    front: Server, caplog: pytest.LogCaptureFixture
) -> None:
    front.get(HOME)
    with caplog.at_level("INFO", "upstander.request"):
        front.get(HOME)
    _drawn, line = caplog.records
    fields = line.fields  # type: ignore[attr-defined]
    assert [fields[name] for name in ("route", "method", "status", "queries")] == ["public:about", "GET", 200, 0]
    assert set(fields) == {"request", "route", "method", "status", "ms", "queries"}
