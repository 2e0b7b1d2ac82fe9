"""The forms about a member's time: the same on the member's own page and on the coordinator's."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from upstander.engines.calendar_files import MOST_BYTES
from upstander.program.training.selectors.cadre import Facts
from upstander.program.training.services.busy_files import read_busy_file
from upstander.program.training.services.own_time import go_away, offer_hours, set_week
from upstander.web.cadre.forms import own_time as forms
from upstander.web.cadre.steps import Section
from upstander.web.shared.access import DistrictRequest


def time_sections(request: DistrictRequest, facts: Facts) -> dict[str, Section]:
    """Week, days unlike it, busy times."""
    ref = facts.line.member.ref
    week = partial(forms.WeekForm, weekly=facts.weekly, prefix="week")
    read = partial(_read_file, request, ref)
    return {
        "week": Section(week, partial(_set_week, request, ref), _("Your week is saved.")),
        "offer": Section(partial(forms.OfferForm, prefix="offer"), partial(_offer, request, ref), _("Noted.")),
        "away": Section(partial(forms.AwayForm, prefix="away"), partial(_go_away, request, ref), _("Noted.")),
        "busy": Section(partial(_busy_form, request), read, _("Read. The file is not kept.")),
    }


def _set_week(request: DistrictRequest, ref: str, form: forms.WeekForm) -> None:
    weekly, seen = form.weekly(), form.cleaned_data["seen"]
    set_week(actor=request.actor, member_ref=ref, weekly=weekly, seen=seen, at=request.at)


def _go_away(request: DistrictRequest, ref: str, form: forms.AwayForm) -> None:
    go_away(actor=request.actor, member_ref=ref, at=request.at, **form.cleaned_data)


def _offer(request: DistrictRequest, ref: str, form: forms.OfferForm) -> None:
    offer_hours(actor=request.actor, member_ref=ref, at=request.at, **form.cleaned_data)


def _busy_form(request: DistrictRequest, data: Any) -> forms.BusyForm:
    return forms.BusyForm(data, request.FILES if data else None, prefix="busy")


def _read_file(request: DistrictRequest, ref: str, form: forms.BusyForm) -> None:
    data = form.cleaned_data["file"].read(MOST_BYTES + 1)
    read_busy_file(actor=request.actor, member_ref=ref, data=data, at=request.at)
