"""Calendars to subscribe to: the page with their secret addresses, and the files themselves."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.engines import invitations
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training.selectors.cadre import own_membership
from upstander.program.training.selectors.calendars import Calendar, Shown, calendar_of, own_code, site_addresses
from upstander.program.training.services.calendars import end_own_feed, end_site_feed, make_own_feed, make_site_feed
from upstander.web.shared.access import DistrictRequest, needs, open_to_anyone
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.steps import pressed


@needs("training.own_calendar", "training.request")
@read_or_send
def addresses(request: DistrictRequest) -> HttpResponse:
    """My calendar and those of my sites: make an address, replace it, end it."""
    member = _membership(request)
    if request.method == "POST":
        _change(request, member)
        return HttpResponseRedirect(reverse("cadre:calendars"))
    sites = site_addresses(actor=request.actor, at=request.at) if request.actor.has("training.request") else []
    context = {
        "member": member,
        "own": _address(request, own_code(actor=request.actor, member=member)) if member else "",
        "sites": sites,
        "with_address": [(site, _address(request, site.code)) for site in sites if site.code],
        "without_address": [site for site in sites if not site.code],
    }
    return render(request, "cadre/calendars.html", context)


@open_to_anyone("calendar programs bring no session: who knows the secret address reads times and places")
@require_safe
def feed(request: DistrictRequest, code: str) -> HttpResponse:
    """A calendar file: private, out of search engines, and unchanged answers cost nothing."""
    found = calendar_of(actor=request.actor, code=code, at=request.at)
    host = urlsplit(request.build_absolute_uri()).hostname
    title = _("Staff sessions: %(site)s") % {"site": found.site_name} if found.site_name else _("My sessions")
    closed = [invitations.Closed(f"closed-{day.ref}@{host}", day.on, day.in_full) for day in found.days_out]
    text = invitations.feed(title, found.zone, [_entry(each, found, str(host)) for each in found.sessions], closed)
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    answer: HttpResponse
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["ETag"] = tag
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _membership(request: DistrictRequest) -> Any:
    try:
        return own_membership(actor=request.actor) if request.actor.has("training.own_calendar") else None
    except NotFound:
        return None


def _change(request: DistrictRequest, member: Any) -> None:
    whose, is_end = request.POST.get("whose", ""), pressed(request, "move", {"make", "end"}) == "end"
    asked: dict[str, Any] = {"actor": request.actor, "at": request.at}
    if whose == "me":
        (end_own_feed if is_end else make_own_feed)(member_ref=member.ref if member else "", **asked)
    else:
        (end_site_feed if is_end else make_site_feed)(site_ref=whose, **asked)
    made = _("This is the new address. The one before, if there was one, leads nowhere any more.")
    messages.success(request, _("Ended. The address leads nowhere any more.") if is_end else made)


def _address(request: DistrictRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("cadre:feed", args=[code])) if code else ""


def _entry(each: Shown, calendar: Calendar, host: str) -> invitations.Entry:
    place = ", ".join(part for part in (each.room, each.site_name, each.street, each.city) if part)
    if each.is_also_online:
        also = _("%(place)s; also online: %(address)s") if each.meeting else _("%(place)s; also online")
        place = also % {"place": place, "address": each.meeting}
    elif each.is_online:
        place = _("Online: %(address)s") % {"address": each.meeting} if each.meeting else _("Online")
    title = _("Staff session") if calendar.site_name else _("Staff session at %(site)s") % {"site": each.site_name}
    return invitations.Entry(
        uid=f"{each.ref}@{host}",
        sequence=each.sequence,
        starts_at=each.starts_at,
        ends_at=each.ends_at,
        zone=each.zone,
        summary=title,
        place=place,
        changed_at=each.changed_at,
        is_tentative=each.is_tentative,
        address=each.meeting,
    )
