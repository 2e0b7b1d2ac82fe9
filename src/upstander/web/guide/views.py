"""From worry to report. Pages only: no view here reads an answer, because no answer is ever sent."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.program.guidance.content.calls import SiteCall
from upstander.program.guidance.selectors import guide as selectors
from upstander.web.shared.access import DistrictRequest, needs, open_to_anyone
from upstander.web.shared.kept import same_for_everyone

CACHED_SECONDS = 300


def day_of(request: DistrictRequest) -> date:
    """Today where the district is."""
    today: date = request.at.astimezone(ZoneInfo(request.district.zone)).date()
    return today


def asked(request: DistrictRequest) -> dict[str, Any]:
    """What every selector of the guide wants to know about a request."""
    return {"actor": request.actor, "language": get_language(), "on": day_of(request)}


@open_to_anyone("Whoever worries about a child must reach the call without an account.")
@require_safe
@same_for_everyone
def worry(request: DistrictRequest) -> HttpResponse:
    """A few questions in plain words; every branch ends at the call screen."""
    text = selectors.words(page="worry", **asked(request))
    return _public(request, "guide/worry.html", {"text": text, "test": selectors.legal_test(**asked(request))})


@open_to_anyone("The call screen is never behind a door.")
@require_safe
@same_for_everyone
def call(request: DistrictRequest) -> HttpResponse:
    """The district's call screen."""
    screen = selectors.call_screen_for(**asked(request))
    return _public(request, "guide/call.html", {"screen": screen, "text": screen.text})


@open_to_anyone("The call screen is never behind a door.")
@require_safe
@same_for_everyone
def site_call(request: DistrictRequest, site_ref: str) -> HttpResponse:
    """The call screen of one site, with its own police or sheriff's station."""
    screen = selectors.call_screen_for(site_ref=site_ref, **asked(request))
    return _public(request, "guide/call.html", {"screen": screen, "text": screen.text})


@open_to_anyone("Finding one's own station must need no account.")
@require_safe
@same_for_everyone
def sites(request: DistrictRequest) -> HttpResponse:
    """The district's schools and work sites, each leading to its call screen."""
    text = selectors.words(page="call", **asked(request))
    listed = selectors.call_sites(actor=request.actor, on=day_of(request))
    return _public(request, "guide/sites.html", {"text": text, "sites": listed})


@needs("guide.staff_door")
@require_safe
def walk(request: DistrictRequest) -> HttpResponse:
    """The local rule for signed-in staff."""
    return _walk(request, None)


@open_to_anyone("The code on the staff room's sheet is the key; see the decision on two doors.")
@require_safe
def door(request: DistrictRequest, code: str) -> HttpResponse:
    """The local rule for whoever holds the code of a site's staff door."""
    return _walk(request, selectors.door_for(actor=request.actor, code=code))


def _walk(request: DistrictRequest, site: SiteCall | None) -> HttpResponse:
    context = {
        "text": selectors.words(page="walk", **asked(request)),
        "test": selectors.legal_test(**asked(request)),
        "walk": selectors.walk_for(**asked(request)),
        "site": site,
        "language": get_language(),
    }
    response = render(request, "guide/walk.html", context)
    # An exploiter must not find by searching what staff watch for, and a shared machine keeps no copy.
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


def _public(request: DistrictRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page that is the same for everyone: no cookie, and any cache may keep it for a while."""
    response = render(request, template, context)
    response["Cache-Control"] = f"public, max-age={CACHED_SECONDS}"
    return response
