"""Symposiums as anyone reads of them: the agenda, signing up with a proved address, and one's own place by its link."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.engines import invitations
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.languages import in_order, language_names
from upstander.program.gatherings.content.choices import BRINGS
from upstander.program.gatherings.selectors.papers import agenda_pdf
from upstander.program.gatherings.selectors.symposiums import (
    guest_by_key,
    has_seats,
    symposium_open,
    symposiums_open,
)
from upstander.program.gatherings.services.guests import prove_guest, sign_up, withdraw_guest
from upstander.program.gatherings.states import COMING, PLACE_MOVES, Place, Symposium
from upstander.program.training.policies import page_key
from upstander.web.gatherings.forms import SignUpForm
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, form_token
from upstander.web.shared.keyed import keyed, step_by_key
from upstander.web.shared.papers import as_pdf
from upstander.web.shared.refusals import told_at

REASON = "Guests from outside read the agenda and sign up; nobody has a place before an address is proved."
KEY_REASON = "The link in the mail is the key to one place."
PURPOSE = "symposium"


@open_to_anyone(REASON)
@require_safe
def open_symposiums(request: DistrictRequest) -> HttpResponse:
    """What is still to come."""
    found = symposiums_open(actor=request.actor, on=timezone.localdate(request.at))
    return render(request, "gatherings/open.html", {"found": found})


@open_to_anyone(REASON)
@require_safe
def agenda(request: DistrictRequest, ref: str) -> HttpResponse:
    """One symposium: when, where, the agenda, who speaks and who gives it."""
    found = symposium_open(actor=request.actor, ref=ref)
    words = dict(BRINGS)
    context = {
        "found": found,
        "is_open": _is_open(request, found),
        "has_seats": has_seats(actor=request.actor, symposium=found),
        "hosts": [(host.name, ", ".join(str(words[key]) for key in host.brings)) for host in found.hosts.all()],
        "tongues": language_names(in_order(found.interpreters)),
    }
    return render(request, "gatherings/agenda.html", context)


@open_to_anyone(REASON)
@anonymous_form(PURPOSE, most=20, seconds=3600)
def join(request: DistrictRequest, ref: str) -> HttpResponse:
    """Sign up; the answer is always that a mail is on its way."""
    found = symposium_open(actor=request.actor, ref=ref)
    if not _is_open(request, found):
        return redirect("gatherings:agenda", ref)
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.given(get_language() or "en")
        with told_at(form):
            sign_up(actor=request.actor, ref=ref, given=given, at=request.at)
            return redirect("gatherings:sent")
    seats = has_seats(actor=request.actor, symposium=found)
    context = {"found": found, "form": form, "has_seats": seats, "token": form_token(PURPOSE)}
    return render(request, "gatherings/join.html", context, status=422 if form.errors else 200)


@open_to_anyone(REASON)
@require_safe
def sent(request: DistrictRequest) -> HttpResponse:
    """Look into your mailbox."""
    return render(request, "gatherings/sent.html")


@open_to_anyone(KEY_REASON)
@keyed
@anonymous_form(PURPOSE, most=60, seconds=3600)
def prove(request: DistrictRequest, ref: str, key: str) -> HttpResponse:
    """Take the place for good. Opening the page alone does nothing: mail programs open links by themselves."""
    guest = guest_by_key(actor=request.actor, ref=ref, key=key, at=request.at)
    if guest.state != Place.UNPROVEN:
        return redirect("gatherings:place", ref, key)

    def take() -> HttpResponse:
        made = prove_guest(actor=request.actor, ref=ref, key=key, at=request.at)
        return redirect("gatherings:place", made.ref, page_key(made.ref))

    def draw(**told: str) -> HttpResponse:
        return render(request, "gatherings/prove.html", {"found": guest.symposium, **told})

    return step_by_key(request, PURPOSE, take, draw)


@open_to_anyone(KEY_REASON)
@keyed
@anonymous_form(PURPOSE, most=60, seconds=3600)
def place(request: DistrictRequest, ref: str, key: str) -> HttpResponse:
    """One's own place: where it stands, and giving it back."""
    guest = guest_by_key(actor=request.actor, ref=ref, key=key, at=request.at)
    if guest.state == Place.UNPROVEN:
        raise NotFound(ref)
    found = guest.symposium
    may_withdraw = "withdraw" in PLACE_MOVES[guest.state] and found.state in COMING

    def take() -> HttpResponse:
        withdraw_guest(actor=request.actor, ref=ref, key=key, at=request.at)
        return redirect("gatherings:place", ref, key)

    def draw(**told: str) -> HttpResponse:
        context = {"guest": guest, "found": found, "may_withdraw": may_withdraw, **told}
        return render(request, "gatherings/place.html", context)

    return step_by_key(request, PURPOSE, take, draw)


@open_to_anyone(REASON)
@require_safe
def calendar(request: DistrictRequest, ref: str) -> HttpResponse:
    """The day as a calendar file."""
    found = symposium_open(actor=request.actor, ref=ref)
    if found.state == Symposium.CANCELLED:
        raise NotFound(ref)
    entry = invitations.Entry(
        uid=f"{ref}@{request.get_host().partition(':')[0]}",
        sequence=found.sequence,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        zone=ZoneInfo(found.zone),
        summary=found.title_es if get_language() == "es" else found.title_en,
        place=found.place,
        changed_at=found.state_since,
    )
    headers = {"Content-Disposition": 'attachment; filename="day.ics"'}
    file = invitations.feed(entry.summary, entry.zone, [entry])
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)


@open_to_anyone(REASON)
@require_safe
def paper(request: DistrictRequest, ref: str) -> HttpResponse:
    """The agenda on paper."""
    found = symposium_open(actor=request.actor, ref=ref)
    address = request.build_absolute_uri(reverse("gatherings:agenda", args=[ref]))
    told = {"language": get_language() or "en", "address": address, "at": request.at}
    return as_pdf(agenda_pdf(found, district=request.district.name, **told).pdf, "agenda.pdf")


def _is_open(request: DistrictRequest, found: Any) -> bool:
    return bool(found.state == Symposium.OPEN and found.starts_at > request.at)
