"""One site of a plan: why so, what else it could be, and what people decide about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.seen import seal_of
from upstander.program.training import states
from upstander.program.training.selectors import plans as selectors
from upstander.program.training.selectors.proposals import may_be_answered
from upstander.program.training.services.plan_answers import answer_for_site
from upstander.program.training.services.plan_exceptions import Grounds, allow_exception
from upstander.program.training.services.plan_undo import Standing, undo_change, way_back
from upstander.program.training.services.plans import Change, change_entry, mark_entry, marks_of, set_room
from upstander.web.plans import sides, undoing
from upstander.web.plans.choices import choices_for
from upstander.web.plans.forms import LIMITS, ChangeForm, ExceptionForm, RoomForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import pressed, take

DONE = {
    "pinned": gettext_lazy("Pinned. The planner will not touch it."),
    "unpinned": gettext_lazy("Given free again for the planner."),
    "left_out": gettext_lazy("Left out of this plan."),
    "taken_in": gettext_lazy("Taken in again."),
}


@needs("training.plan")
def entry(request: DistrictRequest, ref: str) -> HttpResponse:
    """Why the site has this day, and the form that gives it another."""
    found = selectors.entry_by_ref(actor=request.actor, ref=ref)
    is_draft = found.plan.state == states.Plan.DRAFT
    choices = choices_for(found, names=selectors.member_names(actor=request.actor))
    before = way_back(found)
    form = ChangeForm(request.POST or None, choices=choices, stands=Standing.of(found)) if is_draft else None
    if form is not None and request.method == "POST" and form.is_valid():
        on, starts = form.cleaned_data["time"]
        team = (form.cleaned_data["member"], form.cleaned_data["second"])
        change = Change(on, starts, tuple(filter(None, team)), form.cleaned_data["is_known"])
        seen = form.cleaned_data["seen"]
        with told_at(form):
            after = Standing.of(change_entry(actor=request.actor, ref=ref, change=change, seen=seen, at=request.at))
            messages.success(request, _("Changed and pinned. The rules hold: nobody is double-booked."))
            return HttpResponseRedirect(reverse("plans:entry", args=[ref], query=undoing.query_of(before, after)))
    context = {**_told(request, found, form, choices), "undo": undoing.still_open(request.GET, found)}
    return render(request, "plans/entry.html", context, status=422 if form and form.errors else 200)


@needs("training.plan")
@require_POST
def undo(request: DistrictRequest, ref: str) -> HttpResponse:
    """Take back a change that was just made."""
    told = undoing.read(request.POST.get("undo", ""))
    if told is None:
        raise NotFound(ref)
    before, after = told
    take(
        request,
        lambda: undo_change(actor=request.actor, ref=ref, before=before, after=after, at=request.at),
        _("Taken back: the session stands as before."),
    )
    return HttpResponseRedirect(reverse("plans:entry", args=[ref]))


@needs("training.plan")
@require_POST
def room(request: DistrictRequest, ref: str) -> HttpResponse:
    """Name the room and its seats."""
    found = selectors.entry_by_ref(actor=request.actor, ref=ref)
    form = RoomForm.of(found, request.POST)
    if form.is_valid():
        with told_at(form):
            seen = form.cleaned_data["seen"]
            set_room(actor=request.actor, ref=ref, room=form.room_named(), seen=seen, at=request.at)
            messages.success(request, _("Noted. The planner fits no session into a room with too few seats."))
            return HttpResponseRedirect(reverse("plans:entry", args=[ref]))
    choices = choices_for(found, names=selectors.member_names(actor=request.actor))
    told = {**_told(request, found, ChangeForm(choices=choices, stands=Standing.of(found)), choices), "room": form}
    return render(request, "plans/entry.html", told, status=422)


@needs("training.plan")
@require_POST
def mark(request: DistrictRequest, ref: str) -> HttpResponse:
    """Pin, give free, leave out, take in."""
    step, seen = request.POST.get("step", ""), request.POST.get("seen", "")
    take(
        request,
        lambda: mark_entry(actor=request.actor, ref=ref, step=step, seen=seen, at=request.at),
        str(DONE.get(step, "")),
    )
    return HttpResponseRedirect(reverse("plans:entry", args=[ref]))


@needs("training.plan")
@require_POST
def allow(request: DistrictRequest, ref: str) -> HttpResponse:
    """Allow the exception that would give the site its day."""
    found = selectors.entry_by_ref(actor=request.actor, ref=ref)
    choices = choices_for(found, names=selectors.member_names(actor=request.actor))
    form = ExceptionForm(request.POST)
    if form.is_valid():
        grounds = Grounds(form.cleaned_data["reason"], form.cleaned_data["until"])
        with told_at(form):
            allow_exception(actor=request.actor, ref=ref, grounds=grounds, at=request.at)
            messages.success(request, _("The site has its day, by an exception. The planner may look around it again."))
            return HttpResponseRedirect(reverse("plans:entry", args=[ref]))
    told = {**_told(request, found, ChangeForm(choices=choices, stands=Standing.of(found)), choices), "exception": form}
    return render(request, "plans/entry.html", told, status=422)


@needs("training.plan")
@require_POST
def answer(request: DistrictRequest, ref: str) -> HttpResponse:
    """What the site said by other ways; that it declines, once more."""
    is_accepted = pressed(request, "answer", {"accepted", "declined"}) == "accepted"
    if not is_accepted and "is_meant" not in request.POST:
        found = selectors.entry_by_ref(actor=request.actor, ref=ref)
        return render(request, "plans/decline_asked.html", {"entry": found})
    take(
        request,
        lambda: answer_for_site(actor=request.actor, ref=ref, is_accepted=is_accepted, at=request.at),
        _("Noted. Everyone gets the calendar file.") if is_accepted else _("Noted. The day is out for this site."),
    )
    return HttpResponseRedirect(reverse("plans:entry", args=[ref]))


def _told(request: DistrictRequest, found: Any, form: Any, choices: Any) -> dict[str, Any]:
    return {
        "entry": found,
        "plan": found.plan,
        "form": form,
        "can_change": form is not None and bool(choices.times or form.errors),
        "why": choices.why,
        "exception": ExceptionForm(),
        "room": RoomForm.of(found),
        "marks_seen": seal_of(marks_of(found)),
        "allowance": selectors.allowance_of(actor=request.actor, entry=found) if found.on else None,
        "limits": LIMITS,
        "lacking": next(iter(sides.unplaced_lines(request, [found])), None),
        "lead": found.host or found,
        "guests": [guest for guest in found.guests.all() if not guest.is_left_out],
        "can_answer": may_be_answered(found) and found.plan.state == states.Plan.RELEASED,
    }
