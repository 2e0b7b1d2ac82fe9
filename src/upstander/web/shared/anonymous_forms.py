"""Forms for people without a session, and without a cookie to protect them.

A POST must come from our own page (Origin or Sec-Fetch-Site), carry a signed token not older than two hours, and
stay within a rate limit. One decorator, so that one test covers all such forms.
"""

import ipaddress
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from upstander.foundation.kernel.limits import within_limit
from upstander.web.shared import errors
from upstander.web.shared.access import DistrictRequest, View

TOKEN_FIELD = "form_token"  # noqa: S105 - the name of a field, not a secret
TOKEN_AGE_SECONDS = 2 * 60 * 60


def form_token(purpose: str) -> str:
    """A token that proves the form was drawn by us for this purpose, recently."""
    return signing.dumps(purpose, salt="anonymous-form")


def anonymous_form(purpose: str, *, most: int, seconds: int) -> Callable[[View], View]:
    """Guard a view that visitors post to: at most `most` tries in `seconds` from one address."""

    def guard(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def guarded(request: DistrictRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method == "POST":
                if not (_from_here(request) and _token_is_good(request, purpose)):
                    return errors.csrf_failed(request)
                if not within_limit(purpose, client_address(request), most=most, seconds=seconds, at=request.at):
                    return errors.too_many(request)
            return view(request, *args, **kwargs)

        guarded.anonymous_purpose = purpose  # type: ignore[attr-defined]
        return guarded

    return guard


def asked_unseen(view: View) -> View:
    """A view whose question comes by POST, so that it stands neither in the address nor in the history of a phone.

    It only reads. There is nothing to forge, so it asks for no token, and answers from a page that lay open for hours.
    """
    return csrf_exempt(view)


def client_address(request: HttpRequest) -> str:
    """Where the request came from; only ever used as input of a keyed digest.

    Behind proxies of our own, each adds an entry to X-Forwarded-For: counting them from the right gives the address
    that our outermost proxy saw. Whatever a client wrote there itself stands further left and is not believed.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if 0 < settings.PROXIES_COUNT <= len(hops):
        return _household(hops[-settings.PROXIES_COUNT])
    return _household(str(request.META.get("REMOTE_ADDR", "")))


def _household(address: str) -> str:
    """An IPv6 address shortened to its first half: one customer has all of the second to choose from."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    return str(read.ipv4_mapped or ipaddress.ip_network((read, 64), strict=False))


def _from_here(request: DistrictRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if origin and origin != "null":
        return origin == f"{request.scheme}://{request.get_host()}"
    return site == "same-origin"


def _token_is_good(request: DistrictRequest, purpose: str) -> bool:
    try:
        found = signing.loads(request.POST.get(TOKEN_FIELD, ""), salt="anonymous-form", max_age=TOKEN_AGE_SECONDS)
    except signing.BadSignature:
        return False
    return bool(found == purpose)
