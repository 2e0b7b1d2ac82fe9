"""When sites can be trained: the rules for kinds of sites, and the windows of single sites."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from upstander.district.places.selectors import sites_for
from upstander.program.training import policies
from upstander.program.training.selectors.windows import windows_for
from upstander.program.training.services.windows import Stretch as Hours
from upstander.program.training.services.windows import add_window, end_window
from upstander.web.plans.forms import WindowForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take


@needs("training.plan")
def windows(request: DistrictRequest) -> HttpResponse:
    """All windows that hold, and the form for a new one."""
    on = policies.today(request.actor, request.at)
    sites = list(sites_for(actor=request.actor, on=on, capability="training.plan"))
    form = WindowForm(request.POST or None, sites=sites, initial={"starts_on": on})
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            add_window(actor=request.actor, stretch=Hours(**form.cleaned_data), at=request.at)
            messages.success(request, _("Entered. The next plan uses it."))
            return HttpResponseRedirect(reverse("plans:windows"))
    found = windows_for(actor=request.actor, on=on)
    context = {
        "form": form,
        "levels": [window for window in found if window.site is None],
        "own": [window for window in found if window.site is not None],
    }
    return render(request, "plans/windows.html", context, status=422 if form.errors else 200)


@needs("training.plan")
@require_POST
def end(request: DistrictRequest, ref: str) -> HttpResponse:
    """End a window today."""
    take(
        request,
        lambda: end_window(actor=request.actor, ref=ref, at=request.at),
        _("Ended. Sessions that are agreed stay; the next plan does without it."),
    )
    return HttpResponseRedirect(reverse("plans:windows"))
