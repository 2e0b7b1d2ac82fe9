"""The board report: a page, the same on paper, and the list of schools behind its last numbers."""

import datetime as dt
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.insights.board_paper import Item, board_pdf, limits, parts_of
from upstander.insights.board_report import BoardReport, board_report
from upstander.web.proof.forms import DayForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.papers import as_csv, as_pdf

PER_PAGE = 50


@needs("proof.board")
@require_safe
def board(request: DistrictRequest) -> HttpResponse:
    """The report for a day, each number with the way to its list."""
    form = _form(request)
    report = _report(request, form)
    parts = [(part.title, [(item, _address(item, report.on)) for item in part.items]) for part in parts_of(report)]
    context = {"form": form, "report": report, "parts": parts, "limits": limits(), "query": _query(report.on)}
    return render(request, "proof/board.html", context, status=422 if form.errors else 200)


@needs("proof.board")
@require_safe
def board_file(request: DistrictRequest) -> HttpResponse:
    """The report on one page, in the language of the address."""
    report = _report(request, _form(request))
    drawn = board_pdf(
        actor=request.actor,
        report=report,
        district_name=request.district.name,
        address_of=lambda item: request.build_absolute_uri(_address(item, report.on)),
        language=get_language() or "en",
    )
    return as_pdf(drawn.pdf, "board-report.pdf")


@needs("proof.board")
@require_safe
def schools(request: DistrictRequest) -> HttpResponse:
    """Every secondary school: trained or not, and what it held for families and students this school year."""
    report = _report(request, _form(request))
    page = Paginator(report.schools, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "proof/schools.html", {"report": report, "page": page, "query": _query(report.on)})


@needs("proof.board")
@require_safe
def schools_file(request: DistrictRequest) -> HttpResponse:
    """The same list for a spreadsheet, schools with nothing too."""
    report = _report(request, _form(request))
    head = [_("School"), _("Region"), _("Staff trained"), _("Staff in post"), _("Counts as trained")]
    rows = (
        [
            school.line.name,
            school.line.region,
            school.line.trained_staff,
            school.line.staff,
            _("yes") if school.line.is_trained else _("no"),
            school.evening_count,
            school.presentation_count,
        ]
        for school in report.schools
    )
    name = f"schools-{report.on.isoformat()}.csv"
    return as_csv(name, [*head, _("Evenings for families"), _("Student presentations")], rows)


def _form(request: DistrictRequest) -> DayForm:
    form = DayForm(
        {"on": request.GET.get("on") or timezone.localdate(request.at)}, today=timezone.localdate(request.at)
    )
    form.is_valid()
    return form


def _report(request: DistrictRequest, form: DayForm) -> BoardReport:
    on = form.cleaned_data.get("on") or timezone.localdate(request.at)
    return board_report(actor=request.actor, on=on, known_at=request.at, language=get_language() or "en")


def _address(item: Item, on: dt.date) -> str:
    route = {
        "requirement": "coverage:requirement",
        "schools": "coverage:board",
        "due": "coverage:due",
        "phases": "proof:schools",
        "campaigns": "campaigns:index",
        "symposiums": "gatherings:symposiums",
    }[item.source]
    training = {"training": item.training} if item.training else {}
    return f"{reverse(route)}?{urlencode({'on': on.isoformat(), **training})}"


def _query(on: dt.date) -> str:
    return f"?{urlencode({'on': on.isoformat()})}"
