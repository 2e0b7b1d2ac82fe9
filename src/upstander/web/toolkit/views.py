"""The open pages on paper: what there is, and each as a file. Nothing here reads or stores anything about a reader."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.insights.prints import made, pdf_of, sheet_for
from upstander.program.library.selectors.prints import Sheet, shipped_prints
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.entrances import asked, public
from upstander.web.shared.kept import same_for_everyone
from upstander.web.shared.papers import as_pdf

REASON = "What anyone may read on a page, anyone may take along on paper."


@open_to_anyone(REASON)
@require_safe
@same_for_everyone
def index(request: DistrictRequest) -> HttpResponse:
    """Everything to print, with what is in it, how long and large it is, of which day and in which languages."""
    found = [_sheet(request, key) for key in shipped_prints()]
    prints = [(sheet, made(actor=request.actor, sheet=sheet)) for sheet in found]
    return public(render(request, "toolkit/index.html", {"prints": prints}))


@open_to_anyone(REASON)
@require_safe
def pdf(request: DistrictRequest, key: str) -> HttpResponse:
    """One print, in the edition that its words have now."""
    content = pdf_of(actor=request.actor, sheet=_sheet(request, key), at=request.at)
    return public(as_pdf(content, f"{key}.pdf"))


def _sheet(request: DistrictRequest, key: str) -> Sheet:
    found: dict[str, Any] = asked(request)
    return sheet_for(key=key, site_address=request.build_absolute_uri("/"), **found)
