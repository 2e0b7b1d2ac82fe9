"""One request, from the socket to the view: log, health, the district's transaction, language, actor, door."""

import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from upstander.district.access.selectors import actor_for
from upstander.district.accounts.selectors import account_by_ref
from upstander.district.places.selectors import district_for_host
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import act_as, enter_district
from upstander.foundation.kernel.errors import NotAllowed, NotFound, Refused
from upstander.web.shared import errors, health
from upstander.web.shared.access import DistrictRequest, View, door_of
from upstander.web.shared.explorer import is_explorer
from upstander.web.shared.request_log import log, log_request
from upstander.web.shared.session import SESSION_ACCOUNT, SESSION_FINGERPRINT, fingerprint

Handler = Callable[[HttpRequest], HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestLog:
    """One JSON line a request: its ref, route name, status, milliseconds, queries. Never a path or an address."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started, queries = time.perf_counter(), _QueryCount()
        with connection.execute_wrapper(queries):
            response = self.get_response(request)
        match, method = request.resolver_match, request.method or ""
        log_request(started, match, method=method, status=response.status_code, queries=queries.count)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Say which kind of error and where; its text may hold what a person typed, so that stays out."""
        if not isinstance(exception, Refused):
            log.error("a view failed", exc_info=exception)


class _QueryCount:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
        self.count += 1
        return execute(sql, params, many, context)


class PolicyHeaders:
    """The headers Django has no setting for; what is not said here is said in settings."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("X-Frame-Options", "DENY")
        # Nothing stays on a shared machine: pages are asked for anew, also with the Back button after signing out.
        response.setdefault("Cache-Control", "no-store")
        return response


class Health:
    """`/healthz` and `/readyz` answer before any district is known."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = health.PROBES.get(request.path_info)
        return probe() if probe else self.get_response(request)


class DistrictTransaction:
    """The one transaction around a request, in which only the host's district exists.

    Reads are READ ONLY in the database itself, the explorer's excepted. A server error rolls back. A dead database
    answers with the static copies: the call screen is among them, because nothing may stand before a report.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                return self._answer(request)
        except OperationalError:
            log.exception("the database does not answer")
            return errors.database_is_down(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        district = district_for_host(request.get_host().partition(":")[0])
        request.district = district  # type: ignore[attr-defined]
        if district is None:
            return errors.chooser(request)
        enter_district(district.pk, read_only=request.method in SAFE and not is_explorer(request.path_info))
        request.actor = visitor(district.pk)  # type: ignore[attr-defined]
        with timezone.override(ZoneInfo(district.zone)):
            response = self.get_response(request)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            transaction.set_rollback(True)
        return response


class PathLocale:
    """The language stands in the path, `/en/` or `/es/`; `/` goes where Accept-Language points. No cookie."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/":
            language = translation.get_language_from_request(request)
            response: HttpResponse = HttpResponseRedirect(f"/{language}/")
            patch_vary_headers(response, ("Accept-Language",))
            return response
        first = request.path_info.lstrip("/").partition("/")[0]
        language = first if first in dict(settings.LANGUAGES) else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.setdefault("Content-Language", language)
        return response


class SignedIn:
    """The session's account becomes the actor. A visitor without a session costs no query and gets no cookie."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            self._recognize(request)
        return self.get_response(request)

    def _recognize(self, request: HttpRequest) -> None:
        ref = request.session.get(SESSION_ACCOUNT)
        account = account_by_ref(ref) if ref else None
        # Compared by hand, because Django's own check would delete the session and a GET may not write.
        if account is None or request.session.get(SESSION_FINGERPRINT) != fingerprint(account):
            return
        act_as(account.pk)
        on = request.district.day(request.at)  # type: ignore[attr-defined]
        request.actor = actor_for(account, request.district.pk, on)  # type: ignore[attr-defined]
        request.user = account  # by this name Wagtail asks for it


class DenyByDefault:
    """Refuses views nobody marked, sends visitors to sign in, and turns refusals into answers."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: DistrictRequest, view: View, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        door = door_of(view)
        if door is None:
            return errors.forbidden(request)
        if door.opens_for(request.actor):
            return None
        if request.actor.is_signed_in:
            return errors.forbidden(request)
        return HttpResponseRedirect(f"{reverse('account:sign_in')}?next={quote(request.path)}")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotFound):
            return errors.not_found(request)
        if isinstance(exception, NotAllowed):
            return errors.forbidden(request)
        return None
