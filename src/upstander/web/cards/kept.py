"""One page for the staff door that can be kept on a phone: the cards, the call and the local rule.

The page is the whole copy. Its worker answers for this one address and the files named here, and for nothing else.
"""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.program.guidance.selectors import guide
from upstander.program.guidance.selectors.cards import cards_for
from upstander.web.cards.doors import SIGNED_IN, Door, asked, by_code, day_of, guarded
from upstander.web.cards.views import CODE_REASON
from upstander.web.shared.access import DistrictRequest, needs, open_to_anyone

# Everything the page needs besides itself. A file that is not named here is never kept.
FILES = (
    "built/upstander.css",
    "built/icons.svg",
    "own/mark.svg",
    "own/page.js",
    "own/leave.js",
    "guide/guide.css",
    "guide/indicators.js",
    "guide/walk.js",
    "cards/cards.css",
    "cards/kept.js",
)


@needs("guide.staff_door")
@require_safe
def staff_kept(request: DistrictRequest) -> HttpResponse:
    """The page for signed-in staff, with the whole district's stations."""
    return _kept(request, SIGNED_IN)


@open_to_anyone(CODE_REASON)
@require_safe
def door_kept(request: DistrictRequest, code: str) -> HttpResponse:
    """The page for whoever holds the code, with the site's own station."""
    return _kept(request, by_code(request, code))


@open_to_anyone("A script without any content; its address is what limits it to the one page above it.")
@require_safe
def worker(request: DistrictRequest, code: str = "") -> HttpResponse:
    """The script that answers for the kept page when there is no connection."""
    file = finders.find("cards/worker.js")
    assert isinstance(file, str)
    return HttpResponse(Path(file).read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")


def _kept(request: DistrictRequest, door: Door) -> HttpResponse:
    cards = cards_for(is_staff=True, **asked(request))
    context = {
        "text": guide.words(page="cards", **asked(request)),
        "door": door,
        "entrance": {"call": "#call"},  # on a kept page every way leads to the copy's own call
        "situations": [face for face in cards if face.kind == "situation"],
        "roles": [face for face in cards if face.kind == "role"],
        "cards": cards,
        "screen": guide.call_screen_for(site_ref=door.site.ref if door.site else None, **asked(request)),
        "walk": guide.walk_for(**asked(request)),
        "walk_text": guide.words(page="walk", **asked(request)),
        "on": day_of(request),
        "files": " ".join(static(name) for name in FILES),
        "language": get_language(),
    }
    return guarded(render(request, "cards/kept.html", context), door)
