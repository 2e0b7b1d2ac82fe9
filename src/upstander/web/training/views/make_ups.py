"""Who missed a part of a session, and making it up."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.program.training.selectors.make_ups import partials_of
from upstander.program.training.services.make_ups import offer_make_up, record_made_up
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.refusals import tell
from upstander.web.shared.widgets import DayInput
from upstander.web.training.steps import take


class SlotForm(forms.Form):
    """A day and a time."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput())
    starts = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time", "step": 300}))


@needs("training.lead", "training.coordinate")
def make_ups(request: DistrictRequest, ref: str) -> HttpResponse:
    """Everyone who was there in part, with what they missed; a time can be set for each."""
    session, partials = partials_of(actor=request.actor, ref=ref, at=request.at)
    whose = request.POST.get("person", "")
    typed = SlotForm(request.POST, auto_id=f"s_{whose}_%s") if request.method == "POST" else None
    if typed is not None and typed.is_valid():
        told = {"session_ref": ref, "person_ref": whose, **typed.cleaned_data}
        try:
            offer_make_up(actor=request.actor, at=request.at, **told)
        except Invalid as refusal:
            tell(typed, refusal)
        except WrongState as refusal:
            typed.add_error(None, str(refusal))
        else:
            messages.success(request, _("The time is set. Please tell them."))
            return HttpResponseRedirect(reverse("training:make_ups", args=[ref]))
    blank = {each.person.ref: SlotForm(auto_id=f"s_{each.person.ref}_%s") for each in partials}
    lines = [(each, typed if typed and each.person.ref == whose else blank[each.person.ref]) for each in partials]
    context = {"session": session, "lines": lines, "typed": typed}
    return render(request, "training/make_ups.html", context, status=422 if typed is not None else 200)


@needs("training.lead", "training.coordinate")
@require_POST
def made_up(request: DistrictRequest, ref: str) -> HttpResponse:
    """It was made up: completion and certificate are written."""
    person = request.POST.get("person", "")
    take(
        request,
        lambda: record_made_up(actor=request.actor, session_ref=ref, person_ref=person, at=request.at),
        _("Noted. They have a completion and a certificate."),
    )
    return HttpResponseRedirect(reverse("training:make_ups", args=[ref]))
