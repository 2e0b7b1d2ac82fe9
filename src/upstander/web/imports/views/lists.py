"""The lists that were brought in: a new one, how far each has come, taking one back."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.program.imports.content.columns import OF_DAYS, REQUESTS
from upstander.program.imports.policies import may_apply, require_kinds
from upstander.program.imports.selectors import imports as selectors
from upstander.program.imports.selectors.earlier import earlier_requests
from upstander.program.imports.selectors.requests import still_waiting
from upstander.program.imports.services import discard_import, take_file, undo_import
from upstander.program.imports.states import APPLIED, DESCRIBED, MATCHED, UPLOADED
from upstander.web.imports import words
from upstander.web.imports.forms import UploadForm
from upstander.web.imports.views._steps import sent, take
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at

IMPORTS_A_PAGE, REQUESTS_A_PAGE = 20, 50
NEXT = {UPLOADED: "imports:columns", DESCRIBED: "imports:match", MATCHED: "imports:preview"}


@needs("ledger.prepare")
@read_or_send
def start(request: DistrictRequest) -> HttpResponse:
    """Upload a list; below, every list so far and how far it has come."""
    kinds = require_kinds(request.actor)
    form = UploadForm(*sent(request), kinds=kinds)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        kind = form.cleaned_data["kind"]
        with told_at(form):
            ref = take_file(actor=request.actor, kind=kind, file_name=file.name, raw=file.read(), at=request.at)
            return redirect("imports:one", ref)
    page = Paginator(selectors.imports_for(actor=request.actor), IMPORTS_A_PAGE).get_page(request.GET.get("page"))
    hints = [(words.KINDS[kind], hint) for kind, hint in words.KIND_HINTS.items() if kind in kinds]
    context = {"form": form, "page": page, "hints": hints, "may_apply": may_apply(request.actor)}
    return render(request, "imports/start.html", context, status=422 if form.errors else 200)


@needs("ledger.import")
@require_safe
def earlier(request: DistrictRequest) -> HttpResponse:
    """The requests that lists told of, as history."""
    page = Paginator(earlier_requests(actor=request.actor), REQUESTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "imports/earlier.html", {"page": page})


@needs("ledger.prepare")
@require_safe
def one(request: DistrictRequest, ref: str) -> HttpResponse:
    """One import: an open one leads to its next step, an ended one says what it did."""
    load = selectors.import_by_ref(actor=request.actor, ref=ref)
    if load.state in NEXT:
        return redirect(NEXT[load.state], ref)
    outcomes = [(words.OUTCOMES[name], count) for name, count in load.counts.items() if count]
    can_undo = load.state == APPLIED and may_apply(request.actor)
    went_on = still_waiting(actor=request.actor, load=load) if load.kind == REQUESTS else []
    told = {
        "can_undo": can_undo,
        "went_on": went_on,
        "stands": load.state == APPLIED,
        "is_of_days": load.kind in OF_DAYS,
    }
    return render(request, "imports/one.html", {"load": load, "outcomes": outcomes, **told})


@needs("ledger.import")
@require_POST
def undo(request: DistrictRequest, ref: str) -> HttpResponse:
    """Take an applied list back."""
    return take(
        request,
        ref,
        lambda: undo_import(actor=request.actor, ref=ref, at=request.at),
        _("Undone. What this list had recorded no longer counts; that it did stays on record."),
    )


@needs("ledger.prepare")
@require_POST
def discard(request: DistrictRequest, ref: str) -> HttpResponse:
    """Let go of a list that was not applied."""
    return take(
        request,
        ref,
        lambda: discard_import(actor=request.actor, ref=ref, at=request.at),
        _("Discarded. Its rows are erased; nothing was changed."),
    )
