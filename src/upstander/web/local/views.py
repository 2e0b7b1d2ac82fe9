"""What the district itself holds: an overview, the policy registry, and the forms that propose a change."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.district.places.selectors import region_by_ref, site_by_ref
from upstander.foundation.kernel.access import Place, require, scope
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.program.law.content import Line
from upstander.program.law.policies import IN_A_REGION, is_of_a_region
from upstander.program.law.selectors import entries as selectors
from upstander.program.law.selectors.contacts import contacts, level_states, suggested_steps
from upstander.program.law.selectors.here import county_levels, here
from upstander.program.law.selectors.missing import missing
from upstander.program.law.selectors.registry import policy_history, policy_on
from upstander.program.law.services.local import Thing, propose_entry
from upstander.program.law.services.registry import add_policy_version, sign_policy_version
from upstander.program.law.services.stations import enter_station
from upstander.program.law.states import Entry
from upstander.web.local.forms import LinesForm, PolicyForm, StationForm
from upstander.web.local.words import KINDS, WHO_HINT
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.overdue import overdue_notes
from upstander.web.shared.refusals import told_at

PER_PAGE = 25
OF_A_SITE = ("steps", "offices")
PLACED = (*OF_A_SITE, *IN_A_REGION)  # kinds that belong to a site or a region
WAITS = {
    Entry.PROPOSED: gettext_lazy("Proposed. It is in force as soon as a second person has signed it."),
    Entry.CORRECTED: gettext_lazy("Changed: it holds now. A second person looks at it afterwards."),
}


def today(request: DistrictRequest) -> dt.date:
    """The day it is where the district is."""
    return timezone.localdate(request.at)


@needs("local.propose", "local.sign")
@require_safe
def overview(request: DistrictRequest) -> HttpResponse:
    """The policy in force, whom to call, who acts at the sites, and what waits for a second person."""
    on, actor = today(request), request.actor
    found = here(actor=actor, on=on)
    context = {
        "policy": policy_on(actor=actor, on=on),
        "contacts": contacts(actor=actor, on=on),
        "here": found,
        "levels": level_states(actor=actor, on=on, found=found),
        "missing": missing(actor=actor, on=on, found=found),
        "waiting": selectors.waiting(actor=actor, on=on),
        "is_of_district": scope(actor, "local.propose").everywhere,
        "overdue": overdue_notes(request),
        "on": on,
    }
    return render(request, "local/overview.html", context)


@needs("local.propose")
@require_safe
def sites(request: DistrictRequest) -> HttpResponse:
    """Every site in reach with what is there and what is missing; those with something missing first."""
    found = missing(actor=request.actor, on=today(request))
    page = Paginator(found.sites, PER_PAGE).get_page(request.GET.get("page"))
    names_offices = any(state.speaks_for_it for state in found.sites)
    return render(request, "local/sites.html", {"page": page, "missing": found, "names_offices": names_offices})


@needs("local.propose", "local.sign")
@read_or_send
def policy(request: DistrictRequest) -> HttpResponse:
    """Every version of the district's own policy; whoever speaks for the district enters the next one."""
    if "sign" in request.POST:
        return _sign_policy(request)
    form = PolicyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            add_policy_version(actor=request.actor, at=request.at, **form.cleaned_data)
            messages.success(request, _("Entered. Once a second person has signed it, the call screen links it."))
            return HttpResponseRedirect(reverse("local:policy"))
    context = {
        "form": form if scope(request.actor, "local.propose").everywhere else None,
        "history": policy_history(actor=request.actor, on=today(request)),
        "on": today(request),
    }
    return render(request, "local/policy.html", context, status=422 if form.errors else 200)


def _sign_policy(request: DistrictRequest) -> HttpResponse:
    try:
        sign_policy_version(actor=request.actor, ref=request.POST["sign"], at=request.at)
        messages.success(request, _("Signed. The call screen links the version that is in force."))
    except WrongState as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("local:policy"))


@needs("local.propose")
@read_or_send
def change(request: DistrictRequest, kind: str, of: str = "") -> HttpResponse:
    """Propose what the district says about one thing; what was typed stays when something has to be put right."""
    thing, where, current = _thing(request, kind, of)
    held = selectors.own_of(current).lines if current else ()
    offered = held or _suggested(request, kind, of)
    form = LinesForm(request.POST or None, kind=kind, lines=offered, today=today(request))
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            made = propose_entry(actor=request.actor, thing=thing, lines=form.lines(), at=request.at)
            messages.success(request, _("Proposed. It is in force as soon as a second person has signed it."))
            return HttpResponseRedirect(reverse("local:decide", args=[made.ref]))
    context = {
        "form": form,
        "kind": KINDS[kind],
        "where": where,
        "current": current,
        "held": held if any(line.phone for line in held) else (),
        "is_suggested": offered != held,
        "who_hint": WHO_HINT if "name" in KINDS[kind].fields else "",
    }
    return render(request, "local/change.html", context, status=422 if form.errors else 200)


@needs("local.propose")
@read_or_send
def station(request: DistrictRequest, ref: str) -> HttpResponse:
    """The station that takes a site's reports: fill in what is blank, or correct it."""
    site = site_by_ref(actor=request.actor, ref=ref, on=today(request), capability="local.propose")
    form = StationForm(request.POST or None, initial=_known_station(site))
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            waits = enter_station(actor=request.actor, site_ref=ref, at=request.at, **form.cleaned_data)
            if waits is not None:
                messages.success(request, WAITS[Entry(waits.state)])
                return HttpResponseRedirect(reverse("local:decide", args=[waits.ref]))
            messages.success(request, _("Entered. The call screen of the site shows it at once."))
            return HttpResponseRedirect(reverse("local:sites"))
    return render(request, "local/station.html", {"form": form, "site": site}, status=422 if form.errors else 200)


def _suggested(request: DistrictRequest, kind: str, of: str) -> tuple[Line, ...]:
    return suggested_steps(actor=request.actor, site_ref=of, on=today(request)) if kind == "steps" else ()


def _known_station(site: Any) -> dict[str, Any]:
    known = site.law_station
    return {"name": known.name, "kind": known.kind, "phone": known.phone} if known else {}


def _thing(request: DistrictRequest, kind: str, of: str) -> tuple[Thing, str, Any]:
    """What is to be changed, the name of the place it belongs to, and what is in force there."""
    on, actor = today(request), request.actor
    if kind not in KINDS or kind.startswith("level") != bool(of and kind not in PLACED):
        raise NotFound(kind)
    if kind in OF_A_SITE:
        site = site_by_ref(actor=actor, ref=of, on=on, capability="local.propose")
        return Thing(kind, site_ref=of), site.name, selectors.holding(actor=actor, kind=kind, site=site)
    region = region_by_ref(actor=actor, ref=of) if is_of_a_region(kind, of) else None
    require(actor, "local.propose", Place(actor.district_id, region.pk if region else None))
    if region is not None:
        return Thing(kind, region_ref=of), region.name, selectors.holding(actor=actor, kind=kind, region=region)
    level = next((level for level in county_levels(actor=actor, on=on) if level.key == of), None)
    if of and level is None:
        raise NotFound(of)
    where = level.name.in_language(get_language() or "") if level else ""
    return Thing(kind, level=of), where, selectors.holding(actor=actor, kind=kind, level=of)
