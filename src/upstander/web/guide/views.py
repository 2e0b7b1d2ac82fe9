"""The call screen and the report's clock, and what the guide's pages have in common. Nothing is ever sent here."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.program.guidance.selectors import guide as selectors
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.entrances import asked, day_of, public
from upstander.web.shared.kept import same_for_everyone


@open_to_anyone("The call screen is never behind a door.")
@require_safe
@same_for_everyone
def call(request: DistrictRequest) -> HttpResponse:
    """The district's call screen."""
    screen = selectors.call_screen_for(**asked(request))
    return public(render(request, "guide/call.html", {"screen": screen, "text": screen.text}))


@open_to_anyone("The call screen is never behind a door.")
@require_safe
@same_for_everyone
def site_call(request: DistrictRequest, site_ref: str) -> HttpResponse:
    """The call screen of one site, with its own police or sheriff's station."""
    screen = selectors.call_screen_for(site_ref=site_ref, **asked(request))
    return public(render(request, "guide/call.html", {"screen": screen, "text": screen.text}))


@open_to_anyone("Finding one's own station must need no account.")
@require_safe
@same_for_everyone
def sites(request: DistrictRequest) -> HttpResponse:
    """The district's schools and work sites, each leading to its call screen."""
    text = selectors.words(page="call", **asked(request))
    listed = selectors.call_sites(actor=request.actor, on=day_of(request))
    return public(render(request, "guide/sites.html", {"text": text, "sites": listed}))
