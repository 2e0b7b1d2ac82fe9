"""A site asks for a training and follows what becomes of it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.errors import Invalid
from upstander.program.training.selectors.requests import (
    askable_sites,
    live_session_of,
    moves_of,
    request_followed,
    requests_followed,
)
from upstander.program.training.services.requests import request_training, withdraw_request
from upstander.program.training.states import REQUEST_MOVES
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.refusals import tell
from upstander.web.training.forms import RequestForm
from upstander.web.training.steps import take

PER_PAGE = 25


@needs("training.request")
def ask(request: DistrictRequest) -> HttpResponse:
    """The request form; what was typed stays when something has to be put right."""
    sites = list(askable_sites(actor=request.actor, at=request.at))
    form = RequestForm(request.POST or None, sites=sites, initial=_usual(sites))
    if request.method == "POST" and form.is_valid():
        try:
            made = request_training(actor=request.actor, wish=form.wish(), at=request.at)
        except Invalid as refusal:
            tell(form, refusal, form.named)
        else:
            return HttpResponseRedirect(reverse("training:follow", args=[made.ref]))
    return render(request, "training/ask.html", {"form": form}, status=422 if form.errors else 200)


@needs("training.follow")
@require_safe
def requests(request: DistrictRequest) -> HttpResponse:
    """What the actor asked for, and what was asked for the sites they follow."""
    found = Paginator(requests_followed(actor=request.actor, at=request.at), PER_PAGE)
    return render(request, "training/requests.html", {"page": found.get_page(request.GET.get("page"))})


@needs("training.follow")
@require_safe
def follow(request: DistrictRequest, ref: str) -> HttpResponse:
    """One page to follow a request."""
    return render(request, "training/request.html", _told(request, ref))


@needs("training.follow")
def withdraw(request: DistrictRequest, ref: str) -> HttpResponse:
    """Ask once more, then withdraw."""
    told = _told(request, ref)
    if request.method == "POST":
        take(
            request,
            lambda: withdraw_request(actor=request.actor, ref=ref, at=request.at),
            _("The request is withdrawn. Everyone who was told of a session gets a mail."),
        )
        return HttpResponseRedirect(reverse("training:follow", args=[ref]))
    return render(request, "training/withdraw.html", told)


def _told(request: DistrictRequest, ref: str) -> dict[str, Any]:
    found = request_followed(actor=request.actor, ref=ref, at=request.at)
    session = live_session_of(found)
    return {
        "asked": found,
        "session": session,
        "lead": session.assignments.all()[0].member.person if session else None,
        "moves": moves_of(actor=request.actor, request=found),
        "can_withdraw": "withdraw" in REQUEST_MOVES[found.state],
    }


def _usual(sites: list[Any]) -> dict[str, Any]:
    first = {"site": sites[0].ref} if len(sites) == 1 else {}
    return {"languages": ["en"], "minutes": 60, "mode": "in_person", **first}
