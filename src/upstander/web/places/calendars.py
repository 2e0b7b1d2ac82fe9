"""School years, and the days in them on which nobody is trained: entered, corrected, taken out."""

import datetime as dt
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from upstander.district.places.selectors import days_out_known, school_years, sites_for
from upstander.district.places.services import (
    add_days_out,
    add_school_year,
    correct_school_year,
    take_back_days_out,
)
from upstander.foundation.kernel.errors import NotFound
from upstander.web.places.days import stretches
from upstander.web.places.forms import DaysOutForm, NewYearForm, YearForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take

STRETCHES_A_PAGE = 30
DAY = dt.timedelta(days=1)


@needs("places.manage")
@read_or_send
def years(request: DistrictRequest) -> HttpResponse:
    """All school years, and the form for the next one."""
    known = list(school_years(actor=request.actor))
    form = NewYearForm.after(known[0] if known else None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            add_school_year(actor=request.actor, at=request.at, **form.cleaned_data)
            messages.success(request, _("Entered. What is due in it has been counted, and plans can be drafted."))
            return HttpResponseRedirect(reverse("places:years"))
    context = {"years": [_shown(each, request) for each in known], "form": form}
    return render(request, "places/years.html", context, status=422 if form.errors else 200)


@needs("places.manage")
@read_or_send
def year(request: DistrictRequest, ref: str) -> HttpResponse:
    """Correct the days of one school year."""
    found = school_years(actor=request.actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    form = YearForm(request.POST or None, initial={"starts_on": found.starts_on, "ends_on": found.ends_on})
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            correct_school_year(actor=request.actor, ref=ref, at=request.at, **form.cleaned_data)
            messages.success(request, _("Corrected. What is due has been recounted."))
            return HttpResponseRedirect(reverse("places:years"))
    context = {**_shown(found, request), "form": form}
    return render(request, "places/year.html", context, status=422 if form.errors else 200)


@needs("places.manage")
@read_or_send
def days(request: DistrictRequest) -> HttpResponse:
    """The days from today on, on which nobody is trained, and the form for further ones."""
    on, actor = timezone.localdate(request.at), request.actor
    form = DaysOutForm(request.POST or None, sites=sites_for(actor=actor, on=on, capability="places.manage"))
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            add_days_out(actor=actor, days=form.days_out(), at=request.at)
            messages.success(request, _("Entered. Sessions that are agreed on these days stay until you move them."))
            return HttpResponseRedirect(reverse("places:days"))
    known = stretches(days_out_known(actor=actor).filter(on__gte=on).select_related("site"))
    context = {
        "out": Paginator(known, STRETCHES_A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "may_import": actor.has("ledger.import"),
    }
    return render(request, "places/days.html", context, status=422 if form.errors else 200)


@needs("places.manage")
@require_POST
def take_out(request: DistrictRequest) -> HttpResponse:
    """Take days out of the calendar: they are like any other again."""
    back = partial(take_back_days_out, actor=request.actor, refs=request.POST.getlist("day"), at=request.at)
    take(request, back, _("Taken out. The next plan may use these days."))
    return HttpResponseRedirect(reverse("places:days"))


def _shown(year: Any, request: DistrictRequest) -> dict[str, Any]:
    return {"year": year, "last_on": year.ends_on - DAY, "is_over": year.ends_on <= timezone.localdate(request.at)}
