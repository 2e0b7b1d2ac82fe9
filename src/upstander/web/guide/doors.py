"""The staff side of the guide: the doors of the sites, and the local rule a district adopts."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.foundation.documents.pictures import qr
from upstander.foundation.kernel.errors import NotFound, Refused
from upstander.program.guidance.selectors import guide as selectors
from upstander.program.guidance.services import doors as services
from upstander.program.law import services as law
from upstander.program.law.selectors import adopted_rule, county_pack, has_newer_rule
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.entrances import day_of
from upstander.web.shared.methods import read_or_send


@needs("guide.open_door")
@require_safe
def doors(request: DistrictRequest) -> HttpResponse:
    """Which sites have an open staff door."""
    return render(request, "guide/doors.html", {"doors": selectors.doors_for(actor=request.actor, on=day_of(request))})


@needs("guide.open_door")
@require_POST
def open_one(request: DistrictRequest, site_ref: str) -> HttpResponse:
    """A new code for a site; the old sheet stops working."""
    services.open_door(actor=request.actor, site_ref=site_ref, at=request.at)
    messages.success(request, _("The door has a new code. Print the sheet and take the old one down."))
    return HttpResponseRedirect(reverse("guide:door_sheet", args=[site_ref]))


@needs("guide.open_door")
@require_POST
def close_one(request: DistrictRequest, site_ref: str) -> HttpResponse:
    """No code for a site any more."""
    services.close_door(actor=request.actor, site_ref=site_ref, at=request.at)
    messages.success(request, _("The door is closed. The printed code no longer works."))
    return HttpResponseRedirect(reverse("guide:doors"))


@needs("guide.open_door")
@require_safe
def sheet(request: DistrictRequest, site_ref: str) -> HttpResponse:
    """A sheet for the staff room, with the code as QR and as an address."""
    found = selectors.doors_for(actor=request.actor, on=day_of(request))
    row = next((door for door in found if door.site_ref == site_ref), None)
    if row is None or not row.code:
        raise NotFound("door")
    address = request.build_absolute_uri(reverse("guide:door_first", args=[row.code]))
    picture = mark_safe(qr(address))  # noqa: S308 - drawn by us from an address of ours
    return render(request, "guide/door_sheet.html", {"door": row, "address": address, "qr": picture})


@needs("law.adopt")
@read_or_send
def rule(request: DistrictRequest) -> HttpResponse:
    """Which local rule staff may walk: adopt the county's, or end its use."""
    if request.method == "POST":
        return _change_rule(request)
    on = day_of(request)
    context = {
        "county": county_pack(actor=request.actor, on=on),
        "held": adopted_rule(actor=request.actor, on=on),
        "has_newer": has_newer_rule(actor=request.actor, on=on),
    }
    return render(request, "guide/rule.html", context)


def _change_rule(request: DistrictRequest) -> HttpResponse:
    """Take the step the coordinator chose; a refusal is told on the page it came from."""
    chosen = request.POST.get("rule", "")
    try:
        if chosen:
            pack, _dot, key = chosen.partition(":")
            law.adopt_rule_set(actor=request.actor, pack=pack, rule=key, starts_on=day_of(request), at=request.at)
        else:
            law.end_rule_set(actor=request.actor, ends_on=day_of(request), at=request.at)
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("guide:rule"))
