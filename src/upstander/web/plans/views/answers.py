"""A principal answers the day of a plan with the link of a mail: looking changes nothing, one button does."""

from django.http import HttpResponse
from django.shortcuts import render

from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.program.training import states
from upstander.program.training.selectors.proposals import proposal_by_token
from upstander.program.training.services.plan_answers import answer_by_link
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, form_token
from upstander.web.shared.keyed import keyed

PURPOSE = "plan-answer"


@open_to_anyone("The signed link of the mail is the key; whoever holds it answers for the site.")
@keyed
@anonymous_form(PURPOSE, most=30, seconds=60)
def by_link(request: DistrictRequest, token: str) -> HttpResponse:
    """The day with two buttons; a POST answers. A link that is old or wrong says what to do, and nothing else."""
    refusal = None
    if request.method == "POST":
        is_accepted = request.POST.get("answer") == "accepted"
        try:
            answer_by_link(actor=request.actor, token=token, is_accepted=is_accepted, at=request.at)
        except WrongState as refused:
            refusal = str(refused)
        except NotFound:
            pass
    try:
        found = proposal_by_token(actor=request.actor, token=token)
    except NotFound:
        return render(request, "plans/link_over.html", status=404)
    is_open = found.session is not None and found.session.state == states.Session.PLANNED and not found.answer
    context = {"entry": found, "is_open": is_open, "refusal": refusal, "token": form_token(PURPOSE)}
    return render(request, "plans/answer.html", context, status=409 if refusal else 200)
