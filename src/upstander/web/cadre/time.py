"""The forms about a member's time: the same on the member's own page and on the coordinator's."""

from functools import partial

from django.utils.translation import gettext as _

from upstander.program.training.selectors.cadre import Facts
from upstander.program.training.services.own_time import go_away, set_week
from upstander.web.cadre import forms
from upstander.web.cadre.steps import Section
from upstander.web.shared.access import DistrictRequest


def time_sections(request: DistrictRequest, facts: Facts) -> dict[str, Section]:
    """Week and days away."""
    ref = facts.line.member.ref
    week = partial(forms.WeekForm, weekly=facts.weekly, prefix="week")
    return {
        "week": Section(week, partial(_set_week, request, ref), _("Your week is saved.")),
        "away": Section(partial(forms.AwayForm, prefix="away"), partial(_go_away, request, ref), _("Noted.")),
    }


def _set_week(request: DistrictRequest, ref: str, form: forms.WeekForm) -> None:
    set_week(actor=request.actor, member_ref=ref, weekly=form.weekly(), at=request.at)


def _go_away(request: DistrictRequest, ref: str, form: forms.AwayForm) -> None:
    go_away(actor=request.actor, member_ref=ref, at=request.at, **form.cleaned_data)
