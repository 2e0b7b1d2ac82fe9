"""Pages that are the same for everyone, kept for a moment in this process, plain and packed.

The guide's pages are long and change rarely, and many may be asked for at once on a bad day. A view says
`@same_for_everyone`; what it answers to a visitor without any cookie is then given to the next ones too, by host and
path. Such pages hold nothing secret and nothing a visitor sent, so packing them tells an eavesdropper nothing; no
other page is packed.
"""

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus

from django.conf import settings
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
    """A page as it was drawn, until when it may be given out, and its route for the log."""

    until: float
    match: ResolverMatch | None
    headers: dict[str, str]
    plain: bytes
    packed: bytes

    def response(self, request: HttpRequest) -> HttpResponse:
        """The page once more, packed for browsers that can unpack it."""
        takes_packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        response = HttpResponse(self.packed if takes_packed else self.plain, headers=self.headers)
        if takes_packed:
            response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
        patch_vary_headers(response, ("Accept-Encoding",))
        request.resolver_match = self.match
        return response


class KeptPages:
    """Gives out copies without asking the database; they are at most `settings.KEPT_SECONDS` old."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._copies: dict[tuple[str, str], Copy] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _asks_like_everyone(request):
            return self.get_response(request)
        name = (request.get_host(), request.path_info)  # the host as the district's middleware reads it
        copy = self._copies.get(name)
        if copy is None or copy.until <= time.monotonic():
            response = self.get_response(request)
            if not _may_be_kept(response):
                return response
            copy = _copy(request, response)
            if len(self._copies) >= MOST_COPIES:
                self._copies.pop(next(iter(self._copies)), None)  # the oldest; made-up hosts cannot empty the shelf
            self._copies[name] = copy
        return copy.response(request)


def _asks_like_everyone(request: HttpRequest) -> bool:
    """A visitor without any cookie, asking for a plain address."""
    told = request.META.get("HTTP_COOKIE") or request.META.get("QUERY_STRING")
    return request.method == "GET" and not told and settings.KEPT_SECONDS > 0


def _may_be_kept(response: HttpResponse) -> bool:
    is_marked = getattr(response, "is_same_for_everyone", False)
    return is_marked and response.status_code == HTTPStatus.OK and not response.cookies


def _copy(request: HttpRequest, response: HttpResponse) -> Copy:
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    packed = gzip.compress(response.content, PACKING_LEVEL, mtime=0)
    return Copy(time.monotonic() + settings.KEPT_SECONDS, request.resolver_match, headers, response.content, packed)
