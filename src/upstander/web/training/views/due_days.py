"""In how many school days a district acts on what is asked of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.program.training.content.kinds import kind_of
from upstander.program.training.content.words import state_word
from upstander.program.training.policies import today
from upstander.program.training.selectors.due_days import step_of, steps_of
from upstander.program.training.services.due_days import set_due_days, stand_of
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.training.offering_forms import DueDaysForm

PLAN = "training.plan"


@needs("training.coordinate")
@require_safe
def due_days(request: DistrictRequest) -> HttpResponse:
    """Each step of each kind with its school days, and which of them the district decided itself."""
    told: dict[str, list[Any]] = {}
    for step in steps_of(actor=request.actor, on=today(request.actor, request.at)):
        told.setdefault(step.kind, []).append((step, state_word(step.kind, step.state)))
    context = {"kinds": [(kind_of(key), steps) for key, steps in told.items()], "may_set": request.actor.has(PLAN)}
    return render(request, "training/due_days.html", context)


@needs(PLAN)
@read_or_send
def set_step(request: DistrictRequest, kind: str, state: str) -> HttpResponse:
    """Say the days of one step."""
    on = today(request.actor, request.at)
    step = step_of(actor=request.actor, kind=kind, state=state, on=on)
    form = DueDaysForm(request.POST or None, stands=stand_of(step))
    form.initial["starts_on"] = on
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            set_due_days(actor=request.actor, kind=kind, state=state, at=request.at, **form.cleaned_data)
            messages.success(request, _("Noted. Requests that have their day keep it."))
            return HttpResponseRedirect(reverse("training:due_days"))
    context = {"form": form, "step": step, "kind": kind_of(kind), "word": state_word(kind, state)}
    return render(request, "training/due_days_of.html", context, status=422 if form.errors else 200)
