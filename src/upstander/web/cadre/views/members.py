"""The coordinator's pages: the Cadre as a list, and one member with everything that holds of them."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.district.people.selectors import person_by_staff_number
from upstander.district.places.selectors import regions_on, sites_for
from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.errors import Invalid
from upstander.program.training import policies
from upstander.program.training.selectors.cadre import (
    Facts,
    cadre_for,
    colleagues_of,
    facts_of,
    gone_for,
    member_for,
    units_for,
)
from upstander.program.training.selectors.connected import connected_calendar
from upstander.program.training.selectors.own_work import recent_swaps
from upstander.program.training.services.cadre import join_cadre
from upstander.program.training.services.members import hold_fact, let_come_again, set_limits
from upstander.program.training.services.taking_back import take_back_fact
from upstander.web.cadre.forms import members as forms
from upstander.web.cadre.steps import Section, forms_of
from upstander.web.cadre.time import time_sections
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.steps import take


@needs("training.coordinate")
@require_safe
def cadre(request: DistrictRequest) -> HttpResponse:
    """Who belongs to the Cadre, how much they carry, and what needs attention."""
    region = request.GET.get("region", "")
    on = policies.today(request.actor, request.at)
    lines = cadre_for(actor=request.actor, at=request.at, region_ref=region)
    context = {
        "lines": lines,
        "look": [line for line in lines if line.misfits or line.endings],
        "gone": gone_for(actor=request.actor, at=request.at),
        "regions": regions_on(actor=request.actor, on=on),
        "region": region,
        "swaps": recent_swaps(actor=request.actor, members=[line.member for line in lines], at=request.at),
        "may_add": scope(request.actor, "training.coordinate").everywhere,
    }
    return render(request, "cadre/cadre.html", context)


@needs("training.coordinate")
@read_or_send
def member(request: DistrictRequest, ref: str) -> HttpResponse:
    """One member: what holds of them, when they can be asked, what they hold; each with its form."""
    found = member_for(actor=request.actor, ref=ref, at=request.at)
    facts = facts_of(actor=request.actor, member=found, at=request.at)
    sections = {**_fact_sections(request, found), **_mistake_section(request, facts), **time_sections(request, facts)}
    made, went = forms_of(request, sections)
    if went:
        return HttpResponseRedirect(reverse("cadre:member", args=[ref]))
    refused = request.method == "POST"
    context = {
        "facts": facts,
        "member": found,
        "forms": made,
        "connected": connected_calendar(actor=request.actor, member=found, at=request.at),
        "today": policies.today(request.actor, request.at),
    }
    return render(request, "cadre/member.html", context, status=422 if refused else 200)


@needs("training.coordinate")
@require_POST
def come_again(request: DistrictRequest, ref: str) -> HttpResponse:
    """End that a consultant does not come to a site."""
    asked = {"actor": request.actor, "member_ref": ref, "apart_ref": request.POST.get("apart", ""), "at": request.at}
    take(request, lambda: let_come_again(**asked), _("Ended. They may be asked for this site again."))
    return HttpResponseRedirect(reverse("cadre:member", args=[ref]))


@needs("training.coordinate")
@read_or_send
def join(request: DistrictRequest) -> HttpResponse:
    """Add a person of the staff to the Cadre."""
    on = policies.today(request.actor, request.at)
    sites = sites_for(actor=request.actor, on=on, capability="training.coordinate")
    section = Section(
        partial(forms.JoinForm, sites=sites), partial(_join, request), _("Added. Please say where they belong.")
    )
    made, went = forms_of(request, {"join": section})
    if went:
        return HttpResponseRedirect(reverse("cadre:cadre"))
    context = {"form": made["join"], "may_hire": request.actor.has("people.load")}
    return render(request, "cadre/join.html", context, status=422 if request.method == "POST" else 200)


def _fact_sections(request: DistrictRequest, member: Any) -> dict[str, Section]:
    actor, on = request.actor, policies.today(request.actor, request.at)
    regions = [(region.ref, region.name) for region in regions_on(actor=actor, on=on)]
    named = "name_es" if get_language() == "es" else "name_en"
    units = [(unit.ref, getattr(unit, named)) for unit in units_for(actor=actor) if unit.ended_on is None]
    sites = list(sites_for(actor=actor, on=on))
    colleagues = [(each.ref, each.person.full_name) for each in colleagues_of(actor=actor, member=member, on=on)]
    makers: dict[str, Any] = {
        "region": partial(forms.RegionForm, regions=regions, today=on, prefix="region"),
        "unit": partial(forms.UnitForm, units=units, today=on, prefix="unit"),
        "credential": partial(forms.CredentialForm, today=on, prefix="credential"),
        "release": partial(forms.ReleaseForm, today=on, prefix="release"),
        "skill": partial(forms.SkillForm, today=on, prefix="skill"),
        "base": partial(forms.BaseForm, sites=sites, today=on, prefix="base"),
        "apart": partial(forms.ApartForm, sites=[(site.ref, site.name) for site in sites], today=on, prefix="apart"),
    }
    hold, done = partial(_hold, request, member.ref), _("Noted.")
    sections = {name: Section(make, hold, done) for name, make in makers.items()}
    limits = partial(forms.LimitsForm, member=member, colleagues=colleagues, prefix="limits")
    return {**sections, "limits": Section(limits, partial(_limit, request, member.ref), done)}


def _mistake_section(request: DistrictRequest, facts: Facts) -> dict[str, Section]:
    """What can be taken back; nothing where nothing is on file."""
    ref = facts.line.member.ref
    known = [
        *((f"release:{row.ref}", f"{_('Release')}: {row.released_by.full_name}", row) for row in facts.releases),
        *((f"credential:{row.ref}", f"{_('Credential')}: {row.issuer}", row) for row in facts.credentials),
        *((f"skill:{row.ref}", f"{row.get_offering_display()}: {row.get_part_display()}", row) for row in facts.skills),
    ]
    choices = [(key, f"{name}, {_days(row)}") for key, name, row in known]
    make = partial(forms.MistakeForm, facts=choices, prefix="mistake")
    section = Section(make, partial(_take_back, request, ref), _("Taken back. It stays on record that it was entered."))
    return {"mistake": section} if known else {}


def _days(row: Any) -> str:
    last = date_format(row.ends_on - forms.ONE_DAY, "SHORT_DATE_FORMAT") if row.ends_on else _("without end")
    return f"{date_format(row.starts_on, 'SHORT_DATE_FORMAT')} – {last}"


def _take_back(request: DistrictRequest, ref: str, form: forms.MistakeForm) -> None:
    take_back_fact(actor=request.actor, member_ref=ref, at=request.at, **form.told())


def _hold(request: DistrictRequest, ref: str, form: forms.FactForm) -> None:
    hold_fact(
        actor=request.actor,
        member_ref=ref,
        what=form.what(),
        starts_on=form.cleaned_data["starts_on"],
        ends_on=form.ends_on,
        at=request.at,
    )


def _limit(request: DistrictRequest, ref: str, form: forms.LimitsForm) -> None:
    limits, seen = form.limits(), form.cleaned_data["seen"]
    set_limits(actor=request.actor, member_ref=ref, limits=limits, seen=seen, at=request.at)


def _join(request: DistrictRequest, form: forms.JoinForm) -> None:
    person = person_by_staff_number(actor=request.actor, staff_number=form.cleaned_data["staff_number"])
    if person is None:
        raise Invalid(_("Nobody of the staff has this number. Please look at it again."), "staff_number")
    join_cadre(actor=request.actor, person=person, joining=form.joining(), at=request.at)
