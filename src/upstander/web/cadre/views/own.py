"""A member's own pages: what comes, when they can be asked, what they have held."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.program.training import policies
from upstander.program.training.selectors.cadre import facts_of, own_membership
from upstander.program.training.selectors.connected import connected_calendar
from upstander.program.training.selectors.own_work import Held, asked_of_me, coming_work, hours_of
from upstander.program.training.services.busy_files import forget_busy_file
from upstander.program.training.services.own_time import come_back
from upstander.web.cadre.membership import about_own_place
from upstander.web.cadre.steps import forms_of
from upstander.web.cadre.time import time_sections
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.papers import as_csv


@needs("training.own_calendar")
@read_or_send
@about_own_place
def my_time(request: DistrictRequest) -> HttpResponse:
    """My coming sessions, what colleagues ask, my week, my days away, my busy times."""
    member = own_membership(actor=request.actor)
    facts = facts_of(actor=request.actor, member=member, at=request.at)
    made, went = forms_of(request, time_sections(request, facts))
    if went:
        return HttpResponseRedirect(reverse("cadre:my_time"))
    context = {
        "facts": facts,
        "member": member,
        "forms": made,
        "today": policies.today(request.actor, request.at),
        "connected": connected_calendar(actor=request.actor, member=member, at=request.at),
        "can_connect": policies.can_connect(),
        "coming": coming_work(actor=request.actor, member=member, at=request.at),
        "asked": asked_of_me(actor=request.actor, at=request.at),
    }
    return render(request, "cadre/my_time.html", context, status=422 if request.method == "POST" else 200)


@needs("training.own_calendar")
@require_safe
@about_own_place
def hours(request: DistrictRequest) -> HttpResponse:
    """My hours by month, with the way there and back."""
    member = own_membership(actor=request.actor)
    months = hours_of(actor=request.actor, member=member, at=request.at)
    return render(request, "cadre/hours.html", {"months": months})


@needs("training.own_calendar")
@require_safe
@about_own_place
def hours_file(request: DistrictRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    member = own_membership(actor=request.actor)
    months = hours_of(actor=request.actor, member=member, at=request.at)
    head = [_("Day"), _("From"), _("Until"), _("Site"), _("Minutes"), _("Minutes on the way"), _("As")]
    return as_csv("hours.csv", head, (_hours_row(each) for month in months for each in month.held))


def _hours_row(held: Held) -> tuple[object, ...]:
    times = (f"{time:%H:%M}" if time else "" for time in (held.starts, held.ends))
    return (held.on.isoformat(), *times, held.site_name, held.minutes, held.travel_minutes, held.role_word)


@needs("training.own_calendar", "training.coordinate")
@require_POST
def back(request: DistrictRequest, ref: str) -> HttpResponse:
    """Take days away back."""
    come_back(actor=request.actor, member_ref=ref, away_ref=request.POST.get("away", ""), at=request.at)
    messages.success(request, _("Taken back."))
    return _where_from(request, ref)


@needs("training.own_calendar", "training.coordinate")
@require_POST
def forget_file(request: DistrictRequest, ref: str) -> HttpResponse:
    """Delete the busy times that came from a calendar file."""
    forget_busy_file(actor=request.actor, member_ref=ref, at=request.at)
    messages.success(request, _("Deleted."))
    return _where_from(request, ref)


def _where_from(request: DistrictRequest, ref: str) -> HttpResponse:
    is_own = request.POST.get("own") == "yes"
    return HttpResponseRedirect(reverse("cadre:my_time") if is_own else reverse("cadre:member", args=[ref]))
