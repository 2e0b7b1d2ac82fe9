"""The year's campaigns, those that ship and the district's own, as a page and as a calendar to subscribe to."""

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.engines.invitations import Closed
from upstander.engines.invitations import feed as calendar_file
from upstander.program.library.selectors.campaigns import campaigns_from, coming_campaigns
from upstander.program.library.selectors.observances import Coming
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.entrances import Entrance, asked, day_of, public

REASON = "When a month of awareness is, and what a school can do in it, is everyone's to know."
YEARS = 3


def calendar(request: DistrictRequest, entrance: Entrance) -> HttpResponse:
    """What is on now and what comes next, each with its kit: open while it is on, and to staff before."""
    found = coming_campaigns(**asked(request))
    kits = [(each, entrance.address("toolkit", "kit", each.key)) for each in found]
    return render(request, "toolkit/campaigns.html", {"campaigns": kits, "entrance": entrance})


@open_to_anyone(REASON)
@require_safe
def feed(request: DistrictRequest) -> HttpResponse:
    """Three years of campaigns as a calendar file: all-day entries by which nobody is taken."""
    year, host = day_of(request).year, str(urlsplit(request.build_absolute_uri()).hostname)
    found = campaigns_from(year=year, years=YEARS, **asked(request))
    days = [_entry(request, each, host) for each in found]
    text = calendar_file(_("Campaigns of the year"), ZoneInfo(request.district.zone), [], days)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return public(answer)


def _entry(request: DistrictRequest, each: Coming, host: str) -> Closed:
    page = reverse("learn:page", args=[each.page]) if each.page else reverse("toolkit:kit", args=[each.key])
    address = request.build_absolute_uri(page)
    days = (each.span.last - each.span.first).days + 1
    return Closed(f"{each.key}-{each.span.first.year}@{host}", each.span.first, each.name, days, address)
