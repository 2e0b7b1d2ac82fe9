"""One page for the staff door that can be kept on a phone: the cards, the call and the local rule.

The page is the whole copy. Its worker answers for this one address and the files named here, and for nothing else.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.program.guidance.selectors import guide
from upstander.program.guidance.selectors.cards import cards_for
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.copies import worker_script
from upstander.web.shared.entrances import Entrance, asked, day_of

# Everything the page needs besides itself. A file that is not named here is never kept.
FILES = (
    "built/upstander.css",
    "built/icons.svg",
    "own/mark.svg",
    "own/page.js",
    "own/leave.js",
    "own/copy.js",
    "guide/guide.css",
    "guide/indicators.js",
    "guide/walk.js",
    "cards/cards.css",
    "cards/kept.js",
)


@open_to_anyone("A script without any content; its address is what limits it to the one page above it.")
@require_safe
def worker(request: DistrictRequest, code: str = "") -> HttpResponse:
    """The script that answers for the kept page when there is no connection."""
    return worker_script()


def kept(request: DistrictRequest, entrance: Entrance) -> HttpResponse:
    """The page: with the site's own station for who holds its code, else with the whole district's."""
    cards = cards_for(is_staff=True, **asked(request))
    context = {
        "text": guide.words(page="cards", **asked(request)),
        "entrance": {"call": "#call"},  # on a kept page every way leads to the copy's own call
        "situations": [face for face in cards if face.kind == "situation"],
        "roles": [face for face in cards if face.kind == "role"],
        "cards": cards,
        "screen": guide.call_screen_for(site_ref=entrance.site_ref, **asked(request)),
        "walk": guide.walk_for(**asked(request)),
        "walk_text": guide.words(page="walk", **asked(request)),
        "on": day_of(request),
        "files": " ".join(static(name) for name in FILES),
        "language": get_language(),
    }
    return render(request, "cards/kept.html", context)
