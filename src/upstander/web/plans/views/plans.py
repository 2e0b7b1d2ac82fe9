"""Plans of a school year: the list, a new draft, one plan from every side, the release, two plans side by side."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from upstander.district.places.selectors import days_out
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import policies, states
from upstander.program.training.content.kinds import TRAINING, kind_of
from upstander.program.training.planning.problems import Settings
from upstander.program.training.selectors import plans as selectors
from upstander.program.training.selectors.offerings import lengths_of_plans
from upstander.program.training.selectors.proposals import unanswered
from upstander.program.training.services.plan_release import Outcome, release_plan
from upstander.program.training.services.plan_taking_up import take_plan_up
from upstander.program.training.services.plans import make_plan, set_plan_aside
from upstander.web.plans import sides
from upstander.web.plans.forms import LIMITS, PlanForm
from upstander.web.plans.picture import picture_of
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take

LEAD_DAYS = dt.timedelta(days=14)  # sites and consultants hear of a day at least so long before


@needs("training.plan")
def plans(request: DistrictRequest) -> HttpResponse:
    """All plans, and the form that drafts a new one."""
    years = selectors.plannable_years(actor=request.actor, at=request.at)
    lengths = lengths_of_plans(actor=request.actor, on=policies.today(request.actor, request.at))
    form = PlanForm(request.POST or None, years=years, lengths=lengths, initial=_usual(request, years))
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            made = _make(request, form, years)
            return HttpResponseRedirect(reverse("plans:plan", args=[made.ref]))
    context = {"form": form, "plans": selectors.plans_for(actor=request.actor), "years": years}
    return render(request, "plans/plans.html", context, status=422 if form.errors else 200)


@needs("training.plan")
@require_safe
def plan(request: DistrictRequest, ref: str) -> HttpResponse:
    """One plan at a glance: the year, its numbers, what has no day and why."""
    found = selectors.plan_by_ref(actor=request.actor, ref=ref)
    entries = selectors.entries_for(actor=request.actor, plan=found)
    wanted = [entry for entry in entries if not entry.is_left_out]
    year = found.year
    closed = {day.on for day in days_out(actor=request.actor, first=year.starts_on, until=year.ends_on)}
    reached = selectors.reached(entries)
    context = {
        **sides.head(request, found),
        "figures": selectors.figures_of(actor=request.actor, plan=found, entries=entries),
        "picture": picture_of(year.starts_on, year.ends_on, sides.held_days(wanted), closed),
        "unplaced": sides.unplaced_lines(request, wanted),
        "moved": [entry for entry in wanted if entry.key in found.moved],
        "waiting": unanswered(actor=request.actor, plan=found, at=request.at)
        .order_by()
        .values("site")
        .distinct()
        .count(),
        "declined": [entry for entry in wanted if entry.answer == "declined"],
        "forecast": sides.forecast(wanted, reached),
        "moves": selectors.plan_moves(actor=request.actor, plan=found),
        "limits": LIMITS,
    }
    return render(request, "plans/plan.html", context)


@needs("training.plan")
@require_safe
def side(request: DistrictRequest, ref: str, view: str) -> HttpResponse:
    """The plan by school, by month, by member or by region."""
    drawn = sides.SIDES.get(view)
    if drawn is None:
        raise NotFound(view)
    found = selectors.plan_by_ref(actor=request.actor, ref=ref)
    entries = [each for each in selectors.entries_for(actor=request.actor, plan=found) if not each.is_left_out]
    if view == "schools":
        entries = selectors.entries_for(actor=request.actor, plan=found)
    can_drag = drawn.can_drag and found.state == states.Plan.DRAFT
    context = {**sides.head(request, found), "view": view, "can_drag": can_drag, **drawn.told(request, found, entries)}
    return render(request, drawn.template, context)


@needs("training.plan")
def release(request: DistrictRequest, ref: str) -> HttpResponse:
    """Ask once more, then release."""
    found = selectors.plan_by_ref(actor=request.actor, ref=ref)
    if request.method == "POST":
        take(request, lambda: release_plan(actor=request.actor, ref=ref, at=request.at), _released)
        return HttpResponseRedirect(reverse("plans:plan", args=[ref]))
    entries = selectors.entries_for(actor=request.actor, plan=found)
    before = selectors.released_plan(actor=request.actor, year=found.year)
    context = {
        "plan": found,
        "back": reverse("plans:plan", args=[ref]),
        "before": before,
        "figures": selectors.figures_of(actor=request.actor, plan=found, entries=entries),
        "moved": [entry for entry in entries if entry.key in found.moved],
    }
    return render(request, "plans/release.html", context)


@needs("training.plan")
def set_aside(request: DistrictRequest, ref: str) -> HttpResponse:
    """Ask once more, then put a draft aside."""
    found = selectors.plan_by_ref(actor=request.actor, ref=ref)
    if request.method != "POST":
        return render(request, "plans/set_aside.html", {"plan": found, "back": reverse("plans:plan", args=[ref])})
    step: Callable[[], None] = lambda: set_plan_aside(actor=request.actor, ref=ref, at=request.at)  # noqa: E731
    take(request, step, _("Set aside. You still find it in the list, and can take it up again there."))
    return HttpResponseRedirect(reverse("plans:plans"))


@needs("training.plan")
@require_POST
def take_up(request: DistrictRequest, ref: str) -> HttpResponse:
    """Make a plan that was set aside a draft again."""
    step: Callable[[], None] = lambda: take_plan_up(actor=request.actor, ref=ref, at=request.at)  # noqa: E731
    take(request, step, _("It is a draft again, with all that was pinned and changed."))
    return HttpResponseRedirect(reverse("plans:plan", args=[ref]))


@needs("training.plan")
@require_safe
def compare(request: DistrictRequest) -> HttpResponse:
    """Two plans side by side: those asked for, else the newest beside the one before it."""
    known = list(selectors.plans_for(actor=request.actor))
    by_ref = {plan.ref: plan for plan in known}
    newest = known[0] if len(known) > 1 else None
    first = by_ref.get(request.GET.get("first", ""), known[1] if newest else None)
    second = by_ref.get(request.GET.get("second", ""), newest)
    context: dict[str, Any] = {"plans": known, "first": first, "second": second}
    if first and second:
        context |= sides.compared(request, first, second)
    return render(request, "plans/compare.html", context)


def _usual(request: DistrictRequest, years: list[Any]) -> dict[str, Any]:
    if not years:
        return {}
    today = policies.today(request.actor, request.at)
    return {
        "year": years[0].ref,
        "first_on": max(years[0].starts_on, today + LEAD_DAYS),
        "minutes": 60,
        "pair_from": kind_of(TRAINING).pair_from or None,
    }


def _make(request: DistrictRequest, form: PlanForm, years: list[Any]) -> Any:
    year = next(year for year in years if year.ref == form.cleaned_data["year"])
    told = form.cleaned_data
    settings = Settings(first_on=told["first_on"], minutes=told["minutes"], pair_from=told["pair_from"] or 0)
    made = make_plan(actor=request.actor, year=year, settings=settings, at=request.at)
    messages.success(request, _("Drafted. Look it over, let the planner improve it, change what you like, release it."))
    return made


def _released(outcome: Outcome) -> str:
    count = len({entry.site_id for entry in outcome.proposed})
    return ngettext(
        "Released. %(count)s site is asked by mail whether the day suits it.",
        "Released. %(count)s sites are asked by mail whether the day suits them.",
        count,
    ) % {"count": count}
