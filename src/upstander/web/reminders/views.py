"""The schedule of reminders, what it would bring on a day, what it brought, and who has to be told in person."""

import datetime as dt
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.errors import NotFound
from upstander.program.compliance.selectors.reminder_mail import mail_text
from upstander.program.compliance.selectors.reminder_plan import PAGE, reminder_for, reminder_preview
from upstander.program.compliance.selectors.reminders import (
    digests_sent,
    next_mail_day,
    reminder_log,
    schedule_in_force,
    unreached_people,
)
from upstander.program.compliance.services import set_schedule
from upstander.web.reminders.forms import PreviewForm, ScheduleForm, shown
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import pressed

LANGUAGES = ("en", "es")
LOG_DAYS = dt.timedelta(days=60)


@needs("requirements.manage")
@read_or_send
def schedule(request: DistrictRequest) -> HttpResponse:
    """What is set, and the form that sets it; `move` says whether people are reminded from then on."""
    in_force = schedule_in_force(actor=request.actor)
    form = ScheduleForm(request.POST or None, initial=shown(in_force.schedule))
    if request.method == "POST" and form.is_valid():
        if request.POST.get("move") == "look":
            typed = urlencode({name: request.POST.get(name, "") for name in form.fields})
            return HttpResponseRedirect(f"{reverse('reminders:preview')}?{typed}")
        if _set(request, form):
            return HttpResponseRedirect(reverse("reminders:schedule"))
    day = next_mail_day(actor=request.actor, after=timezone.localdate(request.at))
    context = {"form": form, "in_force": in_force, "day": day}
    return render(request, "reminders/schedule.html", context, status=422 if form.errors else 200)


def _set(request: DistrictRequest, form: ScheduleForm) -> bool:
    is_on = pressed(request, "move", {"on", "off"}) == "on"
    with told_at(form):
        set_schedule(actor=request.actor, schedule=form.schedule(), is_on=is_on, at=request.at)
        said = _("Saved. People are reminded by this schedule.") if is_on else _("Saved. Nobody is reminded.")
        messages.success(request, said)
        return True
    return False


@needs("requirements.manage")
@require_safe
def preview(request: DistrictRequest) -> HttpResponse:
    """What a day would bring by the schedule in the address, saved or not. Nothing is sent by looking."""
    form = _asked(request)
    if not form.is_valid():
        return render(request, "reminders/preview.html", {"form": form}, status=422)
    page = request.GET.get("page", "1")
    number = int(page) if page.isdecimal() and 0 < len(page) < 6 and int(page) else 1
    found = reminder_preview(actor=request.actor, schedule=form.schedule(), on=form.cleaned_data["on"], page=number)
    listed = Paginator(range(found.counts["mailed"]), PAGE).get_page(number)
    context = {"form": form, "found": found, "page": listed, "on": form.cleaned_data["on"]}
    return render(request, "reminders/preview.html", context)


@needs("requirements.manage")
@require_safe
def mail(request: DistrictRequest, ref: str) -> HttpResponse:
    """The very mail that one person would get, in both languages."""
    form = _asked(request)
    if not form.is_valid():
        raise NotFound(ref)
    on = form.cleaned_data["on"]
    told = reminder_for(actor=request.actor, schedule=form.schedule(), on=on, ref=ref)
    if told is None:
        raise NotFound(ref)
    address = request.build_absolute_uri("/").rstrip("/")
    said = {"actor": request.actor, "told": told, "on": on, "site_address": address}
    texts = [(code, *mail_text(**said, language=code)) for code in LANGUAGES]
    return render(request, "reminders/mail.html", {"told": told, "texts": texts, "on": on})


@needs("requirements.manage")
@require_safe
def log(request: DistrictRequest) -> HttpResponse:
    """How many mails went out on which day, and the newest lines: who, of what, and why not."""
    since = timezone.localdate(request.at) - LOG_DAYS
    context = {
        "days": digests_sent(actor=request.actor, since=since),
        "lines": reminder_log(actor=request.actor, language=get_language() or "en"),
    }
    return render(request, "reminders/log.html", context)


@needs("people.read")
@require_safe
def in_person(request: DistrictRequest) -> HttpResponse:
    """Who has no mail address and something to do, by site: somebody who knows them tells them."""
    today = timezone.localdate(request.at)
    people = unreached_people(actor=request.actor, on=today, language=get_language() or "en")
    return render(request, "reminders/in_person.html", {"people": people})


def _asked(request: DistrictRequest) -> PreviewForm:
    """The form as the address fills it; what it does not say is as set, and the day is the next with mail."""
    today = timezone.localdate(request.at)
    day = next_mail_day(actor=request.actor, after=today) or today
    usual = shown(schedule_in_force(actor=request.actor).schedule, on=day.isoformat())
    given = request.GET.dict() if "from_hour" in request.GET else {}
    on = {"on": request.GET["on"]} if "on" in request.GET else {}
    return PreviewForm({**usual, **given, **on})
