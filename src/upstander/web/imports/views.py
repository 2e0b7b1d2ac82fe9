"""A spreadsheet's way into the ledger: upload, columns, matching, preview; then applied, undone or discarded."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.errors import NotAllowed, NotFound, Refused
from upstander.program.compliance.selectors.trainings import trainings_asked
from upstander.program.imports.content.columns import LOOKED_AT, OF_DAYS, OF_PEOPLE, Choice, header_row_of
from upstander.program.imports.content.outcomes import WRITTEN, Preview
from upstander.program.imports.content.reading import Cells
from upstander.program.imports.policies import may_apply, require_kinds
from upstander.program.imports.selectors import imports as selectors
from upstander.program.imports.selectors.days import agreed_then
from upstander.program.imports.selectors.earlier import earlier_requests
from upstander.program.imports.selectors.preview import RECORD, Outlook, outlook, preview_of, waiting_posts
from upstander.program.imports.services import (
    apply_import,
    choose_columns,
    decide_matches,
    discard_import,
    take_file,
    undo_import,
    vouch_for_posts,
)
from upstander.program.imports.states import APPLIED, DESCRIBED, MATCHED, OPEN, UPLOADED
from upstander.web.imports import words
from upstander.web.imports.doors import doors_of, keys_meant
from upstander.web.imports.forms import ColumnsForm, MatchForm, SheetForm, UploadForm, field_of
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.papers import as_csv
from upstander.web.shared.refusals import told_at

IMPORTS_A_PAGE, QUESTIONS_A_PAGE, LINES_A_PAGE, MOST_PROBLEMS = 20, 30, 50, 50
NEXT = {UPLOADED: "imports:columns", DESCRIBED: "imports:match", MATCHED: "imports:preview"}
read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@needs("ledger.prepare")
@read_or_send
def start(request: DistrictRequest) -> HttpResponse:
    """Upload a list; below, every list so far and how far it has come."""
    kinds = require_kinds(request.actor)
    form = UploadForm(*_sent(request), kinds=kinds)
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
    page = Paginator(earlier_requests(actor=request.actor), LINES_A_PAGE).get_page(request.GET.get("page"))
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
    told = {"can_undo": can_undo, "stands": load.state == APPLIED, "is_of_days": load.kind in OF_DAYS}
    return render(request, "imports/one.html", {"load": load, "outcomes": outcomes, **told})


@needs("ledger.prepare")
@read_or_send
def columns(request: DistrictRequest, ref: str) -> HttpResponse:
    """Say what each column holds."""
    load = selectors.import_by_ref(actor=request.actor, ref=ref)
    if load.state not in OPEN:
        return redirect("imports:one", ref)
    sheets = [(sheet.position, sheet.name) for sheet in selectors.sheets_of(actor=request.actor, load=load)]
    cells, shown = _as_asked(request, load, sheets)
    form = ColumnsForm(*_sent(request)[:1], kind=load.kind, cells=cells, choice=shown, trainings=_trainings(request))
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            choose_columns(actor=request.actor, ref=ref, choice=form.chosen, at=request.at)
            return redirect("imports:match", ref)
    read = {"sheet": shown.sheet, "header": shown.header_row}
    asked = SheetForm(read, sheets=sheets, rows=len(cells.rows))
    context = {"load": load, "form": form, "asked": asked, "cells": cells}
    return render(request, "imports/columns.html", context, status=422 if form.errors else 200)


@needs("ledger.prepare")
@read_or_send
def match(request: DistrictRequest, ref: str) -> HttpResponse:
    """Say whom the names mean that no code proves."""
    load = selectors.import_by_ref(actor=request.actor, ref=ref)
    if load.state not in (DESCRIBED, MATCHED):
        return redirect("imports:one", ref)
    on = timezone.localdate(request.at)
    seen = outlook(actor=request.actor, load=load, on=on)
    page = Paginator(seen.to_decide, QUESTIONS_A_PAGE).get_page(request.GET.get("page"))
    keys = frozenset(question.key for question in seen.courses.values())
    asked = [each for each in seen.to_decide if field_of(each) in request.POST] or list(page)
    form = MatchForm(*_sent(request)[:1], asked=asked, subject=seen.choice.subject, courses=keys)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            decide_matches(actor=request.actor, ref=ref, answers=form.answers, at=request.at, on=on)
            return _after_matching(request, ref)
    context = {"load": load, "form": form, "page": page, "seen": seen, "sure": _sure(seen)}
    context["unknown_count"] = seen.unknown_count if load.kind in OF_PEOPLE else 0
    return render(request, "imports/match.html", context, status=422 if form.errors else 200)


@needs("ledger.prepare")
@read_or_send
def preview(request: DistrictRequest, ref: str) -> HttpResponse:
    """Everything that applying would change, and what could not be read."""
    load = selectors.import_by_ref(actor=request.actor, ref=ref)
    if load.state != MATCHED:
        return redirect("imports:one", ref)
    if request.method == "POST":
        return _apply(request, ref)
    seen = outlook(actor=request.actor, load=load, on=timezone.localdate(request.at))
    if seen.open_count:  # a day has passed, or a school is gone: something is open again
        return redirect("imports:match", ref)
    found = preview_of(actor=request.actor, load=load, seen=seen, language=_language())
    outcome = request.GET.get("show", "")
    lines = [change for change in found.changes if not outcome or change.outcome == outcome]
    reading = seen.reading
    context = {
        "load": load,
        "preview": found,
        "seen": seen,
        "is_of_days": load.kind in OF_DAYS,
        "agreed": _agreed(request, load, found),
        "counts": [(name, *words.OUTCOMES[name], count) for name, count in found.counts.items()],
        "outcome": outcome,
        "page": Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page")),
        "reading": reading,
        "doors": doors_of(request.actor, found),
        "may_apply": may_apply(request.actor),
        "problems": [*reading.problems, *reading.remarks][:MOST_PROBLEMS],
        "problem_count": len(reading.problems) + len(reading.remarks),
    }
    return render(request, "imports/preview.html", context)


@needs("ledger.prepare")
@require_POST
def vouch(request: DistrictRequest, ref: str) -> HttpResponse:
    """Say yes to posts that open doors: to single ones, or to all of a kind that each holds at their own site."""
    load = selectors.import_by_ref(actor=request.actor, ref=ref)
    on = timezone.localdate(request.at)
    seen = outlook(actor=request.actor, load=load, on=on)
    keys = keys_meant(waiting_posts(actor=request.actor, load=load, seen=seen), request.POST.getlist("door"))

    def work() -> None:
        vouch_for_posts(actor=request.actor, ref=ref, keys=keys, at=request.at, on=on)

    says = ngettext("%(count)d post comes with this list.", "%(count)d posts come with this list.", len(keys))
    return _step(request, ref, work, says % {"count": len(keys)})


@needs("ledger.prepare")
@require_safe
def problems(request: DistrictRequest, ref: str) -> HttpResponse:
    """Every cell that cannot be read, as a file to work through."""
    load = selectors.import_by_ref(actor=request.actor, ref=ref)
    if load.state not in (DESCRIBED, MATCHED):
        raise NotFound(ref)
    reading = outlook(actor=request.actor, load=load, on=timezone.localdate(request.at)).reading
    head = [_("Sheet"), _("Row"), _("Column"), _("Shows"), _("Why"), _("What to do")]
    found = (
        (*problem[:4], *map(str, words.REASONS[problem.reason])) for problem in (*reading.problems, *reading.remarks)
    )
    return as_csv(f"problems-{ref}.csv", head, found)


@needs("ledger.import")
@require_POST
def undo(request: DistrictRequest, ref: str) -> HttpResponse:
    """Take an applied list back."""
    return _step(
        request,
        ref,
        lambda: undo_import(actor=request.actor, ref=ref, at=request.at),
        _("Undone. What this list had recorded no longer counts; that it did stays on record."),
    )


@needs("ledger.prepare")
@require_POST
def discard(request: DistrictRequest, ref: str) -> HttpResponse:
    """Let go of a list that was not applied."""
    return _step(
        request,
        ref,
        lambda: discard_import(actor=request.actor, ref=ref, at=request.at),
        _("Discarded. Its rows are erased; nothing was changed."),
    )


def _as_asked(request: DistrictRequest, load: Any, sheets: list[tuple[int, str]]) -> tuple[Cells, Choice]:
    """The sheet that the address asks for and what is known of it: as chosen before, or nothing but its header."""
    choice = Choice.of(load.choice)
    known = (choice.sheet, choice.header_row) if load.choice else (sheets[0][0], None)
    asked = SheetForm(request.GET or None, sheets=sheets, rows=LOOKED_AT)
    wanted = asked.cleaned_data if asked.is_valid() else {}
    position = wanted.get("sheet", known[0])
    cells = selectors.cells_of(actor=request.actor, load=load, position=position)
    header = wanted.get("header", known[1])
    header = header_row_of(cells.rows) if header is None else min(header, len(cells.rows) - 1)
    is_known = load.choice and (position, header) == known
    return cells, choice if is_known else Choice(sheet=position, header_row=header)


def _sent(request: DistrictRequest) -> tuple[Any, Any]:
    """What was sent with a form, or nothing where the page was only asked for."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _step(request: DistrictRequest, ref: str, work: Callable[[], object], done: str) -> HttpResponseRedirect:
    try:
        work()
    except (NotFound, NotAllowed):
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("imports:one", ref)


def _agreed(request: DistrictRequest, load: Any, found: Preview) -> list[Any]:
    """The sessions that a list of days out comes too late for."""
    return agreed_then(actor=request.actor, preview=found, at=request.at) if load.kind in OF_DAYS else []


def _apply(request: DistrictRequest, ref: str) -> HttpResponse:
    try:
        counts = apply_import(
            actor=request.actor,
            ref=ref,
            seal=request.POST.get("seal", ""),
            without_refused="without_refused" in request.POST,
            many_may_end="many_may_end" in request.POST,
            at=request.at,
            on=timezone.localdate(request.at),
        )
    except (NotFound, NotAllowed):
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("imports:preview", ref)
    written = sum(counts[outcome] for outcome in WRITTEN)
    says = ngettext("Applied: %(count)d row was recorded.", "Applied: %(count)d rows were recorded.", written)
    same = _("Applied. All of it was recorded before, so nothing has changed.")
    messages.success(request, says % {"count": written} if written else same)
    return redirect("imports:one", ref)


def _after_matching(request: DistrictRequest, ref: str) -> HttpResponse:
    """To the questions that are open still, which come first; else to the preview."""
    load = selectors.import_by_ref(actor=request.actor, ref=ref)
    if "later" in request.POST:
        messages.success(request, _("Saved. Go on whenever you like: the list waits here for 30 days."))
        return redirect("imports:start")
    if load.state == MATCHED:
        return redirect("imports:preview", ref)
    messages.info(request, _("Saved. These are still open."))
    return redirect("imports:match", ref)


def _sure(seen: Outlook) -> list[Any]:
    """What a code proves alone, as far as a page can show it."""
    return [question for question in seen.named.values() if question.sure][:LINES_A_PAGE]


def _trainings(request: DistrictRequest) -> list[tuple[str, str]]:
    found = trainings_asked(actor=lend(request.actor, RECORD), language=_language())
    return [(training.subject, training.title) for training in found]


def _language() -> str:
    return get_language() or "en"
