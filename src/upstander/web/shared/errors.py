"""Error pages that need no database and no session: bilingual, with the exit and the emergency lines.

What goes wrong with one request leaves a signed-in reader their places. What goes wrong with the house does not: those
pages must not ask who reads them.
"""

import re
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from upstander.district.places.selectors import all_hosts
from upstander.web.shared.error_words import words_of

PORT = re.compile(r":\d+$")
CALL_SCREEN = "call"  # last part of the call screen's path, and the name of its static copy


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent cannot be read."""
    return _readers_page(request, 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The record or page does not exist, or may not be known to exist."""
    return _readers_page(request, 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Signed in, but without the capability; or a view nobody marked."""
    return _readers_page(request, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came from elsewhere or from an old session."""
    return _readers_page(request, 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke; what was being saved is rolled back."""
    return _page(request, "500", 500)


def too_many(request: HttpRequest) -> HttpResponse:
    """A rate limit was reached."""
    return _readers_page(request, 429)


def chooser(request: HttpRequest) -> HttpResponse:
    """An unknown host: a neutral page that names the districts served here."""
    hosts = all_hosts()
    # The port the visitor wrote: behind a proxy, the server's own is another.
    typed = PORT.search(request.get_host())
    suffix = typed[0] if typed else ""
    return _page(request, "chooser", HTTPStatus.NOT_FOUND, hosts=hosts, suffix=suffix, scheme=request.scheme)


def database_is_down(request: HttpRequest) -> HttpResponse:
    """Serve the static copy of the call screen if that was asked for, else a page that links to it."""
    last = request.path_info.rstrip("/").rpartition("/")[2]
    host = request.get_host().partition(":")[0].lower()
    if last == CALL_SCREEN and (copy := _call_copy(_language(request), host)):
        return HttpResponse(copy.read_bytes(), headers={"Retry-After": "30"})
    return _page(request, "503", 503)


def _call_copy(language: str, host: str) -> Path | None:
    """The copy of this host's own district, else the one with every county's number."""
    names = (f"{CALL_SCREEN}-{language}.{host}.html", f"{CALL_SCREEN}-{language}.html")
    copies = (Path(settings.STATIC_PAGES) / name for name in names)
    return next((copy for copy in copies if copy.exists()), None)


def _language(request: HttpRequest) -> str:
    first = request.path_info.lstrip("/").partition("/")[0]
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _readers_page(request: HttpRequest, status: int) -> HttpResponse:
    """The page with the reader's places, if they are known by now; whoever is not gets the one that stands alone."""
    actor = getattr(request, "actor", None)
    is_known = actor is not None and actor.is_signed_in
    return _page(request, str(status), status, asks_reader=is_known)


def _page(request: HttpRequest, name: str, status: int, *, asks_reader: bool = False, **more: object) -> HttpResponse:
    tongues = words_of(name, _language(request))
    template = "errors/chooser.html" if name == "chooser" else "errors/page.html"
    context = {"tongues": tongues, "first": tongues[0][0], **more}
    return HttpResponse(render_to_string(template, context, request if asks_reader else None), status=status)
