"""A member's own pages: when they can be asked."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from upstander.program.training import policies
from upstander.program.training.selectors.cadre import facts_of, own_membership
from upstander.program.training.services.own_time import come_back
from upstander.web.cadre.steps import forms_of
from upstander.web.cadre.time import time_sections
from upstander.web.shared.access import DistrictRequest, needs


@needs("training.own_calendar")
@require_http_methods(["GET", "HEAD", "POST"])
def my_time(request: DistrictRequest) -> HttpResponse:
    """My week, my days away."""
    member = own_membership(actor=request.actor)
    facts = facts_of(actor=request.actor, member=member, at=request.at)
    made, went = forms_of(request, time_sections(request, facts))
    if went:
        return HttpResponseRedirect(reverse("cadre:my_time"))
    context = {"facts": facts, "member": member, "forms": made, "today": policies.today(request.actor, request.at)}
    return render(request, "cadre/my_time.html", context, status=422 if request.method == "POST" else 200)


@needs("training.own_calendar", "training.coordinate")
@require_POST
def back(request: DistrictRequest, ref: str) -> HttpResponse:
    """Take days away back."""
    come_back(actor=request.actor, member_ref=ref, away_ref=request.POST.get("away", ""), at=request.at)
    messages.success(request, _("Taken back."))
    is_own = request.POST.get("own") == "yes"
    return HttpResponseRedirect(reverse("cadre:my_time") if is_own else reverse("cadre:member", args=[ref]))
