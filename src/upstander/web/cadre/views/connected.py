"""My own calendar at an address: entered once, read again and again, and ended. The address stands in no page."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from upstander.program.training import policies
from upstander.program.training.selectors.cadre import own_membership
from upstander.program.training.selectors.connected import connected_calendar
from upstander.program.training.services.connected import ask_calendar, connect_calendar, disconnect_calendar
from upstander.web.cadre.forms.own_time import ConnectForm
from upstander.web.cadre.membership import about_own_place
from upstander.web.cadre.steps import Section, forms_of
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.steps import take


@needs("training.own_calendar")
@read_or_send
@about_own_place
def connected(request: DistrictRequest) -> HttpResponse:
    """How my calendar stands: connect one or another, have it read now, disconnect it."""
    member = own_membership(actor=request.actor)
    if request.method == "POST" and _moved(request, member):
        return HttpResponseRedirect(reverse("cadre:connected"))
    connect = Section(ConnectForm, partial(_connect, request, member.ref), _("Connected. It is read within a moment."))
    made, went = forms_of(request, {"connect": connect})
    if went:
        return HttpResponseRedirect(reverse("cadre:connected"))
    context = {
        "calendar": connected_calendar(actor=request.actor, member=member, at=request.at),
        "can_connect": policies.can_connect(),
        "hosts": settings.CALENDAR_HOSTS,
        "forms": made,
    }
    return render(request, "cadre/connected.html", context, status=422 if request.method == "POST" else 200)


def _moved(request: DistrictRequest, member: Any) -> bool:
    """Take one of the two steps that need no form; False for anything else."""
    moves = {
        "read": (ask_calendar, _("It is read within a moment.")),
        "disconnect": (disconnect_calendar, _("Disconnected. The address and its busy times are deleted.")),
    }
    if request.POST.get("move") not in moves:
        return False
    step, done = moves[request.POST["move"]]
    take(request, partial(step, actor=request.actor, member_ref=member.ref, at=request.at), done)
    return True


def _connect(request: DistrictRequest, ref: str, form: ConnectForm) -> None:
    connect_calendar(actor=request.actor, member_ref=ref, address=form.cleaned_data["address"], at=request.at)
