"""The staff home."""

from django.http import HttpResponse
from django.shortcuts import render

from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.overdue import overdue_notes
from upstander.web.staff.tasks import tasks_for


@needs("staff.home")
def home(request: DistrictRequest) -> HttpResponse:
    """Today's few things to do."""
    return render(request, "staff/home.html", {"tasks": tasks_for(request), "overdue": overdue_notes(request)})
