"""The words of the district on the public pages: where they stand, writing them, and deciding about others' words."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.program.library.content.pages import Audience, Page
from upstander.program.library.content.passages import Spot, spots
from upstander.program.library.selectors import passages as selectors
from upstander.program.library.selectors.drafts import standings
from upstander.program.library.selectors.pages import levels_with, shipped_page, shipped_pages
from upstander.program.library.selectors.readings import pages_to_sign, reading_of
from upstander.program.library.selectors.reviewers import still_open
from upstander.program.library.services import own as services
from upstander.program.library.services.passages import (
    enter_passage,
    keep_passage,
    refuse_passage,
    take_step,
    withdraw_passage,
)
from upstander.program.library.services.readings import sign_page, take_back_review
from upstander.program.library.states import CAPABILITY, REVIEWS, WHY_TAKEN_BACK, Step, TakenBack
from upstander.web.editor.forms import LONGEST, PassageForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.explorer import SEATED
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take

REVIEWERS = (*SEATED, "pages.vet")


def today(request: DistrictRequest) -> dt.date:
    """The day it is where the district is."""
    return timezone.localdate(request.at)


@needs(*REVIEWERS)
@require_safe
def index(request: DistrictRequest) -> HttpResponse:
    """What waits for this person, and every page with how many of its words are the district's."""
    on, actor = today(request), request.actor
    versions = selectors.every_version(actor=actor, on=on)
    counts = selectors.counts_by_page(versions=versions)
    language = get_language() or "en"
    shelves = [
        (audience, [(page, page.title.in_language(language), counts.get(page.key)) for page in found])
        for audience in Audience
        if (found := [page for page in shipped_pages().values() if page.audience == audience])
    ]
    waiting = [(v, shipped_pages().get(v.row.page)) for v in selectors.waiting_for(actor=actor, versions=versions)]
    context: dict[str, Any] = {"to_sign": pages_to_sign(actor=actor), "shelves": shelves}
    context["waiting"] = [(v, _title(page, v.row.page)) for v, page in waiting]
    is_seated = any(map(actor.has, SEATED))
    context |= {"is_seated": is_seated, "may_edit": actor.has("pages.edit")}
    context |= {"own_pages": standings(actor=actor, on=on) if is_seated else []}
    return render(request, "editor/index.html", context)


@needs("pages.edit")
@require_POST
def take_out(request: DistrictRequest, key: str) -> HttpResponse:
    """Take a page of the district's own away from its readers, at once."""
    try:
        services.take_out(actor=request.actor, key=key, at=request.at)
        messages.success(request, _("Taken out. No reader sees this page any more; its text is still here."))
    except WrongState as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("editor:index"))


@needs(*REVIEWERS)
@require_safe
def page(request: DistrictRequest, page: str) -> HttpResponse:
    """Every passage of a page: what ships, what the district says instead, and what is under way."""
    shipped = shipped_page(page)
    lines, lost = selectors.lines_of(actor=request.actor, page=shipped, on=today(request))
    context = {
        "page": shipped,
        "title": _title(shipped, page),
        "lines": lines,
        "lost": lost,
        "reading": reading_of(actor=request.actor, page=shipped, on=today(request)),
        "reasons": WHY_TAKEN_BACK.items(),
        "may_edit": request.actor.has("pages.edit"),
    }
    return render(request, "editor/page.html", context)


@needs(*(CAPABILITY[step] for step in REVIEWS))
@require_POST
def sign(request: DistrictRequest, page: str) -> HttpResponse:
    """Review a page as it ships, in one role."""
    step, edition = request.POST.get("step", ""), request.POST.get("edition", "")
    if step not in REVIEWS:
        raise NotFound(step)
    asked: dict[str, Any] = {"actor": request.actor, "on": today(request), "at": request.at}
    take(
        request,
        lambda: sign_page(page=page, step=Step(step), edition=edition, **asked),
        _("Thank you. Your review stands beside the page until a new edition says something else."),
    )
    return HttpResponseRedirect(reverse("editor:page", args=[page]))


@needs(*(CAPABILITY[step] for step in REVIEWS))
@require_POST
def take_back(request: DistrictRequest, page: str, ref: str) -> HttpResponse:
    """Take back a review of a page as it ships, with the reason."""
    reason = request.POST.get("reason", "")
    back = HttpResponseRedirect(reverse("editor:page", args=[page]))
    if reason not in set(TakenBack):
        messages.error(request, _("Please choose why the review no longer stands."))
        return back
    asked: dict[str, Any] = {"actor": request.actor, "on": today(request), "at": request.at}
    take(
        request,
        lambda: take_back_review(page=page, ref=ref, reason=TakenBack(reason), **asked),
        _("Taken back. The page is open for this review again, and whoever took part is told."),
    )
    return back


@needs("pages.edit")
@read_or_send
def passage(request: DistrictRequest, page: str, block: int, item: int) -> HttpResponse:
    """Write the district's words for one passage. "Check" tells how they read and saves nothing."""
    shipped, on = shipped_page(page), today(request)
    spot = next((spot for spot in spots(shipped) if (spot.block, spot.item) == (block, item)), None)
    if spot is None:
        raise NotFound(page)
    line = _line(request, shipped, spot)
    form = PassageForm(request.POST or None, initial=_held(line, spot, on))
    if request.method == "POST" and form.is_valid() and request.POST.get("move") != "check":
        made = _entered(request, form, page, spot)
        if made:
            messages.success(request, _("Written. It is shown once every review is there."))
            return HttpResponseRedirect(reverse("editor:decide", args=[made]))
    history = selectors.history_of(actor=request.actor, page=page, spot=spot, on=on)
    context = {"form": form, "page": shipped, "title": _title(shipped, page), "spot": spot, "line": line}
    context |= {"levels": _levels(form, shipped, spot), "history": history}
    return render(request, "editor/passage.html", context, status=422 if form.errors else 200)


@needs(*REVIEWERS)
@read_or_send
def decide(request: DistrictRequest, ref: str) -> HttpResponse:
    """One version: the edition's words beside the district's, what was decided, and what this person may decide."""
    if request.method == "POST":
        return _take(request, ref)
    on, actor = today(request), request.actor
    version = selectors.version_by_ref(actor=actor, ref=ref, on=on)
    shipped = shipped_pages().get(version.row.page)
    own = version.own
    context = {
        "version": version,
        "own": own,
        "page": shipped,
        "title": _title(shipped, version.row.page),
        "steps": selectors.steps_for(actor=actor, version=version),
        "still_open": still_open(actor=actor, missing=version.missing, barred=version.barred, on=on),
        "levels": levels_with(page=shipped, spot=Spot(own.kind, own.block, own.item, own.was), said=own.said)
        if shipped
        else None,
        "may_withdraw": actor.has("pages.edit") and version.stand not in {"out", "replaced"},
    }
    return render(request, "editor/decide.html", context)


def _take(request: DistrictRequest, ref: str) -> HttpResponse:
    move = request.POST.get("move", "")
    asked: dict[str, Any] = {"actor": request.actor, "ref": ref, "on": today(request), "at": request.at}
    try:
        if move == "withdraw":
            withdraw_passage(**asked)
            messages.success(request, _("Taken out. The words of the edition stand there."))
        elif move == "keep":
            keep_passage(edition=request.POST.get("edition", ""), **asked)
            messages.success(request, _("Kept. Your district goes on saying it in its own words."))
        elif move == "refuse":
            refuse_passage(**asked)
            messages.success(request, _("Refused. No reader sees these words."))
        else:
            take_step(step=move, **asked)
            messages.success(request, _("Thank you. Your review stands."))
    except WrongState as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("editor:decide", args=[ref]))


def _entered(request: DistrictRequest, form: PassageForm, page: str, spot: Spot) -> str:
    """The ref of what was written, or nothing where it was refused; the form then says why."""
    said = _said(form)
    day = form.cleaned_data["shows_on"]
    asked: dict[str, Any] = {"actor": request.actor, "on": today(request), "at": request.at}
    with told_at(form):
        return enter_passage(page=page, spot=spot, said=said, shows_on=day, **asked).ref
    return ""


def _said(form: PassageForm) -> Text:
    # Also read of a form that was refused, for instance because its words are too long: so much is enough to tell.
    en, es = (" ".join(str(form[name].value() or "")[:LONGEST].split()) for name in ("en", "es"))
    return Text(en, es)


def _levels(form: PassageForm, page: Page, spot: Spot) -> Any:
    said = _said(form)
    return levels_with(page=page, spot=spot, said=said) if said.en else None


def _line(request: DistrictRequest, page: Page, spot: Spot) -> selectors.Line:
    lines, _lost = selectors.lines_of(actor=request.actor, page=page, on=today(request))
    return next(line for line in lines if line.spot == spot)


def _held(line: selectors.Line, spot: Spot, on: dt.date) -> dict[str, Any]:
    """What the form begins with: what is under way, else what the district shows, else the edition's own words.

    The words of an office that nobody has named yet are a question to the district, so there it begins empty.
    """
    own = line.under_way[-1].own if line.under_way else line.shown.own if line.shown else None
    words = own.said if own else spot.words if spot.kind != "confirm" else Text("", "")
    return {"en": words.en, "es": words.es, "shows_on": on}


def _title(page: Page | None, key: str) -> str:
    return page.title.in_language(get_language() or "en") if page else key
