"""The cards as pages and on paper, behind either door. Nothing here reads or stores anything about a reader."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.program.guidance.selectors.cards import card_by_key, cards_for
from upstander.program.guidance.selectors.guide import words
from upstander.program.guidance.selectors.papers import card_pdf
from upstander.web.cards.doors import OPEN, SIGNED_IN, Door, asked, by_code, day_of, guarded
from upstander.web.shared.access import DistrictRequest, needs, open_to_anyone
from upstander.web.shared.kept import same_for_everyone

OPEN_REASON = "What anyone may do for a child is no secret; what staff watch for is on no open card."
CODE_REASON = "The code on the staff room's sheet is the key; see the decision on two doors."


@open_to_anyone(OPEN_REASON)
@require_safe
@same_for_everyone
def index(request: DistrictRequest) -> HttpResponse:
    """The open cards."""
    return _index(request, OPEN)


@open_to_anyone(OPEN_REASON)
@require_safe
@same_for_everyone
def card(request: DistrictRequest, card: str) -> HttpResponse:
    """One open card."""
    return _card(request, OPEN, card)


@open_to_anyone(OPEN_REASON)
@require_safe
@same_for_everyone
def pdf(request: DistrictRequest, card: str) -> HttpResponse:
    """One open card on paper."""
    return _pdf(request, OPEN, card)


@needs("guide.staff_door")
@require_safe
def staff_index(request: DistrictRequest) -> HttpResponse:
    """All cards, for signed-in staff."""
    return _index(request, SIGNED_IN)


@needs("guide.staff_door")
@require_safe
def staff_card(request: DistrictRequest, card: str) -> HttpResponse:
    """Any card, for signed-in staff."""
    return _card(request, SIGNED_IN, card)


@needs("guide.staff_door")
@require_safe
def staff_pdf(request: DistrictRequest, card: str) -> HttpResponse:
    """Any card on paper, for signed-in staff."""
    return _pdf(request, SIGNED_IN, card)


@open_to_anyone(CODE_REASON)
@require_safe
def door_index(request: DistrictRequest, code: str) -> HttpResponse:
    """All cards, for whoever holds the code."""
    return _index(request, by_code(request, code))


@open_to_anyone(CODE_REASON)
@require_safe
def door_card(request: DistrictRequest, code: str, card: str) -> HttpResponse:
    """Any card, for whoever holds the code."""
    return _card(request, by_code(request, code), card)


@open_to_anyone(CODE_REASON)
@require_safe
def door_pdf(request: DistrictRequest, code: str, card: str) -> HttpResponse:
    """Any card on paper, for whoever holds the code."""
    return _pdf(request, by_code(request, code), card)


def _index(request: DistrictRequest, door: Door) -> HttpResponse:
    cards = [(face, door.to("card", face.key)) for face in cards_for(is_staff=door.is_staff, **asked(request))]
    context = {
        "text": words(page="cards", **asked(request)),
        "door": door,
        "situations": [pair for pair in cards if pair[0].kind == "situation"],
        "roles": [pair for pair in cards if pair[0].kind == "role"],
    }
    return guarded(render(request, "cards/index.html", context), door)


def _card(request: DistrictRequest, door: Door, key: str) -> HttpResponse:
    face = card_by_key(key=key, is_staff=door.is_staff, **asked(request))
    context = {
        "text": words(page="cards", **asked(request)),
        "door": door,
        "face": face,
        "pdf": door.to("pdf", key),
        "on": day_of(request),
    }
    return guarded(render(request, "cards/card.html", context), door)


def _pdf(request: DistrictRequest, door: Door, key: str) -> HttpResponse:
    face = card_by_key(key=key, is_staff=door.is_staff, **asked(request))
    drawn = card_pdf(
        face=face,
        district_name=request.district.name,
        address=request.build_absolute_uri(door.call),
        at=start_of(day_of(request)),
        **asked(request),
    )
    return guarded(as_pdf(drawn.pdf, "card.pdf"), door)


def start_of(day: dt.date) -> dt.datetime:
    """A document's moment: its day, so that the same day gives the same bytes."""
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF under a name that says nothing: downloads lie open on shared machines."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Robots-Tag": "noindex, noarchive"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
