"""Who missed a part of a session, and making it up."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from upstander.program.training.selectors.make_ups import Open, open_partials, partials_of
from upstander.program.training.services.make_ups import call_off_make_up, offer_make_up, record_made_up
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.papers import as_csv
from upstander.web.shared.refusals import told_at
from upstander.web.shared.widgets import DayInput
from upstander.web.training.steps import take_about
from upstander.web.training.wording import parts_words

PER_PAGE = 50


class SlotForm(forms.Form):
    """A day and a time."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput())
    starts = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time", "step": 300}))


@needs("training.lead", "training.coordinate")
@require_safe
def open_parts(request: DistrictRequest) -> HttpResponse:
    """Who still has only a part of a session, in all sessions of the reader's, with the next time that fits."""
    page = Paginator(open_partials(actor=request.actor, at=request.at), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "training/open_parts.html", {"page": page})


@needs("training.lead", "training.coordinate")
@require_safe
def open_parts_file(request: DistrictRequest) -> HttpResponse:
    """The same as a table to take along."""
    head = [
        _("Site"),
        _("Name"),
        _("Since"),
        _("Missing"),
        _("Minutes"),
        _("Next time that fits"),
        _("From"),
        _("Set"),
    ]
    return as_csv("parts.csv", head, map(_cells, open_partials(actor=request.actor, at=request.at)))


@needs("training.lead", "training.coordinate")
def make_ups(request: DistrictRequest, ref: str) -> HttpResponse:
    """Everyone who was there in part, with what they missed; a time can be set for each."""
    session, partials = partials_of(actor=request.actor, ref=ref, at=request.at)
    whose = request.POST.get("person", "")
    typed = SlotForm(request.POST, auto_id=f"s_{whose}_%s") if request.method == "POST" else None
    if typed is not None and typed.is_valid():
        with told_at(typed):
            is_told = _offer(request, ref, whose, typed.cleaned_data)
            messages.success(request, _("The time is set, and they get a mail.") if is_told else _("The time is set."))
            return HttpResponseRedirect(reverse("training:make_ups", args=[ref]))
    blank = {each.person.ref: SlotForm(auto_id=f"s_{each.person.ref}_%s") for each in partials}
    lines = [(each, typed if typed and each.person.ref == whose else blank[each.person.ref]) for each in partials]
    context = {"session": session, "lines": lines, "typed": typed}
    return render(request, "training/make_ups.html", context, status=422 if typed is not None else 200)


@needs("training.lead", "training.coordinate")
@require_POST
def made_up(request: DistrictRequest, ref: str) -> HttpResponse:
    """It was made up: completion and certificate are written."""
    take_about(request, ref, record_made_up, _("Noted. They have a completion and a certificate."))
    return HttpResponseRedirect(reverse("training:make_ups", args=[ref]))


@needs("training.lead", "training.coordinate")
@require_POST
def call_off(request: DistrictRequest, ref: str) -> HttpResponse:
    """The time that was set does not take place."""
    take_about(request, ref, call_off_make_up, _("Called off. If it was still to come, they get a mail."))
    return HttpResponseRedirect(reverse("training:make_ups", args=[ref]))


def _offer(request: DistrictRequest, ref: str, whose: str, slot: dict[str, Any]) -> bool:
    return offer_make_up(actor=request.actor, session_ref=ref, person_ref=whose, at=request.at, **slot)


def _cells(line: Open) -> list[object]:
    partial, fit = line.partial, line.fit
    session = partial.session
    when: tuple[object, object, object] = ("", "", "")
    if fit is not None:
        when = (fit.on.isoformat(), fit.starts.isoformat("minutes"), _("yes") if fit.is_own else _("no"))
    return [
        session.site.name,
        partial.person.full_name,
        session.on.isoformat(),
        parts_words(partial),
        partial.missed,
        *when,
    ]
