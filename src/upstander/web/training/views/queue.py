"""The coordinator's queue: find a day and a consultant, confirm, take back, decline; and the calendar of sessions."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.district.places.selectors import regions_on
from upstander.program.training import policies
from upstander.program.training.selectors.matching import Start, candidates_for, starts_for
from upstander.program.training.selectors.requests import live_session_of, moves_of, queue_for, request_coordinated
from upstander.program.training.selectors.sessions import sessions_for, sessions_to_match
from upstander.program.training.services.requests import decline_request
from upstander.program.training.services.sessions import Slot, assign_member, confirm_session, release_session
from upstander.program.training.states import REQUEST_MOVES, Request
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.training.forms import AssignForm, DeclineForm
from upstander.web.training.steps import take
from upstander.web.training.wording import candidate_line

PER_PAGE = 50


@needs("training.coordinate")
@require_safe
def queue(request: DistrictRequest) -> HttpResponse:
    """What waits, oldest first, each with its age and next step."""
    region = request.GET.get("region", "")
    regions = regions_on(actor=request.actor, on=policies.today(request.actor, request.at))
    context = {
        "lines": queue_for(actor=request.actor, at=request.at, region_ref=region),
        "regions": regions,
        "region": region,
        "to_match": sessions_to_match(actor=request.actor, at=request.at),
    }
    return render(request, "training/queue.html", context)


@needs("training.coordinate")
@require_safe
def request_page(request: DistrictRequest, ref: str) -> HttpResponse:
    """One request: what is wished, and for one start who of the Cadre is free, with the reasons."""
    return render(request, "training/coordinate.html", _told(request, ref))


@needs("training.coordinate")
@require_POST
def assign(request: DistrictRequest, ref: str) -> HttpResponse:
    """Plan the session with the chosen consultant."""
    form = AssignForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a start and a consultant."))
        return _back(ref)
    window_ref, starts = form.cleaned_data["slot"]
    went = take(
        request,
        lambda: assign_member(
            actor=request.actor,
            request_ref=ref,
            member_ref=form.cleaned_data["member"],
            slot=Slot(window_ref, starts),
            at=request.at,
        ),
        _("Planned. Please confirm the session, so that everyone gets a mail."),
    )
    return _back(ref, "" if went else f"?start={request.POST['slot']}")


@needs("training.coordinate")
@require_POST
def confirm(request: DistrictRequest, ref: str) -> HttpResponse:
    """Confirm the planned session."""
    take(
        request,
        lambda: confirm_session(actor=request.actor, request_ref=ref, at=request.at),
        _("Confirmed. The site and the consultant get a mail with a calendar file."),
    )
    return _back(ref)


@needs("training.coordinate")
def release(request: DistrictRequest, ref: str) -> HttpResponse:
    """Take a plan back at once; a confirmed session only after asking once more."""
    told = _told(request, ref)
    if request.method != "POST":
        return render(request, "training/release.html", told)
    take(
        request,
        lambda: release_session(actor=request.actor, request_ref=ref, at=request.at),
        _("Taken back. The request waits again."),
    )
    return _back(ref)


@needs("training.coordinate")
def decline(request: DistrictRequest, ref: str) -> HttpResponse:
    """Decline with one of the known reasons."""
    form = DeclineForm(request.POST or None)
    told = _told(request, ref)
    if request.method == "POST" and form.is_valid():
        took = take(
            request,
            lambda: decline_request(actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at),
            _("Declined. The site gets a mail with the reason."),
        )
        return HttpResponseRedirect(reverse("training:queue")) if took else _back(ref)
    return render(request, "training/decline.html", {**told, "form": form}, status=422 if form.errors else 200)


@needs("training.coordinate")
@require_safe
def sessions(request: DistrictRequest) -> HttpResponse:
    """All sessions in reach: what comes, or what was held."""
    past = request.GET.get("show") == "held"
    found = Paginator(sessions_for(actor=request.actor, at=request.at, past=past), PER_PAGE)
    return render(request, "training/sessions.html", {"page": found.get_page(request.GET.get("page")), "past": past})


def _told(request: DistrictRequest, ref: str) -> dict[str, Any]:
    found = request_coordinated(actor=request.actor, ref=ref, at=request.at)
    session = live_session_of(found)
    starts = starts_for(actor=request.actor, request=found, at=request.at) if found.state == Request.WAITING else []
    start = _chosen(starts, request.GET.get("start", ""))
    return {
        "asked": found,
        "session": session,
        "lead": session.assignments.all()[0].member.person if session else None,
        "moves": moves_of(actor=request.actor, request=found),
        "can": REQUEST_MOVES[found.state],
        "starts": starts,
        "start": start,
        "candidates": _candidates(request, found, start),
        "age_days": (request.at - found.requested_at).days,
    }


def _candidates(request: DistrictRequest, found: Any, start: Start | None) -> list[object]:
    if start is None:
        return []
    pairs = candidates_for(actor=request.actor, request=found, start=start)
    return [candidate_line(member, weighed) for member, weighed in pairs]


def _chosen(starts: list[Start], key: str) -> Start | None:
    return next((start for start in starts if start.key == key), starts[0] if starts else None)


def _back(ref: str, query: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("training:coordinate", args=[ref]) + query)
