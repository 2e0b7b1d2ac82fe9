"""A campaign's words to take along: as a page, as plain text, and as a sheet to hang up. Staff have them at any time,
everyone else while the campaign is on."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from upstander.insights.prints import kept_pdf
from upstander.program.library.content.kits import WORDS
from upstander.program.library.selectors.kits import NotYet, kit_by_key, kit_sheet
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.entrances import Entrance, asked
from upstander.web.shared.papers import as_pdf

TEXT_FILE, SHEET_FILE = "words.txt", "sheet.pdf"
MADE_WITHIN = 60  # seconds

Piece = Callable[[DistrictRequest, Entrance, str], HttpResponse]


def once_open(piece: Piece) -> Piece:
    """Before a campaign's first day, say to whoever is not staff from when on the piece is there."""

    @wraps(piece)
    def answered(request: DistrictRequest, entrance: Entrance, key: str) -> HttpResponse:
        try:
            return piece(request, entrance, key)
        except NotYet as early:
            told = {"each": early.campaign, "staff": Entrance(is_staff=True).address("toolkit", "kit", key)}
            return render(request, "toolkit/not_yet.html", told, status=HTTPStatus.NOT_FOUND)

    return answered


@once_open
def kit(request: DistrictRequest, entrance: Entrance, key: str) -> HttpResponse:
    """The words piece by piece, each ready to be copied."""
    return render(request, "toolkit/kit.html", _told(request, entrance, key))


@once_open
def text(request: DistrictRequest, entrance: Entrance, key: str) -> HttpResponse:
    """All of it as plain text, for whatever program a school writes in."""
    said = render_to_string("toolkit/kit.txt", _told(request, entrance, key))
    answer = HttpResponse(said, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{TEXT_FILE}"'
    return answer


@once_open
def sheet(request: DistrictRequest, entrance: Entrance, key: str) -> HttpResponse:
    """One sheet to hang up, with the numbers of the district, as the worker made it; or that it is being made."""
    found = kit_sheet(key=key, is_staff=entrance.is_staff, **asked(request))
    pdf = kept_pdf(actor=request.actor, sheet=found)
    if pdf is not None:
        return as_pdf(pdf, SHEET_FILE)
    told = {"name": found.title, **_ways(entrance, key)}
    answer = render(request, "toolkit/being_made.html", told, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Retry-After"] = str(MADE_WITHIN)
    return answer


@open_to_anyone("A sheet to hang up is for everyone while its campaign is on.")
@require_safe
def open_sheet(request: DistrictRequest, key: str) -> HttpResponse:
    """The sheet behind the open door. No cache keeps it: of two copies the older one would be taken for today's."""
    return sheet(request, Entrance(), key)


def _told(request: DistrictRequest, entrance: Entrance, key: str) -> dict[str, Any]:
    taken = kit_by_key(key=key, is_staff=entrance.is_staff, **asked(request))
    pieces = [(piece, WORDS[piece], lines) for piece, lines in taken.pieces.items()]
    return {"each": taken.campaign, "pieces": pieces, **_ways(entrance, key)}


def _ways(entrance: Entrance, key: str) -> dict[str, str]:
    """Where the pieces of this kit and the calendar are, by the same way in."""
    pieces = {piece: entrance.address("toolkit", piece, key) for piece in ("kit", "kit_text", "kit_sheet")}
    return {**pieces, "calendar": entrance.address("toolkit", "campaigns")}
