"""Consultations for members of the Cadre: those offered, those in hand, and one of them with what can be done."""

from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import policies
from upstander.program.training.content.words import answers_of
from upstander.program.training.selectors.call_backs import (
    call_backs_in_hand,
    consultations_offered,
    own_call_back,
)
from upstander.program.training.services.call_backs import hand_back_call, note_call, take_call_back
from upstander.web.cadre.forms.consultations import CallForm, HandBackForm
from upstander.web.cadre.membership import about_own_place
from upstander.web.cadre.steps import Section, forms_of
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.steps import take


@needs("training.own_calendar")
@require_safe
@about_own_place
def consultations(request: DistrictRequest) -> HttpResponse:
    """What I have in hand, and what I may take."""
    offers = consultations_offered(actor=request.actor, at=request.at)
    context = {
        "in_hand": [each.request for each in call_backs_in_hand(actor=request.actor)],
        "offered": [(asked, answers_of(asked)) for asked in offers.free],
        "reasons": offers.reasons,
        "today": policies.today(request.actor, request.at),
    }
    return render(request, "cadre/consultations.html", context)


@needs("training.own_calendar")
@require_POST
def take_one(request: DistrictRequest, ref: str) -> HttpResponse:
    """Take a consultation into my hands."""
    done = _("It is yours now. Please call at one of the chosen times.")
    went = take(request, lambda: take_call_back(actor=request.actor, ref=ref, at=request.at), done)
    there = reverse("cadre:consultation", args=[ref]) if went else reverse("cadre:consultations")
    return HttpResponseRedirect(there)


@needs("training.own_calendar")
@read_or_send
def consultation(request: DistrictRequest, ref: str) -> HttpResponse:
    """One in my hands: whom to call and when; say that the call was made, or hand it back."""
    today = policies.today(request.actor, request.at)
    done = _("Noted. Whoever asked gets a mail, and the time stands among your hours.")
    sections = {
        "made": Section(partial(CallForm, today=today, prefix="made"), partial(_made, request, ref), done),
        "back": Section(partial(HandBackForm, prefix="back"), partial(_back, request, ref), _("Handed back.")),
    }
    made, went = forms_of(request, sections)
    if went:
        return HttpResponseRedirect(reverse("cadre:consultations"))
    try:
        asked = own_call_back(actor=request.actor, ref=ref).request
    except NotFound:
        return _gone(request, made)
    context = {"asked": asked, "answers": answers_of(asked), "forms": made, "today": today}
    return render(request, "cadre/consultation.html", context, status=422 if request.method == "POST" else 200)


def _gone(request: DistrictRequest, forms: Mapping[str, Form]) -> HttpResponse:
    """It was taken over while the form was filled in: say so. For everybody else there is no such page."""
    told = [sentence for form in forms.values() for sentence in form.non_field_errors()]
    if not told:
        raise NotFound("consultation")
    messages.error(request, str(told[0]))
    return HttpResponseRedirect(reverse("cadre:consultations"))


def _made(request: DistrictRequest, ref: str, form: CallForm) -> None:
    note_call(actor=request.actor, ref=ref, call=form.call(), at=request.at)


def _back(request: DistrictRequest, ref: str, form: HandBackForm) -> None:
    hand_back_call(actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at)
