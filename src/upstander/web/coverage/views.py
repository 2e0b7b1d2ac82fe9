"""The coverage board, its file, one school, and the requirement behind the number."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.errors import NotFound
from upstander.insights.coverage import Board, board_for, school_report
from upstander.program.compliance.selectors.coverage import PAGE, Coverage, Wanted
from upstander.program.compliance.selectors.requirements import (
    Asked,
    requirement_history,
    requirements_due,
    requirements_of_schools,
)
from upstander.program.compliance.selectors.roles import role_lines
from upstander.web.coverage.forms import AskForm
from upstander.web.coverage.words import role_called, state
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.papers import as_csv


@needs("coverage.read")
def board(request: DistrictRequest) -> HttpResponse:
    """How many secondary schools are trained, on any day so far."""
    form = _asked_for(request)
    found = _board(request, form)
    context = {
        "form": form,
        "board": found,
        "everywhere": scope(request.actor, "coverage.read").everywhere,
        "page": _page(found),
        "query": form.query,
        "may_pack": request.actor.has("proof.pack"),
        "may_set": request.actor.has("requirements.manage"),
    }
    return render(request, "coverage/board.html", context, status=422 if form.errors else 200)


@needs("coverage.read")
def export(request: DistrictRequest) -> HttpResponse:
    """The board's schools as a file for a spreadsheet, with the requirement that counted; below them its roles."""
    form = _asked_for(request)
    wanted = Wanted(order="name", region_ref=form.region_ref, size=None)
    found = _counted(request, form, wanted)
    if found.asked is None or found.coverage is None:
        raise NotFound("requirement")
    head = [
        _("Day"),
        _("School"),
        _("Region"),
        _("Staff in post"),
        _("Staff trained"),
        _("Percent needed"),
        _("Counts as"),
        _("Role"),
    ]
    return as_csv(f"coverage-{form.day.isoformat()}.csv", head, _rows(found.coverage, found.asked, form))


@needs("coverage.read")
def school(request: DistrictRequest, ref: str) -> HttpResponse:
    """One school: its counts, and by name who is not trained yet where the reader may see people."""
    form = _asked_for(request)
    report = school_report(
        actor=request.actor,
        ref=ref,
        on=form.day,
        today=timezone.localdate(request.at),
        known_at=form.known_at,
        language=_language(),
        subject=form.training_asked,
    )
    return render(request, "coverage/school.html", {"report": report, "asked": report.asked, "query": form.query})


@needs("coverage.read")
def requirement(request: DistrictRequest) -> HttpResponse:
    """What counts as trained, since when, who decided it, and all that was on record before."""
    rows = requirement_history(actor=request.actor, language=_language())
    today = timezone.localdate(request.at)
    now = requirements_of_schools(actor=request.actor, on=today, known_at=request.at, language=_language())
    due = requirements_due(actor=request.actor, on=today, known_at=None, language=_language())
    has_several = len({row.subject for row in rows}) > 1
    told = {"rows": rows, "now": now, "due": due, "has_several": has_several}
    return render(request, "coverage/requirement.html", told)


def _rows(coverage: Coverage, asked: Asked, form: AskForm) -> Iterator[Sequence[object]]:
    day, percent = form.day.isoformat(), asked.threshold_percent
    for line in coverage.schools:
        yield day, line.name, line.region, line.staff, line.trained_staff, percent, state(line).word, ""
    region = next((line.name for line in coverage.regions if line.ref == form.region_ref), "")
    for each in role_lines(coverage.roles, coverage.wholes):
        yield day, "", region, each.line.staff, each.line.trained_staff, "", "", role_called(each)


def _asked_for(request: DistrictRequest) -> AskForm:
    form = AskForm(request.GET, at=request.at)
    form.is_valid()
    return form


def _board(request: DistrictRequest, form: AskForm) -> Board:
    page = request.GET.get("page", "1")
    wanted = Wanted(
        order=form.cleaned_data.get("order", "least"),
        region_ref=form.region_ref,
        page=int(page) if page.isdecimal() and 0 < len(page) < 6 and int(page) else 1,
    )
    found = _counted(request, form, wanted)
    form.offer_trainings(found.offered)
    form.offer_regions([(line.ref, line.name) for line in found.coverage.regions if line.ref] if found.coverage else [])
    return found


def _counted(request: DistrictRequest, form: AskForm, wanted: Wanted) -> Board:
    asks: dict[str, Any] = {"on": form.day, "known_at": form.known_at, "subject": form.training_asked}
    return board_for(actor=request.actor, language=_language(), wanted=wanted, **asks)


def _page(found: Board) -> Page[int]:
    return Paginator(range(found.listed_count), PAGE).get_page(found.wanted.page)


def _language() -> str:
    return get_language() or "en"
