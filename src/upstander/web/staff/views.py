"""The staff home."""

from django.http import HttpResponse
from django.shortcuts import render

from upstander.engines.suppression import FEWEST
from upstander.program.guidance.selectors.clocks import clocks_kept
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.overdue import overdue_notes
from upstander.web.staff.tasks import tasks_for


@needs("staff.home")
def home(request: DistrictRequest) -> HttpResponse:
    """Today's few things to do."""
    context = {"tasks": tasks_for(request), "overdue": overdue_notes(request), "fewest": FEWEST}
    if request.actor.has("report.count"):
        context |= {"counts_clocks": True, "clocks": clocks_kept(actor=request.actor, at=request.at)}
    return render(request, "staff/home.html", context)
