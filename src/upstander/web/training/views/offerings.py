"""What is given in a session: the offerings with their editions, agendas and topics."""

import datetime as dt
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.program.materials.content.catalogue import shipped_materials
from upstander.program.training import policies
from upstander.program.training.content.kinds import kind_of, said
from upstander.program.training.content.offerings import TOPICS, Edition, shipped_editions
from upstander.web.shared.access import DistrictRequest, needs


@needs("training.follow", "training.own_calendar")
@require_safe
def offerings(request: DistrictRequest) -> HttpResponse:
    """Every offering, the edition given today first, then the coming and the earlier ones."""
    today = policies.today(request.actor, request.at)
    by_offering = groupby(shipped_editions(), key=lambda edition: edition.offering)
    told = [_offering(list(editions), today) for _key, editions in by_offering]
    return render(request, "training/offerings.html", {"offerings": told})


def _offering(editions: list[Edition], today: dt.date) -> dict[str, Any]:
    newest = editions[0]
    now = next((each for each in editions if each.starts_on <= today), None)
    audiences = kind_of(newest.kind).options_of("audience")
    return {
        "title": said(newest.title),
        "audiences": [said(audiences[key]) for key in newest.audiences],
        "editions": [_edition(each, is_now=each is now, is_coming=each.starts_on > today) for each in editions],
    }


def _edition(edition: Edition, **standing: bool) -> dict[str, Any]:
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
