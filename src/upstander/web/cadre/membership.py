"""Pages that are about the reader's own place in the Cadre."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from upstander.program.training.selectors.cadre import membership_if_any
from upstander.web.shared.access import DistrictRequest


def about_own_place(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show who has a post of the Cadre but no place in it yet what they wait for, in place of the page.

    A staff list brings the post; a coordinator then enters the person with region, skills and hours.
    """

    @wraps(view)
    def shown(request: DistrictRequest, *args: Any, **named: Any) -> HttpResponse:
        if membership_if_any(actor=request.actor) is None:
            return render(request, "cadre/not_yet.html")
        return view(request, *args, **named)

    return shown
