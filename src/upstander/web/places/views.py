"""Schools and work sites: the list, and one site with its history. Reading only; lists are loaded from the terminal."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from upstander.district.people import selectors as people
from upstander.district.places import selectors
from upstander.web.places.forms import FilterForm
from upstander.web.shared.access import DistrictRequest, needs

PAGE = 25


@needs("places.read")
def sites(request: DistrictRequest) -> HttpResponse:
    """The sites of the district, by name."""
    on, actor = timezone.localdate(request.at), request.actor
    regions = list(selectors.regions_on(actor=actor, on=on))
    form = FilterForm(request.GET, regions=[(region.ref, region.name) for region in regions])
    wanted = form.wanted
    found = selectors.sites_for(
        actor=actor,
        on=on,
        kind=wanted.get("kind", ""),
        region=next((region for region in regions if region.ref == wanted.get("region")), None),
        active_only=not wanted.get("closed"),
    )
    page = Paginator(found.select_related("law_station"), PAGE).get_page(request.GET.get("page"))
    facts = selectors.facts_of(actor=actor, sites=list(page), on=on)
    lines = [{"site": site, "region": facts.region.get(site.pk), "status": facts.status.get(site.pk)} for site in page]
    return render(request, "places/sites.html", {"form": form, "page": page, "lines": lines, "query": form.query})


@needs("places.read")
def site(request: DistrictRequest, ref: str) -> HttpResponse:
    """One site: what it is, where it belongs, who takes its reports, who answers for it, and what it was when."""
    on, actor = timezone.localdate(request.at), request.actor
    found = selectors.site_by_ref(actor=actor, ref=ref, on=on)
    context: dict[str, Any] = {
        "site": found,
        "status": selectors.status_on(actor=actor, site=found, on=on),
        "region": selectors.region_of(actor=actor, site=found, on=on),
        "station": selectors.law_station(actor=actor, site=found),
        "answers_for_it": people.site_administrators(actor=actor, site=found, on=on),
        "history": selectors.status_history(actor=actor, site=found),
    }
    return render(request, "places/site.html", context)
