"""How sites are trained that have not asked for anything themselves."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from upstander.district.places.selectors import sites_for
from upstander.program.training import policies
from upstander.program.training.selectors.usual import usual_session, usual_sessions
from upstander.program.training.services.usual import forget_usual_session, set_usual_session
from upstander.web.plans.forms import UsualForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take


@needs("training.plan")
def usual(request: DistrictRequest) -> HttpResponse:
    """The sites for which something is noted, and the form that notes it."""
    on = policies.today(request.actor, request.at)
    sites = list(sites_for(actor=request.actor, on=on, capability="training.plan"))
    form = UsualForm(request.POST or None, sites=sites)
    if request.method == "POST" and form.is_valid():
        told = {"site_ref": form.cleaned_data["site"], "usual": form.usual()}
        with told_at(form):
            set_usual_session(actor=request.actor, at=request.at, **told)
            messages.success(request, _("Noted. The next plan uses it, unless the site asks for something else."))
            return HttpResponseRedirect(reverse("plans:usual"))
    context = {"form": form, "sessions": usual_sessions(actor=request.actor)}
    return render(request, "plans/usual.html", context, status=422 if form.errors else 200)


@needs("training.plan")
@read_or_send
def forget(request: DistrictRequest, ref: str) -> HttpResponse:
    """Ask once more, then take the site as all others again."""
    if request.method != "POST":
        told = {"usual": usual_session(actor=request.actor, site_ref=ref), "back": reverse("plans:usual")}
        return render(request, "plans/forget_usual.html", told)
    take(
        request,
        lambda: forget_usual_session(actor=request.actor, site_ref=ref, at=request.at),
        _("Deleted. The next plan takes the site as all others."),
    )
    return HttpResponseRedirect(reverse("plans:usual"))
