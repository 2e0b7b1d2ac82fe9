"""The steps of one's own sites, for those who have more of them than a branch can show: a list, then one site."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.program.guidance.selectors import guide
from upstander.program.law.selectors.local import sites_in_reach, steps_in_reach
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.entrances import Entrance, asked, day_of
from upstander.web.shared.keyed import guarded


@needs("guide.staff_door")
@require_safe
def own_sites(request: DistrictRequest) -> HttpResponse:
    """The reader's sites, each with whether it has named who acts."""
    sites = sites_in_reach(actor=request.actor, on=day_of(request))
    return guarded(render(request, "guide/own_sites.html", {**_told(request), "sites": sites}))


@needs("guide.staff_door")
@require_safe
def own_site(request: DistrictRequest, site_ref: str) -> HttpResponse:
    """Who acts at one of them."""
    steps = steps_in_reach(actor=request.actor, on=day_of(request), site_ref=site_ref)
    context = {"steps": steps, "site_ref": site_ref, "language": get_language()}
    return guarded(render(request, "guide/own_site.html", {**_told(request), **context}))


def _told(request: DistrictRequest) -> dict[str, object]:
    return {"text": guide.words(page="branch", **asked(request)), "entrance": Entrance(is_staff=True)}
