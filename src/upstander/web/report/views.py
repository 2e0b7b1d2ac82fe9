"""The report companion on the reader's own device. No view here takes a word: these pages have nothing to send."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.program.guidance.selectors import report
from upstander.program.guidance.selectors.branches import first_lines
from upstander.program.guidance.selectors.guide import words
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.kept import same_for_everyone

CACHED_SECONDS = 300


def day_of(request: DistrictRequest) -> date:
    """Today where the district is."""
    today: date = request.at.astimezone(ZoneInfo(request.district.zone)).date()
    return today


def asked(request: DistrictRequest) -> dict[str, Any]:
    """What every selector of the guide wants to know about a request."""
    return {"actor": request.actor, "language": get_language(), "on": day_of(request)}


@open_to_anyone("What helps with a report asks for no account.")
@require_safe
@same_for_everyone
def start(request: DistrictRequest) -> HttpResponse:
    """What helps before, during and after the call, and how to leave nothing behind."""
    return _public(request, "report/start.html", {"text": words(page="report", **asked(request))})


@open_to_anyone("The sheet for the call is needed before anyone thinks of signing in; it is never sent.")
@require_safe
@same_for_everyone
def worksheet(request: DistrictRequest) -> HttpResponse:
    """What to have at hand for the call, on the reader's own device or on paper."""
    found = report.worksheet(**asked(request))
    context = {"text": found.text, "facts": found.facts, "lines": first_lines(**asked(request))}
    return _public(request, "report/worksheet.html", context)


@open_to_anyone("A reporter's clock is nobody else's business, so it asks for no account.")
@require_safe
@same_for_everyone
def clock(request: DistrictRequest) -> HttpResponse:
    """The written report's clock and the record of calls: on the reader's device, or on paper."""
    found = report.report_clock(**asked(request))
    context = {
        "clock": found,
        "text": found.text,
        "zone": request.district.zone,
        "zones": report.zones(found, request.district.zone),
        "scripts": [f"report/{name}.js" for name in ("clock", "calendar", "device", "record", "report_clock")],
    }
    return _public(request, "report/clock.html", context)


def _public(request: DistrictRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page that is the same for everyone: no cookie, and any cache may keep it for a while."""
    response = render(request, template, context)
    response["Cache-Control"] = f"public, max-age={CACHED_SECONDS}"
    return response
