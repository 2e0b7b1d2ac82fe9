"""Evenings for those who follow their sites: what they carry, the invitation in three forms, and how many came."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.foundation.kernel.errors import NotFound
from upstander.program.gatherings.content.invitations import Invitation, message_of
from upstander.program.gatherings.selectors.evenings import EveningPage, evening_page, evenings_followed, invitation_to
from upstander.program.gatherings.selectors.papers import letter_pdf
from upstander.program.gatherings.services.evenings import Arrangement, arrange_evening, note_held
from upstander.web.gatherings.forms import ArrangementForm, HeldForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.papers import as_pdf
from upstander.web.shared.refusals import told_at

PER_PAGE = 50


@needs("training.follow")
@require_safe
def evenings(request: DistrictRequest) -> HttpResponse:
    """The evenings at one's sites, the latest in front."""
    found = Paginator(evenings_followed(actor=request.actor, at=request.at), PER_PAGE)
    return render(request, "gatherings/evenings.html", {"page": found.get_page(request.GET.get("page"))})


@needs("training.follow")
def evening(request: DistrictRequest, ref: str) -> HttpResponse:
    """One evening: what it carries can be changed until it was held."""
    found = evening_page(actor=request.actor, ref=ref, at=request.at)
    form = _arrangement_form(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        settled, seen = form.arrangement(), form.cleaned_data["seen"]
        with told_at(form):
            arrange_evening(actor=request.actor, ref=ref, arrangement=settled, seen=seen, at=request.at)
            messages.success(request, _("Noted. The invitation says so from now on."))
            return HttpResponseRedirect(reverse("gatherings:evening", args=[ref]))
    return _page(request, found, form=form)


@needs("training.coordinate")
@require_POST
def held(request: DistrictRequest, ref: str) -> HttpResponse:
    """How many came: the evening counts for the school from then on."""
    found, form = evening_page(actor=request.actor, ref=ref, at=request.at), HeldForm(request.POST)
    if form.is_valid():
        told = {"counted": form.cleaned_data["counted"], "initials": form.cleaned_data["initials"].upper()}
        with told_at(form):
            note_held(actor=request.actor, ref=ref, at=request.at, **told)
            messages.success(request, _("Noted. The evening counts for the school."))
            return HttpResponseRedirect(reverse("gatherings:evening", args=[ref]))
    return _page(request, found, form=_arrangement_form(found), held_form=form)


@needs("training.follow")
@require_safe
def letter(request: DistrictRequest, ref: str) -> HttpResponse:
    """The invitation on paper: the page's language in front, the other behind."""
    found = evening_page(actor=request.actor, ref=ref, at=request.at)
    if found.evening is None:
        raise NotFound(ref)
    shown = invitation_to(actor=request.actor, ref=found.evening.ref, at=request.at)
    drawn = letter_pdf(shown, district=request.district.name, addresses=_addresses(request, shown), at=request.at)
    return as_pdf(drawn.pdf, "invitation.pdf")


def _page(request: DistrictRequest, found: EveningPage, **forms: Any) -> HttpResponse:
    shown = _invitation(request, found)
    addresses = _addresses(request, shown) if shown else {}
    names = dict(settings.LANGUAGES)
    context = {
        "found": found,
        "is_over": found.session.ends_at <= request.at,
        "may_count": request.actor.has("training.coordinate"),
        "shown": shown,
        "messages_ready": [
            (code, names[code], message_of(shown, code, address)) for code, address in addresses.items() if shown
        ],
        "held_form": HeldForm(),
        **forms,
    }
    failed = any(form.errors for form in forms.values())
    return render(request, "gatherings/evening.html", context, status=422 if failed else 200)


def _invitation(request: DistrictRequest, found: EveningPage) -> Invitation | None:
    """The invitation once there is one: a day nobody confirmed is told to no family."""
    if found.evening is None:
        return None
    try:
        return invitation_to(actor=request.actor, ref=found.evening.ref, at=request.at)
    except NotFound:
        return None


def _addresses(request: DistrictRequest, shown: Invitation) -> dict[str, str]:
    """The page for families in each language, the reader's own first."""
    first = translation.get_language() or settings.LANGUAGE_CODE
    codes = [first, *(code for code, _name in settings.LANGUAGES if code != first)]
    found = {}
    for code in codes:
        with translation.override(code):
            found[code] = request.build_absolute_uri(reverse("gatherings:invitation", args=[shown.ref]))
    return found


def _arrangement_form(found: EveningPage, data: Any = None) -> ArrangementForm:
    if found.evening is not None:
        return ArrangementForm(data, stands=Arrangement.of(found.evening))
    answers = found.request.answers
    asked = [code for code in answers.get("interpreter", []) if code != "other"]
    wished = {
        "care_places": 10 if answers.get("care") else 0,
        "care_from": 3,
        "care_until": 11,
        "interpreters": ["ase" if code == "asl" else code for code in asked],
        "phone": found.request.site.phone,
    }
    return ArrangementForm(data, initial=wished)
