"""The report companion on the reader's own device. No view here takes a word: these pages have nothing to send."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.program.guidance.selectors import report
from upstander.program.guidance.selectors.branches import first_lines
from upstander.program.guidance.selectors.guide import words
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.entrances import asked, public
from upstander.web.shared.kept import same_for_everyone


@open_to_anyone("What helps with a report asks for no account.")
@require_safe
@same_for_everyone
def start(request: DistrictRequest) -> HttpResponse:
    """What helps before, during and after the call, and how to leave nothing behind."""
    return public(render(request, "report/start.html", {"text": words(page="report", **asked(request))}))


@open_to_anyone("The sheet for the call is needed before anyone thinks of signing in; it is never sent.")
@require_safe
@same_for_everyone
def worksheet(request: DistrictRequest) -> HttpResponse:
    """What to have at hand for the call, on the reader's own device or on paper."""
    found = report.worksheet(**asked(request))
    context = {"text": found.text, "facts": found.facts, "lines": first_lines(**asked(request))}
    return public(render(request, "report/worksheet.html", context))


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
    return public(render(request, "report/clock.html", context))
