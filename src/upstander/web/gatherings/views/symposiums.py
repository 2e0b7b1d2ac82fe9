"""Symposiums for who manages them: the plan, the agenda, hosts, speakers, and the steps to the day."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from upstander.foundation.kernel.errors import NotFound
from upstander.program.gatherings.content.choices import BREAKS, BRINGS, MOST_GUESTS, SPOKEN_OF
from upstander.program.gatherings.selectors.symposiums import (
    event_asked_for,
    numbers_of,
    symposium_managed,
    symposiums_managed,
)
from upstander.program.gatherings.services.parts import (
    Agreed,
    Slot,
    add_host,
    add_slot,
    pay_speaker,
    remove_part,
    settle_speaker,
)
from upstander.program.gatherings.services.symposiums import Plan, change_symposium, make_symposium, move_symposium
from upstander.program.gatherings.states import SYMPOSIUM_MOVES
from upstander.web.gatherings.forms import HostForm, PaymentForm, SlotForm, SpeakerForm, SymposiumForm, first_plan
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take

PER_PAGE = 50
DONE = {
    "publish": gettext_lazy("Published. Anyone can read the agenda and sign up."),
    "close": gettext_lazy("Nobody can sign up any more. Whoever has a place keeps it."),
    "reopen": gettext_lazy("Signing up is open again."),
    "hold": gettext_lazy("Noted as held. The numbers stay, and the guests are erased a month after the day."),
    "cancel": gettext_lazy("Cancelled. Everyone who signed up gets a mail."),
}


@needs("gatherings.manage")
@require_safe
def symposiums(request: DistrictRequest) -> HttpResponse:
    """All symposiums, the latest day in front."""
    page = Paginator(symposiums_managed(actor=request.actor), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "gatherings/symposiums.html", {"page": page})


@needs("gatherings.manage")
def new(request: DistrictRequest) -> HttpResponse:
    """Begin a symposium, also the one that was asked for: then its form begins with what the request says."""
    ref = request.GET.get("request", "")
    asked = event_asked_for(actor=request.actor, ref=ref, at=request.at) if ref else None
    form = SymposiumForm(request.POST or None, initial=first_plan(asked) if asked else {})
    told = {"request_ref": ref, "at": request.at}
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            return _back(make_symposium(actor=request.actor, plan=form.plan(), **told).ref)
    back = reverse("training:coordinate", args=[ref]) if ref else reverse("gatherings:symposiums")
    return _form(request, form, _("A new symposium"), back)


@needs("gatherings.manage")
@require_safe
def symposium(request: DistrictRequest, ref: str) -> HttpResponse:
    """One symposium with all its parts and numbers."""
    found = symposium_managed(actor=request.actor, ref=ref)
    moves = SYMPOSIUM_MOVES[found.state]
    words = dict(BRINGS)
    context = {
        "found": found,
        "can": [move for move in moves if move != "hold" or found.starts_at <= request.at],
        "numbers": numbers_of(actor=request.actor, symposium=found),
        "hosts": [(host, ", ".join(str(words[key]) for key in host.brings)) for host in found.hosts.all()],
        "most": MOST_GUESTS,
    }
    return render(request, "gatherings/symposium.html", context)


@needs("gatherings.manage")
def change(request: DistrictRequest, ref: str) -> HttpResponse:
    """Change day, place or size; guests are told of another day, hour or place."""
    found = symposium_managed(actor=request.actor, ref=ref)
    form = SymposiumForm(request.POST or None, stands=Plan.of(found))
    if request.method == "POST" and form.is_valid():
        plan, seen = form.plan(), form.cleaned_data["seen"]
        with told_at(form):
            change_symposium(actor=request.actor, ref=ref, plan=plan, seen=seen, at=request.at)
            messages.success(request, _("Changed. Guests get a mail if day, hour or place is another one."))
            return _back(ref)
    return _form(request, form, _("Day, place and size"), reverse("gatherings:symposium", args=[ref]))


@needs("gatherings.manage")
@require_POST
def step(request: DistrictRequest, ref: str) -> HttpResponse:
    """Publish, close, open again, note as held, cancel."""
    move, walked_in = request.POST.get("move", ""), request.POST.get("walk_in_count", "0").strip() or "0"
    if move not in DONE or not walked_in.isdecimal() or len(walked_in) > 5:
        messages.error(request, _("Please choose one of the steps."))
        return _back(ref)
    told: dict[str, Any] = {"ref": ref, "move": move, "at": request.at, "walk_in_count": int(walked_in)}
    take(request, lambda: move_symposium(actor=request.actor, **told), str(DONE[move]))
    return _back(ref)


@needs("gatherings.manage")
@require_POST
def remove(request: DistrictRequest, ref: str) -> HttpResponse:
    """Take a line, a host or a speaker out."""
    told: dict[str, Any] = {"ref": ref, "part_ref": request.POST.get("part", ""), "at": request.at}
    take(request, lambda: remove_part(actor=request.actor, **told), _("Taken out."))
    return _back(ref)


@needs("gatherings.manage")
def add(request: DistrictRequest, ref: str, part: str) -> HttpResponse:
    """One more line, host or speaker."""
    if part not in PARTS:
        raise NotFound(part)
    make, save, title = PARTS[part]
    form = make(request.POST or None, symposium_managed(actor=request.actor, ref=ref))
    told = {"actor": request.actor, "ref": ref, "at": request.at}
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            save(form, told)
            return _back(ref)
    return _form(request, form, str(title), reverse("gatherings:symposium", args=[ref]))


def _add_host(form: Any, told: dict[str, Any]) -> object:
    return add_host(name=form.cleaned_data["name"], brings=tuple(form.cleaned_data["brings"]), **told)


# The form of a part, what takes it, and its title.
PARTS: dict[str, tuple[Callable[[Any, Any], forms.Form], Callable[[Any, dict[str, Any]], object], object]] = {
    "slot": (
        lambda data, _found: SlotForm(data),
        lambda form, told: add_slot(slot=Slot(**form.cleaned_data), **told),
        gettext_lazy("One more line of the agenda"),
    ),
    "host": (lambda data, _found: HostForm(data), _add_host, gettext_lazy("One more co-host")),
    "speaker": (
        lambda data, found: SpeakerForm(data, slots=_slots(found)),
        lambda form, told: settle_speaker(agreed=form.agreed(), **told),
        gettext_lazy("One more speaker"),
    ),
}


@needs("gatherings.manage")
def speaker(request: DistrictRequest, ref: str, speaker_ref: str) -> HttpResponse:
    """What was agreed with one speaker, to read and print, to change, and what was paid."""
    found, one = _speaker(request, ref, speaker_ref)
    form = _agreed_form(found, one, request.POST or None)
    told: dict[str, Any] = {"ref": ref, "speaker_ref": speaker_ref, "at": request.at}
    if request.method == "POST" and form.is_valid():
        agreed, seen = form.agreed(), form.cleaned_data["seen"]
        with told_at(form):
            settle_speaker(actor=request.actor, agreed=agreed, seen=seen, **told)
            messages.success(request, _("Noted."))
            return HttpResponseRedirect(reverse("gatherings:speaker", args=[ref, speaker_ref]))
    return _speaker_page(request, found, one, form=form)


@needs("gatherings.manage")
@require_POST
def paid(request: DistrictRequest, ref: str, speaker_ref: str) -> HttpResponse:
    """Note a payment."""
    found, one = _speaker(request, ref, speaker_ref)
    form = PaymentForm(request.POST)
    told: dict[str, Any] = {"ref": ref, "speaker_ref": speaker_ref, "at": request.at}
    if form.is_valid():
        with told_at(form):
            pay_speaker(actor=request.actor, **form.cleaned_data, **told)
            messages.success(request, _("Noted."))
            return HttpResponseRedirect(reverse("gatherings:speaker", args=[ref, speaker_ref]))
    return _speaker_page(request, found, one, payment_form=form)


def _speaker(request: DistrictRequest, ref: str, speaker_ref: str) -> tuple[Any, Any]:
    found = symposium_managed(actor=request.actor, ref=ref)
    one = next((each for each in found.speakers.all() if each.ref == speaker_ref), None)
    if one is None:
        raise NotFound(speaker_ref)
    return found, one


def _speaker_page(request: DistrictRequest, found: Any, one: Any, **given: Any) -> HttpResponse:
    spoken, breaks = dict(SPOKEN_OF), dict(BREAKS)
    context = {
        "found": found,
        "one": one,
        "topics": ", ".join(str(spoken[key]) for key in one.topics),
        "pause": breaks[one.break_minutes],
        "payments": one.payments.order_by("paid_on", "id"),
        "form": _agreed_form(found, one),
        "payment_form": PaymentForm(),
        **given,
    }
    failed = any(form.errors for form in given.values())
    return render(request, "gatherings/speaker.html", context, status=422 if failed else 200)


def _agreed_form(found: Any, one: Any, data: Any = None) -> SpeakerForm:
    return SpeakerForm(data, slots=_slots(found), stands=Agreed.of(one))


def _slots(found: Any) -> list[tuple[str, str]]:
    return [(slot.ref, f"{time_format(slot.starts)} {slot.title_en}") for slot in found.slots.all()]


def _form(request: DistrictRequest, form: forms.Form, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "gatherings/form.html", context, status=422 if form.errors else 200)


def _back(ref: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("gatherings:symposium", args=[ref]))
