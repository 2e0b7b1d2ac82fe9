"""A district's own offerings: put in, given anew, retired and offered again."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from upstander.foundation.kernel.content import said
from upstander.program.materials.content.catalogue import shipped_materials
from upstander.program.training.policies import today
from upstander.program.training.selectors.offerings import own_offering, waiting_for, words_of
from upstander.program.training.services.offerings import (
    Given,
    make_edition,
    make_offering,
    offer_again,
    retire_offering,
)
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take
from upstander.web.training.offering_forms import EditionForm

PLAN = "training.plan"


@needs(PLAN)
@read_or_send
def new(request: DistrictRequest) -> HttpResponse:
    """Add an offering to those that ship."""
    form = EditionForm(request.POST or None, handouts=_handouts(), initial={"starts_on": _today(request)})
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            make_offering(actor=request.actor, given=form.given(), at=request.at)
            return _done(request, _("Put in. It can be asked for now, and sessions bear its name."))
    return _page(request, form)


@needs(PLAN)
@read_or_send
def edition(request: DistrictRequest, ref: str) -> HttpResponse:
    """Give an offering a new edition; it begins as the newest one."""
    own = own_offering(actor=request.actor, ref=ref)
    newest = own.rows[0]
    form = EditionForm(request.POST or None, handouts=_handouts(), stands=Given.of(newest))
    form.initial["starts_on"] = max(_today(request), newest.starts_on + dt.timedelta(days=1))
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            told: dict[str, Any] = {"given": form.given(), "seen": form.cleaned_data["seen"], "at": request.at}
            make_edition(actor=request.actor, ref=ref, **told)
            return _done(request, _("Put in. Sessions before its first day keep the edition before."))
    return _page(request, form, newest=words_of(own.editions[0]), is_coming=newest.starts_on > _today(request))


@needs(PLAN)
@read_or_send
def retire(request: DistrictRequest, ref: str) -> HttpResponse:
    """Ask once more, then offer it no more."""
    own = own_offering(actor=request.actor, ref=ref)
    if request.method == "POST":
        done = _("It is offered no more. What is agreed stays, and it can be offered again.")
        take(request, lambda: retire_offering(actor=request.actor, ref=ref, at=request.at), done)
        return HttpResponseRedirect(reverse("training:offerings"))
    waiting = waiting_for(actor=request.actor, own=own, on=_today(request))
    return render(request, "training/offering_retire.html", {"called": words_of(own.editions[0]), "waiting": waiting})


@needs(PLAN)
@require_POST
def again(request: DistrictRequest, ref: str) -> HttpResponse:
    """Offer it again."""
    take(request, lambda: offer_again(actor=request.actor, ref=ref, at=request.at), _("It is offered again."))
    return HttpResponseRedirect(reverse("training:offerings"))


def _page(request: DistrictRequest, form: EditionForm, newest: str = "", *, is_coming: bool = False) -> HttpResponse:
    context = {"form": form, "newest": newest, "is_coming": is_coming}
    return render(request, "training/offering.html", context, status=422 if form.errors else 200)


def _done(request: DistrictRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("training:offerings"))


def _handouts() -> list[tuple[str, str]]:
    return [(key, said(material.title)) for key, material in shipped_materials().items()]


def _today(request: DistrictRequest) -> dt.date:
    return today(request.actor, request.at)
