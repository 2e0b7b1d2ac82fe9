"""Which schools take part in a campaign, and how many people they reached: numbers, and nobody's name."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.district.places.selectors import site_by_ref
from upstander.foundation.kernel.errors import WrongState
from upstander.program.library.selectors.campaigns import versions_for
from upstander.program.library.selectors.counts import (
    JOIN,
    campaign_of_year,
    later_campaigns,
    people_of,
    sites_of,
    totals,
)
from upstander.program.library.services.campaigns import count_campaign
from upstander.web.campaigns.forms import CountForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.entrances import asked, day_of
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.navigation import REVIEWS
from upstander.web.shared.refusals import told_at

PER_PAGE = 50


@needs(JOIN, *REVIEWS)
@require_safe
def index(request: DistrictRequest) -> HttpResponse:
    """What is on and what comes, how many schools take part, and the district's own campaigns for who writes them."""
    joins = request.actor.has(JOIN)
    context = {
        "totals": totals(**asked(request)) if joins else [],
        "later": later_campaigns(**asked(request)) if joins else [],
        "joins": joins,
        "versions": versions_for(actor=request.actor, on=day_of(request)),
        "may_write": request.actor.has("pages.edit"),
    }
    return render(request, "campaigns/index.html", context)


@needs(JOIN)
@require_safe
def sites(request: DistrictRequest, key: str, year: int) -> HttpResponse:
    """The schools in reach beside what each said of one campaign."""
    campaign = campaign_of_year(key=key, year=year, **asked(request))
    found = Paginator(sites_of(actor=request.actor, campaign=campaign, on=day_of(request)), PER_PAGE)
    context = {"each": campaign, "year": year, "page": found.get_page(request.GET.get("page"))}
    return render(request, "campaigns/sites.html", context)


@needs(JOIN)
@read_or_send
def count(request: DistrictRequest, key: str, year: int, ref: str) -> HttpResponse:
    """Sign a school up with the number of people it reached, put the number right, or undo it."""
    if request.POST.get("move") == "undo":
        return _undo(request, key, year, ref)
    campaign = campaign_of_year(key=key, year=year, **asked(request))
    site = site_by_ref(actor=request.actor, ref=ref, on=day_of(request), capability=JOIN)
    people = people_of(actor=request.actor, site=site, campaign=key, year=year)
    form = CountForm(request.POST or None, initial={"people": people})
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["people"]
        with told_at(form):
            count_campaign(site_ref=ref, campaign=key, year=year, people=number, **_who(request))
            messages.success(request, _("Thank you. %(site)s takes part.") % {"site": site.name})
            return HttpResponseRedirect(reverse("campaigns:index"))
    context = {"form": form, "each": campaign, "site": site, "people": people}
    return render(request, "campaigns/count.html", context, status=422 if form.errors else 200)


def _who(request: DistrictRequest) -> dict[str, Any]:
    return {"actor": request.actor, "on": day_of(request), "at": request.at}


def _undo(request: DistrictRequest, key: str, year: int, ref: str) -> HttpResponse:
    try:
        count_campaign(site_ref=ref, campaign=key, year=year, people=None, **_who(request))
        messages.success(request, _("Undone. The school is no longer signed up."))
    except WrongState as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("campaigns:index"))
