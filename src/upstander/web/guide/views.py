"""The call screen and the report's clock, and what the guide's pages have in common. Nothing is ever sent here."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.program.guidance.selectors import guide as selectors
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.kept import same_for_everyone

CACHED_SECONDS = 300


def day_of(request: DistrictRequest) -> date:
    """Today where the district is."""
    today: date = request.at.astimezone(ZoneInfo(request.district.zone)).date()
    return today


def asked(request: DistrictRequest) -> dict[str, Any]:
    """What every selector of the guide wants to know about a request."""
    return {"actor": request.actor, "language": get_language(), "on": day_of(request)}


@open_to_anyone("The call screen is never behind a door.")
@require_safe
@same_for_everyone
def call(request: DistrictRequest) -> HttpResponse:
    """The district's call screen."""
    screen = selectors.call_screen_for(**asked(request))
    return public(request, "guide/call.html", {"screen": screen, "text": screen.text})


@open_to_anyone("The call screen is never behind a door.")
@require_safe
@same_for_everyone
def site_call(request: DistrictRequest, site_ref: str) -> HttpResponse:
    """The call screen of one site, with its own police or sheriff's station."""
    screen = selectors.call_screen_for(site_ref=site_ref, **asked(request))
    return public(request, "guide/call.html", {"screen": screen, "text": screen.text})


@open_to_anyone("Finding one's own station must need no account.")
@require_safe
@same_for_everyone
def sites(request: DistrictRequest) -> HttpResponse:
    """The district's schools and work sites, each leading to its call screen."""
    text = selectors.words(page="call", **asked(request))
    listed = selectors.call_sites(actor=request.actor, on=day_of(request))
    return public(request, "guide/sites.html", {"text": text, "sites": listed})


def public(request: DistrictRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page that is the same for everyone: no cookie, and any cache may keep it for a while."""
    response = render(request, template, context)
    response["Cache-Control"] = f"public, max-age={CACHED_SECONDS}"
    return response
