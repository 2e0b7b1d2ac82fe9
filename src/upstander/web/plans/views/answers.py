"""A principal answers the day of a plan with the link of a mail: looking changes nothing, one button does."""

from django.http import HttpResponse
from django.shortcuts import render

from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.training.selectors.proposals import may_be_answered, proposal_by_token
from upstander.program.training.services.plan_answers import answer_by_link
from upstander.web.plans.forms import RoomForm
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, form_token
from upstander.web.shared.keyed import keyed
from upstander.web.shared.refusals import tell

PURPOSE = "plan-answer"


@open_to_anyone("The signed link of the mail is the key; whoever holds it answers for the site.")
@keyed
@anonymous_form(PURPOSE, most=30, seconds=60)
def by_link(request: DistrictRequest, token: str) -> HttpResponse:
    """The day with two buttons; a POST answers. A link that is old or wrong says what to do, and nothing else."""
    form = RoomForm(request.POST) if request.method == "POST" else None
    refusal = _answered(request, token, form) if form is not None else None
    try:
        found = proposal_by_token(actor=request.actor, token=token, at=request.at)
    except NotFound:
        return render(request, "plans/link_over.html", status=404)
    context = {
        "entry": found,
        "lead": found.host or found,
        "guests": [guest for guest in found.guests.all() if not guest.is_left_out],
        "is_open": may_be_answered(found),
        "refusal": refusal,
        "token": form_token(PURPOSE),
    }
    context["room"] = form if form is not None and form.errors else RoomForm.of(found)
    status = 409 if refusal else 422 if form is not None and form.errors else 200
    return render(request, "plans/answer.html", context, status=status)


def _answered(request: DistrictRequest, token: str, form: RoomForm) -> str | None:
    """Take the answer; what refuses it as a whole. What is wrong with the room stands at the fields of the form."""
    is_accepted = request.POST.get("answer") == "accepted"
    if is_accepted and not form.is_valid():
        return None
    room = form.room_named() if is_accepted and "room" in request.POST else None
    try:
        answer_by_link(actor=request.actor, token=token, is_accepted=is_accepted, at=request.at, room=room)
    except WrongState as refused:
        return str(refused)
    except Invalid as refused:
        tell(form, refused)
    except NotFound:
        pass  # the page itself says that the link is over
    return None
