"""Pages that are the same for everyone, kept for a moment in this process, plain and packed.

The guide's pages are long and change rarely, and many may be asked for at once on a bad day. A view says
`@same_for_everyone`; what it answers to a visitor without any cookie is then given to the next ones too, by host and
path. Behind the staff door a page is drawn once for all whose door was found open. Such pages hold nothing a visitor
sent, so packing them tells an eavesdropper nothing; no other page is packed.
"""

import gzip
import time
import weakref
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.cache import patch_vary_headers

from upstander.web.shared.access import View
from upstander.web.shared.request_log import log_request

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

FOUND = f"{HTTPStatus.OK.value} {HTTPStatus.OK.phrase}"
MOST_COPIES = 256
PACKING_LEVEL = 6


def same_for_everyone(view: View) -> View:
    """The view's page depends on host and path alone: not on who asks, and on nothing they send."""

    @wraps(view)
    def marked(*args: object, **kwargs: object) -> HttpResponse:
        response = view(*args, **kwargs)
        response.is_same_for_everyone = True  # type: ignore[attr-defined]
        return response

    marked.is_same_for_everyone = True  # type: ignore[attr-defined]
    return marked


@dataclass(frozen=True, slots=True)
class Copy:
    """A page as it was drawn, until when it may be given out, and its route for the log.

    Both ways to send it are ready, as headers and body: the first reader of each half minute has paid for them.
    """

    until: float
    match: ResolverMatch | None
    plain: tuple[dict[str, str], bytes]
    packed: tuple[dict[str, str], bytes]

    def sent(self, asked: Mapping[str, Any]) -> tuple[dict[str, str], bytes]:
        """The headers and the body, packed for browsers that can unpack it."""
        return self.packed if "gzip" in asked.get("HTTP_ACCEPT_ENCODING", "") else self.plain

    def response(self, request: HttpRequest) -> HttpResponse:
        """The page once more."""
        headers, body = self.sent(request.META)
        request.resolver_match = self.match
        return HttpResponse(body, headers=headers)


_SHELVES: "weakref.WeakSet[Shelf]" = weakref.WeakSet()


def forget_when_committed(*_change: object) -> None:
    """Something that kept pages show is changing: this process draws them anew as soon as it is so.

    Other processes go on for `settings.KEPT_SECONDS` at most.
    """
    transaction.on_commit(_forget)


def _forget() -> None:
    for shelf in _SHELVES:
        shelf.clear()


class Shelf:
    """The copies of this process, by host, path and whatever else the page depends on."""

    def __init__(self) -> None:
        self._copies: dict[Hashable, Copy] = {}
        _SHELVES.add(self)

    def clear(self) -> None:
        """Draw every page anew from now on."""
        self._copies.clear()

    def put(self, name: Hashable, copy: Copy) -> None:
        """Keep a copy, in place of the oldest where there are too many; made-up hosts cannot empty the shelf."""
        if len(self._copies) >= MOST_COPIES:
            self._copies.pop(next(iter(self._copies)), None)
        self._copies[name] = copy

    def find(self, name: Hashable) -> Copy | None:
        """The copy by this name, as long as it may be given out."""
        copy = self._copies.get(name)
        return copy if copy is not None and copy.until > time.monotonic() else None

    def give(
        self,
        request: HttpRequest,
        draw: Callable[[], HttpResponse],
        *,
        also: Hashable = None,
        keeps: Callable[[HttpResponse], bool] = lambda response: True,
    ) -> HttpResponse:
        """The page's copy, at most `settings.KEPT_SECONDS` old; or the page as drawn, kept if it was found and `keeps`.

        A page asked for with anything beside its address is always drawn.
        """
        found = self.copy_of(request, draw, also=also, keeps=keeps)
        return found.response(request) if isinstance(found, Copy) else found

    def copy_of(
        self,
        request: HttpRequest,
        draw: Callable[[], HttpResponse],
        *,
        also: Hashable = None,
        keeps: Callable[[HttpResponse], bool],
    ) -> Copy | HttpResponse:
        """The page's copy, made now if need be; or the page as drawn where none may be kept."""
        asked = name_of(request.META)
        if asked is None or settings.KEPT_SECONDS == 0:
            return draw()
        name = (asked, also)
        copy = self.find(name)
        if copy is None:
            response = draw()
            if response.status_code != HTTPStatus.OK or response.cookies or not keeps(response):
                return response
            copy = _copy(request, response)
            self.put(name, copy)
        return copy


def name_of(asked: Mapping[str, Any]) -> Hashable | None:
    """What a request asks for: how, which host and path. None where it asks for more, or sends something of its own."""
    if asked["REQUEST_METHOD"] != "GET" or asked.get("QUERY_STRING"):
        return None
    header = settings.SECURE_PROXY_SSL_HEADER  # by which our own proxy says that the visitor came by TLS
    is_proxied = header is not None and asked.get(header[0]) == header[1]
    host = asked.get("HTTP_HOST") or (asked["SERVER_NAME"], asked["SERVER_PORT"])
    return is_proxied, asked["wsgi.url_scheme"], host, asked["PATH_INFO"]


class KeptPages:
    """Gives out what is the same for everyone without asking the database, to visitors without any cookie.

    Of what it gives, the copy goes along for `KeptFirst`: it holds every header of the middleware that follows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._shelf = Shelf()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("HTTP_COOKIE"):
            return self.get_response(request)
        found = self._shelf.copy_of(request, lambda: self.get_response(request), keeps=_is_same_for_everyone)
        if not isinstance(found, Copy):
            return found
        response = found.response(request)
        response.for_everyone = found  # type: ignore[attr-defined]
        return response


class KeptFirst:
    """The application with a look at the kept pages before it: whoever finds one there costs it nothing at all.

    Only what `KeptPages` gave is kept here, by the same name and for as long.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application
        self._shelf = Shelf()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        name = None if environ.get("HTTP_COOKIE") else name_of(environ)
        copy = self._shelf.find(name)
        if copy is None:
            answer = self._application(environ, start_response)
            if name is not None and (drawn := getattr(answer, "for_everyone", None)) is not None:
                self._shelf.put(name, drawn)
            return answer
        started = time.perf_counter()
        headers, body = copy.sent(environ)
        start_response(FOUND, list(headers.items()))
        log_request(started, copy.match, method="GET", status=HTTPStatus.OK, queries=0)
        return [body]


def _is_same_for_everyone(response: HttpResponse) -> bool:
    return getattr(response, "is_same_for_everyone", False)


def _copy(request: HttpRequest, response: HttpResponse) -> Copy:
    until = time.monotonic() + settings.KEPT_SECONDS
    packed = gzip.compress(response.content, PACKING_LEVEL, mtime=0)
    plain = _ready(response, response.content)
    return Copy(until, request.resolver_match, plain, _ready(response, packed, {"Content-Encoding": "gzip"}))


def _ready(drawn: HttpResponse, body: bytes, more: Mapping[str, str] | None = None) -> tuple[dict[str, str], bytes]:
    """The page in one way to send it, with every header that this way needs."""
    sent = HttpResponse(body, headers={**dict(drawn.items()), **(more or {}), "Content-Length": str(len(body))})
    patch_vary_headers(sent, ("Accept-Encoding",))
    return dict(sent.items()), body
