"""What is asked about a list: what each column holds, and whom the names mean that no code proves."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from upstander.foundation.kernel.access import lend
from upstander.program.compliance.selectors.trainings import trainings_asked
from upstander.program.imports.content.columns import LOOKED_AT, OF_PEOPLE, Choice, header_row_of
from upstander.program.imports.content.reading import Cells
from upstander.program.imports.selectors import imports as selectors
from upstander.program.imports.selectors.preview import RECORD, Outlook, outlook
from upstander.program.imports.services import choose_columns, decide_matches
from upstander.program.imports.states import DESCRIBED, MATCHED, OPEN
from upstander.web.imports.forms import ColumnsForm, SheetForm
from upstander.web.imports.match_forms import MatchForm, field_of
from upstander.web.imports.views._steps import language, sent
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at

QUESTIONS_A_PAGE, SURE_SHOWN = 200, 50  # a district's names are settled on one page; a whole staff's on several


@needs("ledger.prepare")
@read_or_send
def columns(request: DistrictRequest, ref: str) -> HttpResponse:
    """Say what each column holds."""
    load = selectors.import_by_ref(actor=request.actor, ref=ref)
    if load.state not in OPEN:
        return redirect("imports:one", ref)
    sheets = [(sheet.position, sheet.name) for sheet in selectors.sheets_of(actor=request.actor, load=load)]
    cells, shown = _as_asked(request, load, sheets)
    form = ColumnsForm(*sent(request)[:1], kind=load.kind, cells=cells, choice=shown, trainings=_trainings(request))
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
    form = MatchForm(*sent(request)[:1], asked=asked, subject=seen.choice.subject, courses=keys)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            decide_matches(actor=request.actor, ref=ref, answers=form.answers, at=request.at, on=on)
            return _after_matching(request, ref)
    context = {"load": load, "form": form, "page": page, "seen": seen, "sure": _sure(seen)}
    context["unknown_count"] = seen.unknown_count if load.kind in OF_PEOPLE else 0
    return render(request, "imports/match.html", context, status=422 if form.errors else 200)


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
    return list({question.once: question for question in seen.named.values() if question.sure}.values())[:SURE_SHOWN]


def _trainings(request: DistrictRequest) -> list[tuple[str, str]]:
    found = trainings_asked(actor=lend(request.actor, RECORD), language=language())
    return [(training.subject, training.title) for training in found]
