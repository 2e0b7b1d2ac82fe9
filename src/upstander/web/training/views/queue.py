"""The coordinator's queue: find a day and a consultant, confirm, take back, decline; and the calendar of sessions."""

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from upstander.district.places.selectors import regions_on
from upstander.foundation.kernel.content import said
from upstander.program.gatherings.selectors.symposiums import symposium_of_request
from upstander.program.training import policies
from upstander.program.training.content.kinds import kind_of, shipped_kinds
from upstander.program.training.content.words import answers_of
from upstander.program.training.selectors.answers import changes_of, open_questions, unanswered_of
from upstander.program.training.selectors.call_backs import call_backs_of, takers_of_cadre
from upstander.program.training.selectors.matching import Start, candidates_for, companions_for, starts_for
from upstander.program.training.selectors.owners import owners_for
from upstander.program.training.selectors.queue import Sought, lines_of, owners_in_queue, queued
from upstander.program.training.selectors.requests import live_session_of, live_team_of, moves_of, request_coordinated
from upstander.program.training.selectors.sessions import sessions_for, sessions_to_match
from upstander.program.training.selectors.twins import twins_of
from upstander.program.training.services.call_backs import give_call_back
from upstander.program.training.services.queue import finish_request, hand_over, keep_session, put_back, start_request
from upstander.program.training.services.requests import decline_request
from upstander.program.training.services.sessions import confirm_session, release_session
from upstander.program.training.services.teams import BESIDE_THE_LEAD, LEAD
from upstander.program.training.states import moves_of_kind
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.training.forms import DeclineForm
from upstander.web.training.steps import back_to, take
from upstander.web.training.wording import candidate_line, needs_pair

PER_PAGE = 50
AGE_WORDS = [
    ("late", gettext_lazy("Overdue")),
    ("today", gettext_lazy("Due today")),
    ("time", gettext_lazy("There is time")),
]


@needs("training.coordinate")
@require_safe
def queue(request: DistrictRequest) -> HttpResponse:
    """What waits, the one due first in front, each with who has it, by when, and its next step."""
    sought = Sought(**{each.name: request.GET.get(each.name, "").strip() for each in fields(Sought)})
    page = Paginator(queued(actor=request.actor, at=request.at, sought=sought), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "lines": lines_of(actor=request.actor, requests=page.object_list, at=request.at),
        "sought": sought,
        "is_narrowed": sought != Sought(),
        "kinds": [(kind.key, said(kind.title)) for kind in shipped_kinds().values()],
        "regions": regions_on(actor=request.actor, on=policies.today(request.actor, request.at)),
        "owners": owners_in_queue(actor=request.actor, at=request.at),
        "ages": AGE_WORDS,
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
def confirm(request: DistrictRequest, ref: str) -> HttpResponse:
    """Confirm the planned session."""
    take(
        request,
        lambda: confirm_session(actor=request.actor, request_ref=ref, at=request.at),
        _("Confirmed. The site and the consultant get a mail with a calendar file."),
    )
    return back_to(ref)


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
    return back_to(ref)


@needs("training.coordinate")
def decline(request: DistrictRequest, ref: str) -> HttpResponse:
    """Decline with one of the known reasons."""
    told = _told(request, ref)
    form = DeclineForm(request.POST or None, kind=told["kind"])
    if request.method == "POST" and form.is_valid():
        took = take(
            request,
            lambda: decline_request(actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at),
            _("Declined. The site gets a mail with the reason."),
        )
        return HttpResponseRedirect(reverse("training:queue")) if took else back_to(ref)
    return render(request, "training/decline.html", {**told, "form": form}, status=422 if form.errors else 200)


@needs("training.coordinate")
@require_POST
def give(request: DistrictRequest, ref: str) -> HttpResponse:
    """Put the request into somebody's hands, or a consultation into those of a member of the Cadre."""
    told: dict[str, Any] = {"actor": request.actor, "ref": ref, "at": request.at}
    owner, member = request.POST.get("owner", ""), request.POST.get("member", "")
    step = partial(give_call_back, **told, member_ref=member) if member else partial(hand_over, **told, owner_ref=owner)
    take(request, step, _("Handed over."))
    return back_to(ref)


@needs("training.coordinate")
@require_POST
def step(request: DistrictRequest, ref: str) -> HttpResponse:
    """One of the moves that need nothing more: begin, put back, finish, keep the session."""
    service, done = STEPS.get(request.POST.get("move", ""), (None, ""))
    if service is None:
        messages.error(request, _("Please choose one of the steps."))
        return back_to(ref)
    take(request, lambda: service(actor=request.actor, ref=ref, at=request.at), str(done))
    return back_to(ref)


STEPS: dict[str, tuple[Callable[..., Any], object]] = {
    "start": (start_request, gettext_lazy("It is yours now.")),
    "put_back": (put_back, gettext_lazy("It waits again.")),
    "finish": (finish_request, gettext_lazy("Done. Whoever asked gets a mail.")),
    "keep": (keep_session, gettext_lazy("The session stays. Whoever asked for other days gets a mail.")),
}


@needs("training.coordinate")
@require_safe
def sessions(request: DistrictRequest) -> HttpResponse:
    """All sessions in reach: what comes, or what was held."""
    past = request.GET.get("show") == "held"
    found = Paginator(sessions_for(actor=request.actor, at=request.at, past=past), PER_PAGE)
    return render(request, "training/sessions.html", {"page": found.get_page(request.GET.get("page")), "past": past})


def _told(request: DistrictRequest, ref: str) -> dict[str, Any]:
    """What the page of one request says; what can be done with it comes of where it stands."""
    found = request_coordinated(actor=request.actor, ref=ref, at=request.at)
    kind, session, team = kind_of(found.kind), live_session_of(found), live_team_of(found)
    can = moves_of_kind(kind.ends_with_session)[found.state]
    return {
        "asked": found,
        "kind": kind,
        "finish": said(kind.steps["finish"]) if kind.steps else "",
        "answers": answers_of(found),
        "session": session,
        "team": team,
        "symposium": symposium_of_request(actor=request.actor, request=found),
        "may_gather": request.actor.has("gatherings.manage"),
        "needs_pair": session is not None and needs_pair(found, team),
        "companions": _companions(request, session, can),
        "part": request.GET.get("part", ""),
        "may_change_days": bool(kind.most_days) and request.actor.has("training.follow"),
        "missing": unanswered_of(found) if can else [],
        "may_answer": bool(open_questions(found, of_district=True)) and request.actor.has("training.follow"),
        "changes": changes_of(actor=request.actor, request=found),
        "moves": moves_of(actor=request.actor, request=found),
        "can": can,
        "line": lines_of(actor=request.actor, requests=[found], at=request.at)[0],
        "lacks_seats": policies.lacks_seats(found.mode, found.head_count, found.seat_count),
        **_starts(request, found, can),
        **_hands(request, found, can),
    }


def _starts(request: DistrictRequest, found: Any, can: Any) -> dict[str, Any]:
    """When the session could begin, who is free at the start that is looked at, and what else is asked like it."""
    starts = starts_for(actor=request.actor, request=found, at=request.at) if "assign" in can else []
    start = _chosen(starts, request.GET.get("start", ""))
    alike = {"site": found.site, "kind": found.kind, "audience": found.audience, "besides": found.pk}
    return {
        "starts": starts,
        "start": start,
        "candidates": _candidates(request, found, start),
        "twins": twins_of(actor=request.actor, at=request.at, **alike),
    }


def _hands(request: DistrictRequest, found: Any, can: Any) -> dict[str, Any]:
    """Who has the request, and who could."""
    is_taken_by_cadre = kind_of(found.kind).is_taken_by_cadre
    return {
        "is_mine": found.owner_id == request.actor.account_id,
        "owners": owners_for(actor=request.actor, request=found, at=request.at) if can else [],
        "of_cadre": takers_of_cadre(actor=request.actor, request=found, at=request.at) if can else [],
        "call_backs": call_backs_of(actor=request.actor, request=found) if is_taken_by_cadre else [],
    }


def _candidates(request: DistrictRequest, found: Any, start: Start | None) -> list[object]:
    if start is None:
        return []
    pairs = candidates_for(actor=request.actor, request=found, start=start)
    return [candidate_line(member, weighed) for member, weighed in pairs]


def _companions(request: DistrictRequest, session: Any, can: Any) -> list[object]:
    """Who could come too, in the part that is asked for; only while it is asked for."""
    part = request.GET.get("part", "")
    if session is None or "release" not in can or part not in (LEAD, *BESIDE_THE_LEAD):
        return []
    pairs = companions_for(actor=request.actor, session=session, part=part)
    return [candidate_line(member, weighed) for member, weighed in pairs]


def _chosen(starts: list[Start], key: str) -> Start | None:
    return next((start for start in starts if start.key == key), starts[0] if starts else None)
