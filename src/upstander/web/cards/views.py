"""The cards as pages and on paper, by any way in. Nothing here reads or stores anything about a reader."""

from django.http import HttpResponse
from django.shortcuts import render

from upstander.program.guidance.selectors.cards import card_by_key, cards_for
from upstander.program.guidance.selectors.guide import words
from upstander.program.guidance.selectors.papers import card_pdf
from upstander.web.shared.access import DistrictRequest
from upstander.web.shared.entrances import Entrance, asked, day_of
from upstander.web.shared.papers import as_pdf, start_of


def index(request: DistrictRequest, entrance: Entrance) -> HttpResponse:
    """The cards: all for staff, else the open ones."""
    cards = [
        (face, entrance.address("cards", "card", face.key))
        for face in cards_for(is_staff=entrance.is_staff, **asked(request))
    ]
    context = {
        "text": words(page="cards", **asked(request)),
        "entrance": entrance,
        "situations": [pair for pair in cards if pair[0].kind == "situation"],
        "roles": [pair for pair in cards if pair[0].kind == "role"],
    }
    return render(request, "cards/index.html", context)


def card(request: DistrictRequest, entrance: Entrance, card: str) -> HttpResponse:
    """One card."""
    face = card_by_key(key=card, is_staff=entrance.is_staff, **asked(request))
    context = {
        "text": words(page="cards", **asked(request)),
        "entrance": entrance,
        "face": face,
        "pdf": entrance.address("cards", "pdf", card),
        "on": day_of(request),
    }
    return render(request, "cards/card.html", context)


def pdf(request: DistrictRequest, entrance: Entrance, card: str) -> HttpResponse:
    """One card on paper."""
    face = card_by_key(key=card, is_staff=entrance.is_staff, **asked(request))
    drawn = card_pdf(
        face=face,
        district_name=request.district.name,
        address=request.build_absolute_uri(entrance.call),
        at=start_of(day_of(request)),
        **asked(request),
    )
    return as_pdf(drawn.pdf, "card.pdf")
