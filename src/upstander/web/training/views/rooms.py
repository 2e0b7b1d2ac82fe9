"""The consultant's pages: my sessions, the session room, the code on the screen."""

import io
from typing import Any

import segno
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from upstander.engines import rotating_code
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.foundation.kernel.limits import within_limit
from upstander.program.training import policies
from upstander.program.training.selectors.responders import answering
from upstander.program.training.selectors.rooms import END, ONLINE, PURPOSES, START, code_now, parts_shown, room_of
from upstander.program.training.selectors.sessions import own_sessions
from upstander.program.training.services.attendance import add_walk_in, match_mark, note_left, set_number_aside, tick
from upstander.program.training.services.openings import undo_opening
from upstander.program.training.services.responders import name_responder
from upstander.program.training.services.sessions import open_session
from upstander.program.training.states import JOINABLE, SESSION_MOVES
from upstander.web.shared import errors
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.steps import pressed
from upstander.web.training.room_forms import MatchForm, WalkInForm
from upstander.web.training.steps import take, take_about

LIVE_SECONDS = 10
# A staff number typed here is answered with a name. Nobody types sixty in ten minutes who is not going through them.
MOST_LOOK_UPS, LOOK_UP_SECONDS = 60, 600
CODE_WORDS = {
    ("in_person", START): "",
    ("online", START): gettext_lazy("At the start"),
    ("online", END): gettext_lazy("At the end"),
    ("hybrid", START): gettext_lazy("In the room"),
    ("hybrid", ONLINE): gettext_lazy("Online, at the start"),
    ("hybrid", END): gettext_lazy("Online, at the end"),
}


@needs("training.own_calendar")
@require_safe
def mine(request: DistrictRequest) -> HttpResponse:
    """What the consultant holds, next first."""
    today = policies.today(request.actor, request.at)
    return render(request, "training/mine.html", {"own": own_sessions(actor=request.actor), "today": today})


@needs("training.lead", "training.coordinate")
@require_safe
def room(request: DistrictRequest, ref: str) -> HttpResponse:
    """The session room: open, tick off, add, close."""
    told = told_of(request, ref)
    context = {**told, "answering": answering(actor=request.actor, session=told["session"])}
    return render(request, "training/room.html", context)


@needs("training.lead", "training.coordinate")
@require_POST
def open_room(request: DistrictRequest, ref: str) -> HttpResponse:
    """Open the session and show its code."""
    went = take(
        request,
        lambda: open_session(actor=request.actor, ref=ref, at=request.at),
        _("The session is open. Staff can check in now."),
    )
    shown = "training:door" if "at_door" in request.POST else "training:code"
    return HttpResponseRedirect(reverse(shown if went else "training:room", args=[ref]))


@needs("training.lead", "training.coordinate")
def put_back(request: DistrictRequest, ref: str) -> HttpResponse:
    """Ask once more, then put a session that was opened by mistake back; or say what to do with who is noted."""
    told = told_of(request, ref)
    if request.method == "POST":
        take(
            request,
            lambda: undo_opening(actor=request.actor, ref=ref, at=request.at),
            _("Put back. The session is confirmed as before, and nobody can check in."),
        )
    elif "put_back" in told["can"]:
        return render(request, "training/put_back.html", told)
    return HttpResponseRedirect(reverse("training:room", args=[ref]))


@needs("training.lead", "training.coordinate")
@require_safe
def code(request: DistrictRequest, ref: str) -> HttpResponse:
    """The code, large, with the count; it renews itself, with a script or without."""
    found = room_of(actor=request.actor, ref=ref, at=request.at)
    parts = parts_shown(found.session, request.at)
    if found.session.state != "open" or not parts:
        return HttpResponseRedirect(reverse("training:room", args=[ref]))
    shown = [(part, code_now(actor=request.actor, ref=ref, at=request.at, part=part)) for part in parts]
    mode = found.session.mode
    context = {
        "room": found,
        "is_online": mode != "in_person",
        "end_is_later": mode != "in_person" and not policies.shows_end_code(found.session, request.at),
        "codes": [
            (part, CODE_WORDS[mode, part], f"{letters[:3]} {letters[3:]}", " ".join(letters)) for part, letters in shown
        ],
        "minute": rotating_code.minute_of(request.at),
        "seconds": min(LIVE_SECONDS, rotating_code.seconds_left(request.at)) + 1,
        "address": request.get_host() + reverse("training:check_in"),
    }
    return render(request, "training/code.html", context)


@needs("training.lead", "training.coordinate")
@require_safe
def code_picture(request: DistrictRequest, ref: str) -> HttpResponse:
    """The code as a QR picture: it leads to the check-in page with the letters filled in."""
    part = request.GET.get("part", START)
    if part not in PURPOSES:
        raise NotFound(part)
    letters = code_now(actor=request.actor, ref=ref, at=request.at, part=part)
    address = request.build_absolute_uri(reverse("training:check_in_code", args=[letters]))
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", scale=8, border=4, light="#fff")
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@needs("training.lead", "training.coordinate")
@require_POST
def responder(request: DistrictRequest, ref: str) -> HttpResponse:
    """Say in one tap who answers in the room; nobody waits for it."""
    who = request.POST.get("who", "")
    take(request, lambda: name_responder(actor=request.actor, session_ref=ref, who=who, at=request.at), _("Noted."))
    return HttpResponseRedirect(reverse("training:room", args=[ref]))


@needs("training.lead", "training.coordinate")
@require_POST
def tick_person(request: DistrictRequest, ref: str) -> HttpResponse:
    """Tick someone off, or take it back."""
    present = pressed(request, "present", {"yes", "no"}) == "yes"
    person = take_about(request, ref, tick, _("Noted.") if present else _("Taken back."), present=present)
    return HttpResponseRedirect(reverse("training:room", args=[ref]) + f"#p-{person}")


@needs("training.lead", "training.coordinate")
@require_POST
def note_gone(request: DistrictRequest, ref: str) -> HttpResponse:
    """Note that someone leaves early."""
    person = take_about(request, ref, note_left, _("Noted."))
    return HttpResponseRedirect(reverse("training:room", args=[ref]) + f"#p-{person}")


@needs("training.lead", "training.coordinate")
@require_POST
def walk_in(request: DistrictRequest, ref: str) -> HttpResponse:
    """Add someone who is not on the list."""
    if not _may_look_up(request):
        return errors.too_many(request)
    form = WalkInForm(request.POST)
    number, standing = "", ""
    if form.is_valid():
        number, standing = form.cleaned_data["staff_number"], form.cleaned_data["standing"]
    take(
        request,
        lambda: add_walk_in(
            actor=request.actor, session_ref=ref, staff_number=number, standing=standing, at=request.at
        ),
        _("Noted. A number nobody is known by waits below."),
    )
    return HttpResponseRedirect(reverse("training:room", args=[ref]) + "#walk-ins")


@needs("training.lead", "training.coordinate")
@require_POST
def match(request: DistrictRequest, ref: str) -> HttpResponse:
    """Say whose an unknown number is, or that it is nobody's."""
    number = request.POST.get("staff_number", "")
    if "aside" in request.POST:
        take(
            request,
            lambda: set_number_aside(actor=request.actor, session_ref=ref, staff_number=number, at=request.at),
            _("Set aside."),
        )
    elif not _may_look_up(request):
        return errors.too_many(request)
    else:
        right = MatchForm(request.POST)
        given = right.cleaned_data["right_number"] if right.is_valid() else ""
        take(
            request,
            lambda: match_mark(
                actor=request.actor, session_ref=ref, staff_number=number, right_number=given, at=request.at
            ),
            _("Matched."),
        )
    return HttpResponseRedirect(reverse("training:room", args=[ref]) + "#to-match")


def _may_look_up(request: DistrictRequest) -> bool:
    who = request.actor.name
    return within_limit("staff-numbers", who, most=MOST_LOOK_UPS, seconds=LOOK_UP_SECONDS, at=request.at)


def told_of(request: DistrictRequest, ref: str) -> dict[str, Any]:
    """What the page of a session tells, and what may be done next."""
    found = room_of(actor=request.actor, ref=ref, at=request.at)
    try:
        policies.require_openable(found.session, request.at)
        not_yet = ""
    except WrongState as refusal:
        not_yet = str(refusal)
    return {
        "room": found,
        "session": found.session,
        "can": SESSION_MOVES[found.session.state],
        "not_yet": not_yet,
        "may_be_taken": policies.may_be_taken(found.session, request.at),
        "may_enter": policies.may_enter_sheet(request.actor, found.session, request.at),
        "shows_codes": bool(parts_shown(found.session, request.at)),
        "may_be_joined": found.session.mode != "in_person" and found.session.state in JOINABLE,
        "has_calendar": request.actor.has("training.own_calendar"),
        "walk_in_form": WalkInForm(),
        "match_forms": [(number, MatchForm(auto_id=f"match_{number}_%s")) for number in found.unmatched],
    }
