"""The room on the consultant's own device: with a network or without, and what devices bring when it is back."""

import datetime as dt
import json
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.program.guidance.selectors.cards import card_by_key
from upstander.program.guidance.selectors.guide import words
from upstander.program.training import policies
from upstander.program.training.selectors.responders import answering
from upstander.program.training.selectors.rooms import Room, Seat, codes_for_device, room_of
from upstander.program.training.services.kept_marks import bring_check_in, bring_marks
from upstander.program.training.states import CheckIn
from upstander.web.shared.access import DistrictRequest, needs, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, client_address
from upstander.web.shared.copies import worker_script
from upstander.web.shared.entrances import asked
from upstander.web.training.bundles import read_bundle, read_signed
from upstander.web.training.room_forms import WalkInForm
from upstander.web.training.views.check_in import MOST_FROM_ONE_ADDRESS, PURPOSE

# Everything the page needs besides itself. A file that is not named here is never kept.
FILES = (
    "built/upstander.css",
    "built/icons.svg",
    "own/mark.svg",
    "own/page.js",
    "own/copy.js",
    "cards/cards.css",
    "training/door.css",
    "training/queue.js",
    "training/qr.js",
    "training/door.js",
)
CARD = "facilitator"  # what to do if somebody tells of something: it is of use where nothing can be asked
UNREADABLE, REFUSED = 400, 409


@needs("training.lead", "training.coordinate")
@require_safe
def door(request: DistrictRequest, ref: str) -> HttpResponse:
    """The page that can be taken along: code, list, walk-ins and the shared tablet, all on the device."""
    found = room_of(actor=request.actor, ref=ref, at=request.at)
    if not policies.may_be_taken(found.session, request.at):
        return HttpResponseRedirect(reverse("training:room", args=[ref]))
    codes = codes_for_device(actor=request.actor, ref=ref, at=request.at)
    address = request.build_absolute_uri(reverse("training:check_in"))
    told = {
        "ref": ref,
        "first": codes.first,
        "letters": codes.letters,
        "until": _milliseconds(codes.until),
        "address": address,
        "zone": found.session.zone,
        "state": _state(found, request.at),
    }
    context = {
        "room": found,
        "session": found.session,
        "told": json.dumps(told),
        "words": json.dumps(_words()),
        "token": get_token(request),
        "files": " ".join(static(name) for name in FILES),
        "address": address.partition("://")[2],
        "form": WalkInForm(),
        "answering": answering(actor=request.actor, session=found.session),
        "face": card_by_key(key=CARD, is_staff=True, **asked(request)),
        "text": words(page="cards", **asked(request)),
    }
    response = render(request, "training/door.html", context)
    response["X-Kept-Seconds"] = str(int((codes.until - request.at).total_seconds()))
    return response


@open_to_anyone("A script without any content; its address is what limits it to the one page above it.")
@require_safe
def worker(_request: DistrictRequest, ref: str) -> HttpResponse:
    """The script that answers for the page when there is no network."""
    return worker_script()


@needs("training.lead", "training.coordinate")
@require_POST
def bring(request: DistrictRequest, ref: str) -> HttpResponse:
    """Take over what the device noted, and tell it for each event what became of it and how the room stands."""
    try:
        outcomes = bring_marks(actor=request.actor, session_ref=ref, bundle=read_bundle(request.body), at=request.at)
    except Invalid:
        return JsonResponse({}, status=UNREADABLE)
    except WrongState as refusal:
        return JsonResponse({"says": str(refusal)}, status=REFUSED)
    found = room_of(actor=request.actor, ref=ref, at=request.at)
    return JsonResponse({"outcomes": outcomes, **_state(found, request.at)})


@open_to_anyone("Staff check in without an account; a phone that had no network sends it later.")
@anonymous_form(PURPOSE, most=MOST_FROM_ONE_ADDRESS, seconds=60)
@require_POST
def bring_kept(request: DistrictRequest) -> HttpResponse:
    """Check-ins that a phone kept; for each, what became of it, and nothing about anyone."""
    try:
        signed = read_signed(request.POST.get("bundle", ""))
    except Invalid:
        return JsonResponse({}, status=UNREADABLE)
    return JsonResponse({"outcomes": [_brought(request, each) for each in signed]})


def _brought(request: DistrictRequest, signed: Any) -> str:
    try:
        return bring_check_in(actor=request.actor, signed=signed, source=client_address(request), at=request.at)
    except Invalid:
        return CheckIn.WRONG_CODE


def _state(room: Room, at: dt.datetime) -> dict[str, Any]:
    """How the room stands, by refs: names are in the page and need not travel again."""
    return {
        "now": _milliseconds(at),
        "session": room.session.state,
        "seats": {seat.person.ref: _seat(seat) for seat in room.expected if seat.presence.first_code},
        "responder": room.answers,
        "others": len(room.walked_in) + len(room.unmatched),
    }


def _seat(seat: Seat) -> dict[str, Any]:
    return {
        "here": seat.is_present,
        "since": _clock(seat.presence.arrived_at) if seat.is_late else "",
        "left": _clock(seat.presence.left_at),
    }


def _clock(moment: dt.datetime | None) -> str:
    return time_format(localtime(moment)) if moment else ""


def _milliseconds(moment: dt.datetime) -> int:
    return int(moment.timestamp() * 1000)


def _words() -> dict[str, str]:
    return {
        "here": _("here"),
        "absent": _("not yet"),
        "left": _("left at"),
        "unsent": _("not yet sent"),
        "responder": _("Who answers in the room"),
        "unknown_person": _("Nobody is known by this entry any more."),
        "no_number": _("This is not a staff number."),
        "after_closing": _("This was noted after the session was closed."),
    }
