"""The pages to learn from, by any way in. Nothing here reads or stores anything about a reader."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from upstander.program.guidance.selectors.cards import shipped_cards
from upstander.program.library.content.faces import Shape
from upstander.program.library.content.pages import Audience
from upstander.program.library.selectors.pages import is_public, page_by_key, pages_for
from upstander.web.shared.access import DistrictRequest
from upstander.web.shared.entrances import Entrance, asked, day_of

BY_ENTRANCE = {"guide:call": "call", "guide:first": "first", "cards:index": "cards"}


def index(request: DistrictRequest, entrance: Entrance) -> HttpResponse:
    """Every page behind this door, by whom it is for."""
    language = asked(request)["language"]
    shelves = [
        (audience, [(entry, entrance.address("learn", "page", entry.key)) for entry in found])
        for audience in Audience
        if (found := pages_for(audience=audience, language=language, is_staff=entrance.is_staff))
    ]
    return render(request, "learn/index.html", {"entrance": entrance, "shelves": shelves})


def page(request: DistrictRequest, entrance: Entrance, page: str) -> HttpResponse:
    """One page."""
    face = page_by_key(key=page, is_staff=entrance.is_staff, **asked(request))
    context = {
        "entrance": entrance,
        "face": face,
        "blocks": [(shape, f"learn/blocks/{shape.kind}.html", _address(shape, entrance)) for shape in face.shapes],
        "shows_sources": face.audience in {Audience.STAFF, Audience.EVERYONE},
        "back": entrance.address("learn", "index"),
        "on": day_of(request),
    }
    return render(request, "learn/page.html", context)


def _address(shape: Shape, entrance: Entrance) -> str:
    """Where a block leads: a page or card by the same way in, or a screen by its route."""
    if shape.kind == "card":
        return _by_door(entrance, "cards", "card", shape.key, shipped_cards()[shape.key].is_public)
    if shape.kind != "link":
        return ""
    if shape.key in BY_ENTRANCE:
        return str(getattr(entrance, BY_ENTRANCE[shape.key]))
    if ":" in shape.key:
        return reverse(shape.key)
    return _by_door(entrance, "learn", "page", shape.key, is_public(shape.key))


def _by_door(entrance: Entrance, area: str, name: str, key: str, is_open: bool) -> str:
    """By the same way in; from the open door to what staff alone may read, staff sign in on the way."""
    if is_open or entrance.is_staff:
        return entrance.address(area, name, key)
    return reverse(f"{area}:staff_{name}", args=[key])
