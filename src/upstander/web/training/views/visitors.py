"""Asking without an account: an address proved by a mail, and one page that opens with the link in it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.errors import NotFound
from upstander.program.training.content.kinds import Kind, kind_of, shipped_kinds
from upstander.program.training.policies import page_key
from upstander.program.training.selectors.requests import moves_of, request_by_key, sites_open_to_all, unproven_by_key
from upstander.program.training.services.visitors import (
    ask_by_mail,
    change_days_by_link,
    prove_request,
    withdraw_by_link,
)
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, form_token
from upstander.web.shared.keyed import keyed, step_by_key
from upstander.web.shared.refusals import told_at
from upstander.web.training.forms import DaysForm, WishForm, chosen
from upstander.web.training.pages import Faces, answers_page, days_page, kinds_page, request_page

OPEN_REASON = "Families and partners ask without an account; nothing is a request before an address is proved."
KEY_REASON = "The link in the mail is the key to one request."
PURPOSE = "ask-by-mail"
FACES = Faces(
    "base_public.html",
    "training:visitor_ask",
    "training:visitor_follow",
    "training:visitor_withdraw",
    "training:visitor_days",
    "training:visitor_answers",
)


@open_to_anyone(OPEN_REASON)
@require_safe
def kinds(request: DistrictRequest) -> HttpResponse:
    """What anyone can ask for."""
    return kinds_page(request, FACES, (kind for kind in shipped_kinds().values() if kind.is_public))


@open_to_anyone(OPEN_REASON)
@anonymous_form(PURPOSE, most=12, seconds=3600)
def ask(request: DistrictRequest, kind: str) -> HttpResponse:
    """The form of one kind with an address; the answer is always that a mail is on its way."""
    asked = _public(kind)
    sites = list(sites_open_to_all(actor=request.actor, at=request.at))
    initial = chosen(asked, request.GET)
    form = WishForm(request.POST or None, kind=asked, sites=sites, email="own", initial=initial)
    if request.method == "POST" and form.is_valid():
        told = {"email": form.cleaned_data["email"], "language": get_language() or "en"}
        with told_at(form):
            ask_by_mail(actor=request.actor, wish=form.wish(), at=request.at, **told)
            return redirect("training:visitor_sent")
    context = {"form": form, "kind": asked, "base": FACES.base, "has_sites": bool(sites), "token": form_token(PURPOSE)}
    return render(request, "training/ask.html", context, status=422 if form.errors else 200)


@open_to_anyone(OPEN_REASON)
@require_safe
def sent(request: DistrictRequest) -> HttpResponse:
    """Look into your mailbox."""
    return render(request, "training/sent.html")


@open_to_anyone(KEY_REASON)
@keyed
@anonymous_form(PURPOSE, most=60, seconds=3600)
def prove(request: DistrictRequest, ref: str, key: str) -> HttpResponse:
    """Send the request for good. Opening the page alone does nothing: mail programs open links by themselves."""
    found = unproven_by_key(actor=request.actor, ref=ref, key=key, at=request.at)

    def take() -> HttpResponse:
        made = prove_request(actor=request.actor, ref=ref, key=key, at=request.at)
        return redirect("training:visitor_follow", made.ref, page_key(made.ref))

    def draw(**told: str) -> HttpResponse:
        return render(request, "training/prove.html", {"found": found, **told})

    return step_by_key(request, PURPOSE, take, draw)


@open_to_anyone(KEY_REASON)
@keyed
@require_safe
def follow(request: DistrictRequest, ref: str, key: str) -> HttpResponse:
    """One page to follow a request."""
    return request_page(request, FACES, *_held(request, ref, key), [ref, key])


@open_to_anyone(KEY_REASON)
@keyed
@anonymous_form(PURPOSE, most=60, seconds=3600)
def withdraw(request: DistrictRequest, ref: str, key: str) -> HttpResponse:
    """Ask once more, then withdraw."""

    def take() -> HttpResponse:
        withdraw_by_link(actor=request.actor, ref=ref, key=key, at=request.at)
        return redirect("training:visitor_follow", ref, key)

    def draw(**told: str) -> HttpResponse:
        asked = _held(request, ref, key)
        return request_page(request, FACES, *asked, [ref, key], template="training/withdraw.html", **told)

    return step_by_key(request, PURPOSE, take, draw)


@open_to_anyone(KEY_REASON)
@keyed
@anonymous_form(PURPOSE, most=60, seconds=3600)
def days(request: DistrictRequest, ref: str, key: str) -> HttpResponse:
    """Wish other days."""
    asked = request_by_key(actor=request.actor, ref=ref, key=key)

    def change(form: DaysForm) -> object:
        told = {"windows": form.windows(), "closed_day_is_meant": form.cleaned_data["closed_day_is_meant"]}
        return change_days_by_link(actor=request.actor, ref=ref, key=key, at=request.at, **told)

    return days_page(request, FACES, asked, [ref, key], change, form_token(PURPOSE))


@open_to_anyone(KEY_REASON)
@keyed
@anonymous_form(PURPOSE, most=60, seconds=3600)
def answers(request: DistrictRequest, ref: str, key: str) -> HttpResponse:
    """Correct what was asked for, while it waits."""
    asked = request_by_key(actor=request.actor, ref=ref, key=key)
    return answers_page(request, FACES, asked, [ref, key], token=form_token(PURPOSE))


def _public(key: str) -> Kind:
    kind = kind_of(key)
    if not kind.is_public:
        raise NotFound(key)
    return kind


def _held(request: DistrictRequest, ref: str, key: str) -> tuple[Any, Any]:
    found = request_by_key(actor=request.actor, ref=ref, key=key)
    return found, moves_of(actor=request.actor, request=found)
