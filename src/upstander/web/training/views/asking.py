"""A site asks for something and follows what becomes of it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.foundation.notices.services import Recipient
from upstander.program.training.content.kinds import kind_of, shipped_kinds
from upstander.program.training.policies import coordinates, today
from upstander.program.training.selectors.offerings import lengths_beside
from upstander.program.training.selectors.proposals import may_reopen
from upstander.program.training.selectors.requests import askable_sites, moves_of, request_followed, requests_followed
from upstander.program.training.services.requests import change_days, request_training, withdraw_request
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.training.forms import DaysForm, WishForm, chosen
from upstander.web.training.pages import Faces, answers_page, days_page, kinds_page, request_page
from upstander.web.training.steps import take

PER_PAGE = 25
FACES = Faces(
    "base_staff.html",
    "training:ask_kind",
    "training:follow",
    "training:withdraw",
    "training:change_days",
    "training:answers",
)


@needs("training.request")
@require_safe
def ask(request: DistrictRequest) -> HttpResponse:
    """What can be asked for."""
    return kinds_page(request, FACES, shipped_kinds().values())


@needs("training.request")
def ask_kind(request: DistrictRequest, kind: str) -> HttpResponse:
    """The form of one kind; what was typed stays when something has to be put right."""
    asked, sites = kind_of(kind), list(askable_sites(actor=request.actor, at=request.at))
    form = WishForm(
        request.POST or None,
        kind=asked,
        sites=sites,
        email="other" if request.actor.has("training.coordinate") else "",
        lengths=lengths_beside(actor=request.actor, kind=kind, on=today(request.actor, request.at)),
        initial=chosen(asked, request.GET) | ({"site": sites[0].ref} if len(sites) == 1 else {}),
    )
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            made = request_training(
                actor=request.actor, wish=form.wish(), at=request.at, asked_for=_somebody(form.cleaned_data)
            )
            return HttpResponseRedirect(reverse("training:follow", args=[made.ref]))
    context = {"form": form, "kind": asked, "base": FACES.base, "has_sites": bool(sites), "token": ""}
    return render(request, "training/ask.html", context, status=422 if form.errors else 200)


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
    asked, moves = _followed(request, ref)
    is_declined = may_reopen(actor=request.actor, request=asked, at=request.at)
    return request_page(request, FACES, asked, moves, [ref], may_reopen=is_declined)


@needs("training.follow")
def withdraw(request: DistrictRequest, ref: str) -> HttpResponse:
    """Ask once more, then withdraw."""
    if request.method == "POST":
        take(
            request,
            lambda: withdraw_request(actor=request.actor, ref=ref, at=request.at),
            _("The request is withdrawn. Everyone who was told of a session gets a mail."),
        )
        return HttpResponseRedirect(reverse("training:follow", args=[ref]))
    return request_page(request, FACES, *_followed(request, ref), [ref], template="training/withdraw.html")


@needs("training.follow")
def days(request: DistrictRequest, ref: str) -> HttpResponse:
    """Wish other days; after a confirmation that asks the coordinator to decide."""
    asked = request_followed(actor=request.actor, ref=ref, at=request.at)

    def change(form: DaysForm) -> object:
        meant = form.cleaned_data["closed_day_is_meant"]
        return change_days(
            actor=request.actor, ref=ref, windows=form.windows(), closed_day_is_meant=meant, at=request.at
        )

    return days_page(request, FACES, asked, [ref], change)


@needs("training.follow")
@read_or_send
def answers(request: DistrictRequest, ref: str) -> HttpResponse:
    """Complete or correct what was asked for: a requester while it waits, a coordinator of the site also later."""
    asked = request_followed(actor=request.actor, ref=ref, at=request.at)
    of_district = coordinates(request.actor, asked, request.at)
    return answers_page(request, FACES, asked, [ref], of_district=of_district)


def _followed(request: DistrictRequest, ref: str) -> tuple[Any, Any]:
    found = request_followed(actor=request.actor, ref=ref, at=request.at)
    return found, moves_of(actor=request.actor, request=found)


def _somebody(data: dict[str, Any]) -> Recipient | None:
    return Recipient(data["email"], get_language() or "en") if data.get("email") else None
