"""What is given in a session: the offerings with their editions, agendas and topics."""

import datetime as dt
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.content import said
from upstander.foundation.kernel.errors import NotFound
from upstander.program.materials.content.catalogue import shipped_materials
from upstander.program.training import policies
from upstander.program.training.content.kinds import kind_of
from upstander.program.training.content.offerings import TOPICS, Edition, shipped_editions
from upstander.program.training.selectors.offerings import edition_called, own_offerings, words_of
from upstander.program.training.selectors.slides import slides_named
from upstander.program.training.services.slides import name_slides
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.refusals import told_at

PLAN = "training.plan"


@needs("training.follow", "training.own_calendar")
@require_safe
def offerings(request: DistrictRequest) -> HttpResponse:
    """Every offering, the edition given today first, then the coming and the earlier ones."""
    today = policies.today(request.actor, request.at)
    by_offering = groupby(shipped_editions(), key=lambda edition: edition.offering)
    named = slides_named(actor=request.actor)
    shipped = [_offering(list(editions), today, named) for _key, editions in by_offering]
    own = [
        {**_offering(each.editions, today, named), "ref": each.offering.ref, "retired_on": each.offering.retired_on}
        for each in own_offerings(actor=request.actor)
    ]
    context = {"offerings": [*own, *shipped], "may_name": request.actor.has(PLAN)}
    return render(request, "training/offerings.html", context)


class SlidesForm(forms.Form):
    """How the district's slides are called and where they lie."""

    title = forms.CharField(
        label=gettext_lazy("Title, or the name of the document"),
        help_text=gettext_lazy("What the slides are called. Nothing about anybody."),
        max_length=80,
    )
    address = forms.CharField(
        label=gettext_lazy("Its address on the web, if it has one"),
        help_text=gettext_lazy("It begins with https://."),
        max_length=300,
        required=False,
        widget=forms.URLInput(attrs={"inputmode": "url"}),
    )


@needs(PLAN)
def slides(request: DistrictRequest, edition: str) -> HttpResponse:
    """Name the slides of one edition."""
    found = edition_called(actor=request.actor, name=edition)
    if found is None:
        raise NotFound(edition)
    now = slides_named(actor=request.actor).get(edition)
    form = SlidesForm(request.POST or None, initial={"title": now.title, "address": now.address} if now else {})
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            name_slides(actor=request.actor, edition=edition, at=request.at, **form.cleaned_data)
            messages.success(request, _("Noted. Consultants find the slides beside the edition."))
            return HttpResponseRedirect(reverse("training:offerings"))
    context = {"form": form, "edition": words_of(found)}
    return render(request, "training/slides.html", context, status=422 if form.errors else 200)


def _offering(editions: list[Edition], today: dt.date, named: Mapping[str, Any]) -> dict[str, Any]:
    newest = editions[0]
    now = next((each for each in editions if each.starts_on <= today), None)
    audiences = kind_of(newest.kind).options_of("audience")
    return {
        "title": said(newest.title),
        "ref": "",
        "retired_on": None,
        "audiences": [said(audiences[key]) for key in newest.audiences if key in audiences],
        "editions": [
            _edition(each, own=named.get(each.name), is_now=each is now, is_coming=each.starts_on > today)
            for each in editions
        ],
    }


def _edition(edition: Edition, **standing: Any) -> dict[str, Any]:
    materials = shipped_materials()
    return {
        "name": edition.name,
        "starts_on": edition.starts_on,
        "lengths": edition.lengths,
        "agenda": [
            (TOPICS[part.topic], said(part.says), list(zip(edition.lengths, part.minutes, strict=True)))
            for part in edition.agenda
        ],
        "slides": said(edition.slides) if edition.slides else "",
        "handouts": [said(materials[key].title) for key in edition.handouts],
        **standing,
    }
