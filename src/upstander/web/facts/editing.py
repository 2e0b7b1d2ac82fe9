"""Facts for their editors: the list, one fact with its uses and history, and putting a wrong number right at once."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from upstander.program.facts import services
from upstander.program.facts.content import LINES
from upstander.program.facts.selectors.editing import Line, fact_line, facts_listed, history_of
from upstander.program.facts.selectors.uses import uses_by_fact
from upstander.web.facts.forms import CheckForm, CorrectForm, FilterForm
from upstander.web.facts.places import address_of
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import pressed, take, version_seen

PER_PAGE = 25
# What a button sends -> the service, and the sentence afterwards.
STEPS: dict[str, tuple[Callable[..., Any], str | Promise]] = {
    "confirm": (services.confirm_change, gettext_lazy("Confirmed. Thank you for looking.")),
    "take_back": (services.take_change_back, gettext_lazy("Taken back. What stood there before stands again.")),
    "keep": (services.keep_correction, gettext_lazy("Kept. Your district goes on showing its own.")),
    "edition": (services.take_edition, gettext_lazy("Taken. Your district shows what the new edition says.")),
}


@needs("facts.edit", "facts.sign")
@require_safe
def facts(request: DistrictRequest) -> HttpResponse:
    """Every fact, what has to be done first."""
    form = FilterForm(request.GET)
    found = facts_listed(actor=request.actor, on=_today(request), **form.wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "facts/facts.html",
        {"form": form, "page": page, "lines": list(page), "may_edit": request.actor.has("facts.edit")},
    )


@needs("facts.edit", "facts.sign")
@read_or_send
def fact(request: DistrictRequest, key: str) -> HttpResponse:
    """One fact: what it says, where it stands, what was done about it, and what can be done now."""
    line = fact_line(actor=request.actor, key=key, on=_today(request))
    form = CheckForm(
        request.POST if "check" in request.POST else None, entry=line.entry, over=_number(line), today=_today(request)
    )
    if request.method == "POST" and _done(request, key, form):
        return HttpResponseRedirect(reverse("facts:fact", args=[key]))
    uses = uses_by_fact(actor=request.actor, on=_today(request)).get(key, [])
    context = {
        "line": line,
        "over": _number(line),
        "form": form if request.actor.has("facts.edit") else None,
        "uses": [(use, address_of(use)) for use in uses],
        "history": history_of(actor=request.actor, key=key),
        "may_sign": request.actor.has("facts.sign"),
        "is_own": bool(line.change and line.change.corrected_by_id == request.actor.account_id),
    }
    return render(request, "facts/fact.html", context, status=422 if form.errors else 200)


@needs("facts.edit")
@read_or_send
def correct(request: DistrictRequest, key: str) -> HttpResponse:
    """Put a wrong number right: it holds at once, and a second person looks at it afterwards."""
    line = fact_line(actor=request.actor, key=key, on=_today(request))
    form = CorrectForm(
        request.POST or None,
        entry=line.entry,
        over=_number(line),
        is_line=line.entry.kind in LINES,
        today=_today(request),
    )
    if request.method == "POST" and form.is_valid():
        told = {"correction": form.correction(), "reason": form.cleaned_data["reason"]}
        with told_at(form):
            services.correct_fact(actor=request.actor, key=key, over=form.cleaned_data["over"], at=request.at, **told)
            messages.success(
                request, _("The right one is shown everywhere now. A second person looks at it afterwards.")
            )
            return HttpResponseRedirect(reverse("facts:fact", args=[key]))
    uses = uses_by_fact(actor=request.actor, on=_today(request)).get(key, [])
    context = {"line": line, "form": form, "count": len(uses)}
    return render(request, "facts/correct.html", context, status=422 if form.errors else 200)


def _done(request: DistrictRequest, key: str, form: CheckForm) -> bool:
    """Take the step that a button asks for; whether the page may be shown anew."""
    asked = {"actor": request.actor, "key": key, "at": request.at}
    if "check" in request.POST:
        if not form.is_valid():
            return False
        with told_at(form):
            services.check_again(**asked, **form.cleaned_data)
            messages.success(request, _("Thank you. It counts as read on that day."))
            return True
        return False
    step, said = STEPS[pressed(request, "move", STEPS)]
    take(request, lambda: step(over=version_seen(request), **asked), str(said))
    return True


def _number(line: Line) -> int:
    return line.change.number if line.change else 0


def _today(request: DistrictRequest) -> dt.date:
    return timezone.localdate(request.at)
