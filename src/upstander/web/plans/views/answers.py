"""A site answers the day of a plan, with the link of a mail or signed in: looking changes nothing, one button does.

To decline is asked once more, and can be taken back while nobody has planned anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.training.selectors.proposals import (
    may_be_answered,
    may_be_reopened,
    proposal_by_token,
    proposal_of,
    token_of,
)
from upstander.program.training.selectors.requests import request_followed
from upstander.program.training.services.plan_answers import answer_by_link, answer_followed
from upstander.program.training.services.plan_reopening import reopen_by_link, reopen_followed
from upstander.web.plans.forms import RoomForm
from upstander.web.shared.access import DistrictRequest, needs, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, form_token
from upstander.web.shared.keyed import keyed
from upstander.web.shared.refusals import tell

PURPOSE = "plan-answer"


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody came to the day: what reads it, what answers it, what takes a decline back and leads on."""

    base: str
    find: Callable[[], Any]
    answer: Callable[..., Any]
    reopen: Callable[[], HttpResponse]
    token: str = ""
    back: str = ""


@open_to_anyone("The signed link of the mail is the key; whoever holds it answers for the site.")
@keyed
@anonymous_form(PURPOSE, most=30, seconds=60)
def by_link(request: DistrictRequest, token: str) -> HttpResponse:
    """The day with two buttons; a POST answers. A link that is old or wrong says what to do, and nothing else."""
    told: dict[str, Any] = {"actor": request.actor, "token": token, "at": request.at}
    way = Way(
        base="base_public.html",
        find=lambda: proposal_by_token(**told),
        answer=lambda **answer: answer_by_link(**told, **answer),
        reopen=lambda: redirect("plans:by_link", token_of(reopen_by_link(**told))),
        token=form_token(PURPOSE),
    )
    try:
        return _page(request, way)
    except NotFound:
        return render(request, "plans/link_over.html", status=404)


@needs("training.follow")
def by_site(request: DistrictRequest, ref: str) -> HttpResponse:
    """The same for who follows the site, from the page of its request."""
    told: dict[str, Any] = {"actor": request.actor, "request_ref": ref, "at": request.at}
    asked = request_followed(actor=request.actor, ref=ref, at=request.at)

    def reopen() -> HttpResponse:
        entry = reopen_followed(**told)
        return redirect("plans:by_site", entry.request.ref if entry.request else ref)

    way = Way(
        base="base_staff.html",
        find=lambda: proposal_of(actor=request.actor, request=asked),
        answer=lambda **answer: answer_followed(**told, **answer),
        reopen=reopen,
        back=ref,
    )
    return _page(request, way)


def _page(request: DistrictRequest, way: Way) -> HttpResponse:
    step = request.POST.get("answer", "") if request.method == "POST" else ""
    form = RoomForm(request.POST) if request.method == "POST" else None
    refusal = None
    try:
        if step == "reopened":
            return way.reopen()
        if form is not None and step in {"accepted", "declined"}:
            _answer(form, way, is_accepted=step == "accepted")
    except WrongState as refused:
        refusal = str(refused)
    found = way.find()
    context = {
        "base": way.base,
        "back": way.back,
        "entry": found,
        "lead": found.host or found,
        "guests": [guest for guest in found.guests.all() if not guest.is_left_out],
        "is_open": may_be_answered(found),
        "is_sure": step == "decline" and may_be_answered(found),
        "may_reopen": may_be_reopened(found, request.at),
        "refusal": refusal,
        "token": way.token,
    }
    context["room"] = form if form is not None and form.errors and step == "accepted" else RoomForm.of(found)
    status = 409 if refusal else 422 if step == "accepted" and form is not None and form.errors else 200
    return render(request, "plans/answer.html", context, status=status)


def _answer(form: RoomForm, way: Way, *, is_accepted: bool) -> None:
    """Take the answer. What is wrong with the room stands at the fields of the form. Raises WrongState."""
    if is_accepted and not form.is_valid():
        return
    room = form.room_named() if is_accepted and "room" in form.data else None
    try:
        way.answer(is_accepted=is_accepted, room=room)
    except Invalid as refused:
        tell(form, refused)
