"""From worry to the call: the first screen, its branches and the local rule, by any way in.

Pages only: no view here reads an answer, because no answer is ever sent.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from upstander.program.guidance.selectors import guide
from upstander.program.guidance.selectors.branches import branch_page, first_screen
from upstander.program.law.selectors.local import readers_steps
from upstander.web.shared.access import DistrictRequest
from upstander.web.shared.entrances import Entrance, asked, day_of
from upstander.web.shared.overdue import overdue_notes


def first(request: DistrictRequest, entrance: Entrance) -> HttpResponse:
    """The first screen."""
    screen = first_screen(is_staff=entrance.is_staff, **asked(request))
    return _drawn(request, "first", "guide/first.html", entrance, {"screen": screen, "lines": screen.lines})


def branch(request: DistrictRequest, entrance: Entrance, branch: str) -> HttpResponse:
    """One branch."""
    page = branch_page(key=branch, is_staff=entrance.is_staff, site_ref=entrance.site_ref, **asked(request))
    return _drawn(
        request,
        "branch",
        "guide/branch.html",
        entrance,
        {"page": page, "lines": page.lines, "language": get_language()},
    )


def walk(request: DistrictRequest, entrance: Entrance) -> HttpResponse:
    """The local rule; only for staff."""
    context = {
        "test": guide.legal_test(**asked(request)),
        "walk": guide.walk_for(**asked(request)),
        "language": get_language(),
        "overdue": overdue_notes(request),
        "local": readers_steps(actor=request.actor, on=day_of(request), site_ref=entrance.site_ref),
        "local_text": guide.words(page="branch", **asked(request)),
    }
    return _drawn(request, "walk", "guide/walk.html", entrance, context)


def _drawn(
    request: DistrictRequest, words: str, template: str, entrance: Entrance, context: dict[str, Any]
) -> HttpResponse:
    text = guide.words(page=words, **asked(request))
    return render(request, template, {"text": text, "entrance": entrance, **context})
