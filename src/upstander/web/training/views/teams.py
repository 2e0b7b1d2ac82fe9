"""Who holds the session of a request: planned, joined, replaced, let off."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from upstander.program.training.selectors.requests import live_session_of, request_coordinated
from upstander.program.training.services.sessions import Slot, assign_member
from upstander.program.training.services.teams import join_session, leave_session, replace_lead
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.training.forms import AssignForm
from upstander.web.training.steps import back_to, take


@needs("training.coordinate")
@require_POST
def assign(request: DistrictRequest, ref: str) -> HttpResponse:
    """Plan the session with the chosen consultant."""
    form = AssignForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a start and a consultant."))
        return back_to(ref)
    window_ref, starts = form.cleaned_data["slot"]
    went = take(
        request,
        lambda: assign_member(
            actor=request.actor,
            request_ref=ref,
            member_ref=form.cleaned_data["member"],
            slot=Slot(window_ref, starts),
            room_is_known=form.cleaned_data["room_is_known"],
            at=request.at,
        ),
        _("Planned. Please confirm the session, so that everyone gets a mail."),
    )
    return back_to(ref, "" if went else f"?start={request.POST['slot']}")


@needs("training.coordinate")
@require_POST
def join(request: DistrictRequest, ref: str) -> HttpResponse:
    """Have a co-lead or a shadow come to the session."""
    session = live_session_of(request_coordinated(actor=request.actor, ref=ref, at=request.at))
    chosen = {"member_ref": request.POST.get("member", ""), "role": request.POST.get("part", "")}
    if session is None:
        messages.error(request, _("There is no planned session any more."))
        return back_to(ref)
    take(
        request,
        lambda: join_session(actor=request.actor, session_ref=session.ref, at=request.at, **chosen),
        _("Added. Of a confirmed session everyone gets the calendar file anew."),
    )
    return back_to(ref)


@needs("training.coordinate")
@require_POST
def replace(request: DistrictRequest, ref: str) -> HttpResponse:
    """Send somebody else as the lead of the session."""
    session = live_session_of(request_coordinated(actor=request.actor, ref=ref, at=request.at))
    member = request.POST.get("member", "")
    if session is None:
        messages.error(request, _("There is no planned session any more."))
        return back_to(ref)
    take(
        request,
        lambda: replace_lead(actor=request.actor, session_ref=session.ref, member_ref=member, at=request.at),
        _("Somebody else comes. Both consultants are told, and of a confirmed session everyone."),
    )
    return back_to(ref)


@needs("training.coordinate")
@require_POST
def leave(request: DistrictRequest, ref: str, assignment: str) -> HttpResponse:
    """Let a co-lead or shadow stay away."""
    take(
        request,
        lambda: leave_session(actor=request.actor, assignment_ref=assignment, at=request.at),
        _("Taken off. They are free at this time again."),
    )
    return back_to(ref)
