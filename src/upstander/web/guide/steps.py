"""From worry to the call: the first screen, its branches and the local rule, behind either door.

Pages only: no view here reads an answer, because no answer is ever sent.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.program.guidance.selectors import guide
from upstander.program.guidance.selectors.branches import branch_page, first_screen
from upstander.program.law.selectors.local import readers_steps
from upstander.web.guide.entrances import OPEN_DOOR, SIGNED_IN, Entrance
from upstander.web.guide.views import asked, day_of, public
from upstander.web.shared.access import DistrictRequest, needs, open_to_anyone
from upstander.web.shared.kept import same_for_everyone
from upstander.web.shared.overdue import overdue_notes


@open_to_anyone("Whoever worries about a child must reach the call without an account.")
@require_safe
@same_for_everyone
def worry(request: DistrictRequest) -> HttpResponse:
    """The first screen for everyone."""
    return _first(request, OPEN_DOOR)


@open_to_anyone("What anyone may do for a child is no secret; what staff watch for is in no open branch.")
@require_safe
@same_for_everyone
def branch(request: DistrictRequest, branch: str) -> HttpResponse:
    """One branch for everyone."""
    return _branch(request, branch, OPEN_DOOR)


@needs("guide.staff_door")
@require_safe
def staff(request: DistrictRequest) -> HttpResponse:
    """The first screen for signed-in staff."""
    return _first(request, SIGNED_IN)


@needs("guide.staff_door")
@require_safe
def staff_branch(request: DistrictRequest, branch: str) -> HttpResponse:
    """One branch for signed-in staff."""
    return _branch(request, branch, SIGNED_IN)


@needs("guide.staff_door")
@require_safe
def walk(request: DistrictRequest) -> HttpResponse:
    """The local rule for signed-in staff."""
    return _walk(request, SIGNED_IN)


@open_to_anyone("The code on the staff room's sheet is the key; see the decision on two doors.")
@require_safe
def door(request: DistrictRequest, code: str) -> HttpResponse:
    """The first screen for whoever holds the code of a site's staff door."""
    return _first(request, _by_code(request, code))


@open_to_anyone("The code on the staff room's sheet is the key; see the decision on two doors.")
@require_safe
def door_branch(request: DistrictRequest, code: str, branch: str) -> HttpResponse:
    """One branch for whoever holds the code."""
    return _branch(request, branch, _by_code(request, code))


@open_to_anyone("The code on the staff room's sheet is the key; see the decision on two doors.")
@require_safe
def door_walk(request: DistrictRequest, code: str) -> HttpResponse:
    """The local rule for whoever holds the code."""
    return _walk(request, _by_code(request, code))


def _by_code(request: DistrictRequest, code: str) -> Entrance:
    return Entrance(is_staff=True, code=code, site=guide.door_for(actor=request.actor, code=code))


def _first(request: DistrictRequest, entrance: Entrance) -> HttpResponse:
    screen = first_screen(is_staff=entrance.is_staff, **asked(request))
    return _page(request, "first", "guide/first.html", entrance, {"screen": screen, "lines": screen.lines})


def _branch(request: DistrictRequest, key: str, entrance: Entrance) -> HttpResponse:
    page = branch_page(key=key, is_staff=entrance.is_staff, site_ref=entrance.site_ref, **asked(request))
    context = {"page": page, "lines": page.lines, "language": get_language()}
    return _page(request, "branch", "guide/branch.html", entrance, context)


def _walk(request: DistrictRequest, entrance: Entrance) -> HttpResponse:
    context = {
        "test": guide.legal_test(**asked(request)),
        "walk": guide.walk_for(**asked(request)),
        "language": get_language(),
        "overdue": overdue_notes(request),
        "local": readers_steps(actor=request.actor, on=day_of(request), site_ref=entrance.site_ref),
        "local_text": guide.words(page="branch", **asked(request)),
    }
    return _page(request, "walk", "guide/walk.html", entrance, context)


def _page(
    request: DistrictRequest, words: str, template: str, entrance: Entrance, context: dict[str, Any]
) -> HttpResponse:
    """A step of the guide: shared by everyone behind the open door, kept by nobody behind the staff door."""
    context = {"text": guide.words(page=words, **asked(request)), "entrance": entrance, **context}
    if not entrance.is_staff:
        return public(request, template, context)
    response = render(request, template, context)
    # An exploiter must not find by searching what staff watch for, and a shared machine keeps no copy.
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
