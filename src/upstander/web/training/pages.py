"""Pages of a request that look the same to people who signed in and to visitors who hold its link."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from upstander.foundation.kernel.content import said
from upstander.program.gatherings.selectors.symposiums import symposium_of_request
from upstander.program.materials.content.catalogue import REQUEST_KIND
from upstander.program.materials.selectors.parcels import wanted_of
from upstander.program.materials.services.answers import put_answers_of_materials
from upstander.program.training.content.kinds import Kind, kind_of
from upstander.program.training.content.words import answers_of
from upstander.program.training.policies import today
from upstander.program.training.selectors.answers import answers_for, changes_of, open_questions, unanswered_of
from upstander.program.training.selectors.offerings import lengths_beside
from upstander.program.training.selectors.requests import live_session_of, live_team_of
from upstander.program.training.services.answers import put_answers
from upstander.program.training.states import moves_of_kind
from upstander.web.shared.access import DistrictRequest
from upstander.web.shared.refusals import told_at
from upstander.web.training.forms import DaysForm
from upstander.web.training.questions import AnswersForm


@dataclass(frozen=True, slots=True)
class Faces:
    """One way in: the frame of its pages, and the names of its addresses."""

    base: str
    ask: str
    follow: str
    withdraw: str
    days: str
    answers: str

    @property
    def is_for_visitors(self) -> bool:
        """Whether there is no session, and so neither messages nor a cookie."""
        return self.base == "base_public.html"


def kinds_page(request: DistrictRequest, faces: Faces, kinds: Iterable[Kind]) -> HttpResponse:
    """The kinds as doors."""
    doors = [(said(kind.title), said(kind.lead), reverse(faces.ask, args=[kind.key])) for kind in kinds]
    return render(request, "training/kinds.html", {"base": faces.base, "doors": doors})


def request_page(
    request: DistrictRequest,
    faces: Faces,
    asked: Any,
    moves: Any,
    where: list[str],
    *,
    template: str = "training/request.html",
    **more: Any,
) -> HttpResponse:
    """Where a request stands, who has it, what happens next, and what its requester can still do."""
    kind, session = kind_of(asked.kind), live_session_of(asked)
    can = moves_of_kind(kind.ends_with_session)[asked.state]
    context = {
        "base": faces.base,
        "is_visitor": faces.is_for_visitors,
        "is_own": faces.is_for_visitors or asked.requested_by_id == request.actor.account_id,
        "asked": asked,
        "kind": kind,
        "answers": answers_of(asked),
        "session": session,
        "team": live_team_of(asked),
        "moves": moves,
        "symposium": symposium_of_request(actor=request.actor, request=asked),
        "parcel_lines": wanted_of(actor=request.actor, request=asked),
        "can_withdraw": "withdraw" in can,
        "can_change_days": bool(kind.most_days and can),
        "follow": reverse(faces.follow, args=where),
        "withdraw": reverse(faces.withdraw, args=where),
        "days": reverse(faces.days, args=where),
        "answer_page": reverse(faces.answers, args=where),
        "can_answer": bool(open_questions(asked, of_district=False)),
        "changes": changes_of(actor=request.actor, request=asked),
        "may_reopen": False,
        **more,
    }
    return render(request, template, context)


def days_page(
    request: DistrictRequest,
    faces: Faces,
    asked: Any,
    where: list[str],
    change: Callable[[DaysForm], object],
    token: str = "",
) -> HttpResponse:
    """Wish other days: the form with those of now, and what `change` says to it."""
    kind, follow = kind_of(asked.kind), reverse(faces.follow, args=where)
    form = DaysForm(request.POST or None, kind=kind, initial=_days_of(asked))
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            change(form)
            if not faces.is_for_visitors:
                messages.success(request, _("Your days are noted."))
            return HttpResponseRedirect(follow)
    context = {"base": faces.base, "asked": asked, "form": form, "follow": follow, "token": token, "kind": kind}
    return render(request, "training/days.html", context, status=422 if form.errors else 200)


def answers_page(
    request: DistrictRequest, faces: Faces, asked: Any, where: list[str], *, of_district: bool = False, token: str = ""
) -> HttpResponse:
    """Complete or correct what a request says: the questions that are still open to it, with what stands."""
    is_visitor, held = faces.is_for_visitors, live_session_of(asked)
    answers = answers_for(actor=request.actor, request=asked, of_district=of_district, by_link=is_visitor)
    on = today(request.actor, request.at)
    lengths = lengths_beside(actor=request.actor, kind=asked.kind, on=on, stands=asked.minutes)
    form = AnswersForm(request.POST or None, answers=answers, by_visitor=is_visitor, lengths=lengths)
    follow = reverse("training:coordinate" if of_district else faces.follow, args=where)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            put = put_answers_of_materials if asked.kind == REQUEST_KIND else put_answers
            told: dict[str, Any] = {name: form.cleaned_data[name] for name in ("seen", "twice_is_meant")}
            told |= {"answers": form.answers(), "at": request.at}
            changed = put(actor=request.actor, ref=asked.ref, key=where[1] if is_visitor else "", **told)
            if not is_visitor:
                messages.success(request, _("Your answers are noted.") if changed else _("Nothing was changed."))
            return HttpResponseRedirect(follow)
    context = {
        "base": faces.base,
        "asked": asked,
        "form": form,
        "follow": follow,
        "token": token,
        "of_district": of_district,
        "may_gather": request.actor.has("gatherings.manage"),
        "held": answers_of(asked, only=answers.held),
        "session": held,
        "missing": unanswered_of(asked),
        "days": reverse(faces.days, args=where) if kind_of(asked.kind).most_days else "",
        "symposium": symposium_of_request(actor=request.actor, request=asked),
        "parcel_lines": [line for line in wanted_of(actor=request.actor, request=asked) if line.sent],
    }
    return render(request, "training/answers.html", context, status=422 if form.errors else 200)


def _days_of(asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, window in enumerate(sorted(asked.windows.all(), key=lambda window: (window.on, window.starts)), 1):
        found |= {f"on_{number}": window.on, f"starts_{number}": window.starts, f"ends_{number}": window.ends}
    return found
