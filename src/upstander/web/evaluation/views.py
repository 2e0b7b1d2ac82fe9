"""Questions before and after a session: asked without a name, told only where nobody can be found in the answers."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.foundation.documents.pictures import qr
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.evaluation import policies
from upstander.program.evaluation.content.sheets import DEBRIEF, STAFF, Sheet, shipped_sheets
from upstander.program.evaluation.selectors.results import session_results, year_results
from upstander.program.evaluation.selectors.sessions import asking_of, session_by_key
from upstander.program.evaluation.services.answers import keep_answers, keep_debrief
from upstander.web.evaluation.drawing import drawn
from upstander.web.evaluation.forms import LinkedForm, SheetForm
from upstander.web.shared.access import DistrictRequest, needs, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, form_token
from upstander.web.shared.refusals import tell, told_at

PURPOSE = "evaluation"
# A whole room answers from behind one address within minutes.
MOST_FROM_ONE_ADDRESS = 240
EARLIEST = dt.date(2000, 1, 1)


@open_to_anyone("Who was in the room answers without a name; the address was shown there.")
@anonymous_form(PURPOSE, most=MOST_FROM_ONE_ADDRESS, seconds=60)
def answer(request: DistrictRequest, ref: str, key: str, phase: str) -> HttpResponse:
    """The questions of a phase, on a phone."""
    if phase not in policies.PHASES:
        raise NotFound(phase)
    session = session_by_key(actor=request.actor, ref=ref, key=key)
    is_open = policies.is_open(session, phase, request.at)
    form = LinkedForm(request.POST or None, questions=_sheet(STAFF).asked(phase))
    if request.method == "POST" and form.is_valid():
        told = {"session_ref": ref, "key": key, "phase": phase, "answers": form.answers()}
        try:
            keep_answers(actor=request.actor, at=request.at, **told)  # type: ignore[arg-type]
        except Invalid as refusal:
            tell(form, refusal)
        except WrongState:
            is_open = False
        else:
            return HttpResponseRedirect(reverse("evaluation:thanks"))
    context = {"form": form, "phase": phase, "is_open": is_open, "token": form_token(PURPOSE), "title": _title(STAFF)}
    return render(request, "evaluation/answer.html", context, status=422 if form.errors and is_open else 200)


@open_to_anyone("The answer says nothing about anyone.")
@require_safe
def thanks(request: DistrictRequest) -> HttpResponse:
    """The one answer."""
    return render(request, "evaluation/thanks.html")


@needs("training.lead", "training.coordinate")
@require_safe
def session(request: DistrictRequest, ref: str) -> HttpResponse:
    """What the room scans, and what came of it."""
    asking = asking_of(actor=request.actor, ref=ref, at=request.at)
    pictures = []
    for phase in asking.open_phases:
        path = reverse("evaluation:answer", args=[ref, asking.key, phase])
        pictures.append((phase, request.build_absolute_uri(path)))
    found = session_results(actor=request.actor, ref=ref, at=request.at)
    context = {
        "asking": asking,
        "session": asking.session,
        "pictures": [(phase, address, qr(address)) for phase, address in pictures],
        "drawn": drawn(found) if found else None,
        "closes_at": policies.closes_at(asking.session),
    }
    return render(request, "evaluation/session.html", context)


@needs("training.lead", "training.coordinate")
def debrief(request: DistrictRequest, ref: str) -> HttpResponse:
    """A short look back after closing, by choosing; and a word of care."""
    asking = asking_of(actor=request.actor, ref=ref, at=request.at)
    initial = asking.debrief.answers if asking.debrief else {}
    form = SheetForm(request.POST or None, questions=_sheet(DEBRIEF).questions, initial=initial)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            keep_debrief(actor=request.actor, session_ref=ref, chosen=form.chosen(), at=request.at)
            messages.success(request, _("Thank you. That is all."))
            return HttpResponseRedirect(reverse("training:room", args=[ref]))
    context = {"form": form, "asking": asking, "session": asking.session, "title": _title(DEBRIEF)}
    return render(request, "evaluation/debrief.html", context, status=422 if form.errors else 200)


@needs("training.coordinate")
@require_safe
def results(request: DistrictRequest) -> HttpResponse:
    """A school year, as a whole and by region."""
    found = year_results(actor=request.actor, on=_day(request), at=request.at)
    source = _sheet(STAFF).source
    context: dict[str, Any] = {
        "year": found,
        "whole": drawn(found.whole),
        "regions": [(name, drawn(each)) for name, each in found.regions],
        "source": source.in_language(get_language() or "en") if source else "",
        "earlier": _day(request) - dt.timedelta(days=365),
    }
    return render(request, "evaluation/results.html", context)


def _day(request: DistrictRequest) -> dt.date:
    """A day of the school year asked about; today where nothing readable, or one long past, is asked."""
    try:
        asked = dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        asked = dt.date.min
    return asked if asked > EARLIEST else timezone.localdate(request.at)


def _sheet(key: str) -> Sheet:
    return shipped_sheets()[key]


def _title(key: str) -> str:
    return _sheet(key).title.in_language(get_language() or "en")
