"""A reporter's own clock on the server, if they ask for it. Each page is its owner's alone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.foundation.kernel.errors import Invalid, NotFound, Refused
from upstander.program.guidance import disposal
from upstander.program.guidance.selectors import clocks, report
from upstander.program.guidance.selectors.proofs import own_proofs
from upstander.program.guidance.services import clocks as services
from upstander.program.guidance.services.reminders import set_reminder
from upstander.program.guidance.states import LineKind
from upstander.web.report.forms import KeepForm, LineForm, ReminderForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.entrances import asked
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at

FORM_KINDS = (LineKind.ATTEMPT, LineKind.WRITTEN, LineKind.ANSWER, LineKind.RECEIVED)


@needs("report.own")
@require_safe
def copies(request: DistrictRequest) -> HttpResponse:
    """The signed-in person's own kept clocks."""
    return render(request, "report/copies.html", {"clocks": clocks.own_clocks(actor=request.actor)})


@needs("report.own")
@read_or_send
def keep(request: DistrictRequest) -> HttpResponse:
    """What a copy on the server means, plainly; and only then the way to ask for one."""
    found = report.report_clock(**asked(request))
    zones = report.zones(found, request.district.zone)
    form = KeepForm(request.POST or None, zones=zones, initial={"zone_key": request.district.zone})
    if request.method == "POST" and form.is_valid() and found.duty:
        told = {"received_at": form.moment, "zone": form.cleaned_data["zone_key"], "duty": found.duty}
        with told_at(form):
            return _to(services.keep_clock(actor=request.actor, at=request.at, **told).ref)
    context = {"form": form, "clock": found}
    return render(request, "report/keep.html", context, status=422 if form.errors else 200)


@needs("report.own")
@read_or_send
def copy(request: DistrictRequest, ref: str) -> HttpResponse:
    """One kept clock: when the report is due, what was done, and one more line."""
    clock = clocks.own_clock(actor=request.actor, ref=ref)
    forms = [_form(request, clock, kind) for kind in FORM_KINDS]
    sent = next((form for form in forms if form.is_bound), None)
    if sent is not None and _added(request, ref, sent):
        return _to(ref)
    return _page(request, clock, forms, _reminder(None))


def _page(
    request: DistrictRequest, clock: clocks.KeptClock, forms: list[LineForm], reminder: ReminderForm
) -> HttpResponse:
    """The clock's page; a form that was sent and brought back here keeps what was typed."""
    text = report.report_clock(**asked(request)).text
    context = {
        "clock": clock,
        "forms": forms,
        "reminder": reminder,
        "due_said": report.said(clock.due_at, clock.zone, text) if clock.due_at else "",
        "zone_name": report.zone_name(clock.zone.key, get_language() or "en"),
        "proofs": own_proofs(actor=request.actor, ref=clock.ref),
        "may_be_joint": clock.may_be_joint(request.at),
        "is_past": bool(clock.due_at and request.at > clock.due_at),
    }
    is_back = any(form.is_bound for form in (*forms, reminder))
    return render(request, "report/copy.html", context, status=422 if is_back else 200)


def _reminder(data: Any) -> ReminderForm:
    return ReminderForm(data, auto_id="reminder-%s")


def _form(request: DistrictRequest, clock: clocks.KeptClock, kind: LineKind) -> LineForm:
    data = request.POST if request.method == "POST" and request.POST.get("kind") == kind else None
    earlier = [line.number for line in clock.standing(kind)]
    return LineForm(data, kind=kind, zone=clock.zone, earlier=earlier)


def _added(request: DistrictRequest, ref: str, form: LineForm) -> bool:
    """Whether the line was taken; a refusal is told at the field it belongs to."""
    if not form.is_valid():
        return False
    said = {name: form.cleaned_data.get(name) or "" for name in ("agency", "manner", "last_four")}
    line = services.Line(form.kind, form.moment, replaces=form.cleaned_data["replaces"], **said)
    with told_at(form):
        services.add_line(actor=request.actor, ref=ref, line=line, at=request.at)
        messages.success(request, _("The line was added."))
        return True
    return False


@needs("report.own")
@require_POST
def close(request: DistrictRequest, ref: str) -> HttpResponse:
    """The report is over."""
    return _do(request, ref, lambda: services.close_clock(actor=request.actor, ref=ref, at=request.at))


@needs("report.own")
@require_POST
def extend(request: DistrictRequest, ref: str) -> HttpResponse:
    """Keep it for longer."""
    return _do(request, ref, lambda: services.extend_clock(actor=request.actor, ref=ref, at=request.at))


@needs("report.own")
@read_or_send
def reminder(request: DistrictRequest, ref: str) -> HttpResponse:
    """A mail to an address of one's own, or none any more."""
    if request.method != "POST":  # the other language, chosen on a page that came back
        return _to(ref)
    form = _reminder(request.POST)
    if form.is_valid():
        said = {**form.cleaned_data, "language": get_language() or "en"}
        with told_at(form):
            return _do(request, ref, lambda: set_reminder(actor=request.actor, ref=ref, at=request.at, **said))
    clock = clocks.own_clock(actor=request.actor, ref=ref)
    return _page(request, clock, [_form(request, clock, kind) for kind in FORM_KINDS], form)


@needs("report.own")
@read_or_send
def erase(request: DistrictRequest, ref: str) -> HttpResponse:
    """Asked first, with the proofs that would go; then erased at once, for good."""
    if request.method != "POST":
        clock = clocks.own_clock(actor=request.actor, ref=ref)
        context = {"clock": clock, "proofs": own_proofs(actor=request.actor, ref=ref)}
        return render(request, "report/erase.html", context)
    disposal.erase_clock(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, _("Everything is erased."))
    return HttpResponseRedirect(reverse("report:copies"))


def _do(request: DistrictRequest, ref: str, step: Callable[[], None]) -> HttpResponse:
    """Take a step of one's own clock; a step that is no longer possible is told on its page, a wrong field not here."""
    try:
        step()
    except (Invalid, NotFound):
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    return _to(ref)


def _to(ref: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("report:copy", args=[ref]))
