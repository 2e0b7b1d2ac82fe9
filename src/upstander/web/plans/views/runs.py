"""The search for a better plan, followed on a page that asks anew by itself, without scripts."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.program.training import states
from upstander.program.training.selectors import plans as selectors
from upstander.program.training.services.plan_runs import ask_for_search, stop_search
from upstander.web.plans import wording
from upstander.web.plans.forms import LimitForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.steps import take

REFRESH_SECONDS = 2


@needs("training.plan")
@require_POST
def improve(request: DistrictRequest, ref: str) -> HttpResponse:
    """Let the planner look for a better plan."""
    form = LimitForm(request.POST)
    limit = form.cleaned_data["limit"] if form.is_valid() else 0
    went = take(
        request,
        lambda: ask_for_search(actor=request.actor, plan_ref=ref, limit_seconds=limit, at=request.at),
        _("The planner begins in a moment. You may leave this page; the search goes on."),
    )
    return HttpResponseRedirect(reverse("plans:search" if went else "plans:plan", args=[ref]))


@needs("training.plan")
@require_safe
def search(request: DistrictRequest, ref: str) -> HttpResponse:
    """How far it is: stage, best plan so far, what no plan can stay below, the gap between, and the time."""
    found = selectors.plan_by_ref(actor=request.actor, ref=ref)
    run = selectors.latest_run(actor=request.actor, plan=found)
    is_live = run is not None and run.state != states.Run.ENDED
    context = {
        "plan": found,
        "run": run,
        "is_live": is_live,
        "refresh": REFRESH_SECONDS,
        "stage": wording.stage(run) if run else "",
        "gap": wording.gap(run.best, run.bound) if run else "",
        "proven": wording.proven(found.proof),
    }
    return render(request, "plans/search.html", context)


@needs("training.plan")
@require_POST
def stop(request: DistrictRequest, ref: str) -> HttpResponse:
    """Stop it; the best plan so far is kept."""
    take(
        request,
        lambda: stop_search(actor=request.actor, plan_ref=ref, at=request.at),
        _("It stops in a moment and keeps the best plan so far."),
    )
    return HttpResponseRedirect(reverse("plans:search", args=[ref]))
