"""Small sites that are trained together: what is joined, what could be, and the form that joins."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from upstander.engines.planning import ProblemError
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import policies
from upstander.program.training.planning.problems import Settings, Source, source_for
from upstander.program.training.planning.together import FEW, MOST_PEOPLE, MOST_SITES, NEAR_KM, suggested
from upstander.program.training.selectors.groups import groups_for
from upstander.program.training.selectors.plans import plannable_years
from upstander.program.training.services.groups import join_sites, separate_sites
from upstander.web.plans.forms import JoinForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Suggested:
    """A group that could be: sites by name, each guest with its way in kilometres."""

    host: Any
    guests: list[tuple[Any, float]]
    people: int
    shared_days: int


@needs("training.plan")
def groups(request: DistrictRequest) -> HttpResponse:
    """The groups of the nearest school year, suggestions, and the form."""
    year = next(iter(plannable_years(actor=request.actor, at=request.at)), None)
    if year is None:
        return render(request, "plans/together.html", {"year": None})
    joined = groups_for(actor=request.actor, year=year)
    source = _source(request, year)
    free = [source.sites[ref].site for ref in source.free] if source else []
    form = JoinForm(request.POST or None, sites=free, hosts=[group.host for group in joined])
    if request.method == "POST" and form.is_valid():
        told = {"host_ref": form.cleaned_data["host"], "guest_refs": form.guests()}
        with told_at(form):
            join_sites(actor=request.actor, year=year, at=request.at, **told)
            messages.success(request, _("Joined. The next plan gives these sites one session, at the host."))
            return HttpResponseRedirect(reverse("plans:together"))
    context = {
        "year": year,
        "groups": joined,
        "suggestions": _suggestions(source) if source else [],
        "form": form,
        "can_join": len(free) > 1 or (free and joined),
        "rule": {"few": FEW, "km": NEAR_KM, "sites": MOST_SITES, "people": MOST_PEOPLE},
    }
    return render(request, "plans/together.html", context, status=422 if form.errors else 200)


@needs("training.plan")
@require_POST
def separate(request: DistrictRequest, ref: str) -> HttpResponse:
    """Let the sites of a host's group be trained by themselves again."""
    year = next(iter(plannable_years(actor=request.actor, at=request.at)), None)
    if year is None:
        raise NotFound(ref)
    take(
        request,
        lambda: separate_sites(actor=request.actor, year=year, host_ref=ref, at=request.at),
        _("Separated. The next plan gives each of them a day of its own."),
    )
    return HttpResponseRedirect(reverse("plans:together"))


def _source(request: DistrictRequest, year: Any) -> Source | None:
    """What a plan of the rest of the year would be made from; None where nothing is to be planned."""
    tomorrow = policies.today(request.actor, request.at) + dt.timedelta(days=1)
    settings = Settings(first_on=max(year.starts_on, tomorrow))
    try:
        return source_for(actor=request.actor, year=year, settings=settings, at=request.at)
    except ProblemError:  # the draft of a plan says where the calendars contradict each other
        return None


def _suggestions(source: Source) -> list[Suggested]:
    found = [
        Suggested(
            source.sites[each.host].site,
            [(source.sites[ref].site, km) for ref, km in zip(each.guests, each.km, strict=True)],
            each.people,
            each.shared_days,
        )
        for each in suggested(source.problem, source.sociable)
    ]
    return found[:MOST_SHOWN]
