"""For staff: whom to turn to in the program."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.program.law.selectors.teams import teams_for
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.entrances import day_of
from upstander.web.shared.keyed import guarded


@needs("guide.staff_door")
@require_safe
def contacts(request: DistrictRequest) -> HttpResponse:
    """The lead of the reader's region with the deputy, and headquarters behind them."""
    return guarded(render(request, "own/contacts.html", {"teams": teams_for(actor=request.actor, on=day_of(request))}))
