"""The pages to learn from, by any way in. Nothing here reads or stores anything about a reader."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from upstander.program.guidance.selectors.cards import shipped_cards
from upstander.program.library.content.faces import Entry, Face, Shape
from upstander.program.library.content.pages import Audience
from upstander.program.library.selectors.drafts import draft_of
from upstander.program.library.selectors.own import picture_bytes
from upstander.program.library.selectors.pages import entries_for, face_of, is_public, page_by_key
from upstander.web.shared.access import DistrictRequest, needs, open_to_anyone
from upstander.web.shared.entrances import Entrance, asked, day_of
from upstander.web.shared.explorer import SEATED

BY_ENTRANCE = {"guide:call": "call", "guide:first": "first", "cards:index": "cards"}
# Pages that do something: they stand where they are used.
SCREENS = {"my_plan": "own:plan"}
IT_SHEET = "it_sheet"  # names this site's own host, to be allowed
LANDING, CAMPAIGN = "landing", "campaign"
PICTURES = "image/webp"  # what every picture is turned into when it is taken in
Leading = tuple[Shape, str]


def index(request: DistrictRequest, entrance: Entrance) -> HttpResponse:
    """Every page behind this door, by whom it is for: the way in of each audience first, then its pages."""
    entries = _entries(entrance, request)
    shelves = [
        (audience, [(entry, _entry_address(entrance, entry)) for entry in found])
        for audience in Audience
        if (found := [entry for entry in entries if entry.audience == audience])
    ]
    return render(request, "learn/index.html", {"entrance": entrance, "shelves": shelves})


def page(request: DistrictRequest, entrance: Entrance, page: str) -> HttpResponse:
    """One page; one that does something is where it is used."""
    if page in SCREENS:
        return HttpResponseRedirect(reverse(SCREENS[page]))
    face = page_by_key(key=page, is_staff=entrance.is_staff, **asked(request))
    return _drawn(request, entrance, face, beside=_beside(face, entrance, request))


@needs(*SEATED)
@require_safe
def draft(request: DistrictRequest, page: str) -> HttpResponse:
    """The newest version of a page of the district's own, as readers would see it, for those who write or review."""
    own = draft_of(actor=request.actor, key=page)
    return _drawn(request, Entrance(is_staff=True), face_of(page=own, **asked(request)), beside={})


@open_to_anyone("A picture of a page that readers see is theirs to see; of a draft only its people see one.")
@require_safe
def picture(request: DistrictRequest, name: str) -> HttpResponse:
    """A picture of the district's own pages. Nothing keeps it: once its page is taken out, nobody gets it any more."""
    return HttpResponse(picture_bytes(actor=request.actor, name=name), content_type=PICTURES)


def _drawn(request: DistrictRequest, entrance: Entrance, face: Face, beside: dict[str, Any]) -> HttpResponse:
    blocks, onward = _split(face, entrance)
    context = {
        "entrance": entrance,
        "face": face,
        "is_landing": face.kind == LANDING,
        "blocks": blocks,
        "onward": onward,
        "beside": beside,
        "shows_sources": face.audience in {Audience.STAFF, Audience.EVERYONE},
        "may_print": face.audience in {Audience.STAFF, Audience.FAMILIES} and face.kind != LANDING,
        "is_sent_on": face.audience == Audience.FAMILIES and face.is_public,
        "host": request.get_host() if face.key == IT_SHEET else "",
        "back": entrance.address("learn", "index"),
        "on": day_of(request),
    }
    return render(request, "learn/page.html", context)


def _split(face: Face, entrance: Entrance) -> tuple[list[tuple[str, list[Leading]]], list[Leading]]:
    """The blocks in runs of one template each, links next to each other as one; and the links that end the page."""
    drawn = [(shape, _address(shape, entrance)) for shape in face.shapes]
    runs = [(name, list(run)) for name, run in groupby(drawn, key=lambda pair: f"learn/blocks/{pair[0].kind}.html")]
    ends_in_links = bool(drawn) and drawn[-1][0].kind == "link" and face.kind != LANDING
    onward = runs.pop()[1] if ends_in_links else []
    return runs, onward


def _entries(entrance: Entrance, request: DistrictRequest) -> list[Entry]:
    """Every page behind this door."""
    language = asked(request)["language"]
    return entries_for(actor=request.actor, language=language, is_staff=entrance.is_staff)


def _beside(face: Face, entrance: Entrance, request: DistrictRequest) -> dict[str, Any]:
    """The pages before and after this one in its part: for the same readers, campaigns apart from the others."""
    shelf = [entry for entry in _entries(entrance, request) if _is_beside(entry, face)]
    at = next(index for index, entry in enumerate(shelf) if entry.key == face.key)
    before, after = shelf[at - 1 : at], shelf[at + 1 : at + 2]
    named = zip(("before", "after"), (before, after), strict=True)
    return {name: (found[0], _entry_address(entrance, found[0])) for name, found in named if found}


def _is_beside(entry: Entry, face: Face) -> bool:
    return entry.audience == face.audience and (entry.kind == CAMPAIGN) == (face.kind == CAMPAIGN)


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
    return _page_address(entrance, shape.key)


def _page_address(entrance: Entrance, key: str) -> str:
    """Where a page of the edition is."""
    return _screen(key) or _by_door(entrance, "learn", "page", key, is_public(key))


def _entry_address(entrance: Entrance, entry: Entry) -> str:
    return _screen(entry.key) or _by_door(entrance, "learn", "page", entry.key, entry.is_public)


def _screen(key: str) -> str:
    return reverse(SCREENS[key]) if key in SCREENS else ""


def _by_door(entrance: Entrance, area: str, name: str, key: str, is_open: bool) -> str:
    """By the same way in; from the open door to what staff alone may read, staff sign in on the way."""
    if is_open or entrance.is_staff:
        return entrance.address(area, name, key)
    return reverse(f"{area}:staff_{name}", args=[key])
