"""Pages that are the same for everyone, kept for a moment in this process, plain and packed.

The guide's pages are long and change rarely, and many may be asked for at once on a bad day. A view says
`@same_for_everyone`; what it answers to a visitor without any cookie is then given to the next ones too, by host and
path. Behind the staff door a page is drawn once for all whose door was found open. Such pages hold nothing a visitor
sent, so packing them tells an eavesdropper nothing; no other page is packed.
"""

import gzip
import time
import weakref
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.cache import patch_vary_headers

from upstander.web.shared.access import View

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

    def response(self, request: HttpRequest) -> HttpResponse:
        """The page once more, packed for browsers that can unpack it."""
        headers, body = self.packed if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "") else self.plain
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
        if request.method != "GET" or request.META.get("QUERY_STRING") or settings.KEPT_SECONDS == 0:
            return draw()
        name = (request.get_host(), request.path_info, also)  # the host as the district's middleware reads it
        copy = self._copies.get(name)
        if copy is None or copy.until <= time.monotonic():
            response = draw()
            if response.status_code != HTTPStatus.OK or response.cookies or not keeps(response):
                return response
            copy = _copy(request, response)
            if len(self._copies) >= MOST_COPIES:
                self._copies.pop(next(iter(self._copies)), None)  # the oldest; made-up hosts cannot empty the shelf
            self._copies[name] = copy
        return copy.response(request)


class KeptPages:
    """Gives out what is the same for everyone without asking the database, to visitors without any cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._shelf = Shelf()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("HTTP_COOKIE"):
            return self.get_response(request)
        return self._shelf.give(request, lambda: self.get_response(request), keeps=_is_same_for_everyone)


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
