"""The units people of the Cadre come from: added, named anew, ended and taken up again."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training.policies import today
from upstander.program.training.selectors.cadre import people_by_unit, unit_by_ref, units_for
from upstander.program.training.services.units import Named, end_unit, name_unit, rename_unit, take_up_unit
from upstander.web.cadre.forms.members import NewUnitForm, RenameUnitForm
from upstander.web.cadre.steps import Section, forms_of
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take


@needs("training.coordinate")
@read_or_send
def units(request: DistrictRequest) -> HttpResponse:
    """The units people come from; a coordinator of the district adds one."""
    made, went = forms_of(request, {"unit": Section(NewUnitForm, partial(_name, request), _("Added."))})
    if went:
        return HttpResponseRedirect(reverse("cadre:units"))
    people = people_by_unit(actor=request.actor, on=today(request.actor, request.at))
    context = {
        "units": [(unit, people.get(unit.pk, 0)) for unit in units_for(actor=request.actor)],
        "form": made["unit"] if scope(request.actor, "training.coordinate").everywhere else None,
    }
    return render(request, "cadre/units.html", context, status=422 if request.method == "POST" else 200)


@needs("training.coordinate")
@read_or_send
def unit(request: DistrictRequest, ref: str) -> HttpResponse:
    """Name one anew, or end it; there is no such page for who coordinates a part of the district."""
    if not scope(request.actor, "training.coordinate").everywhere:
        raise NotFound(ref)
    found = unit_by_ref(actor=request.actor, ref=ref)
    form = RenameUnitForm(request.POST or None, stands=Named.of(found))
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            named, seen = Named(**form.typed()), form.cleaned_data["seen"]
            rename_unit(actor=request.actor, ref=ref, named=named, seen=seen, at=request.at)
            messages.success(request, _("Noted."))
            return HttpResponseRedirect(reverse("cadre:units"))
    people = people_by_unit(actor=request.actor, on=today(request.actor, request.at)).get(found.pk, 0)
    context = {"unit": found, "form": form, "people": people}
    return render(request, "cadre/unit.html", context, status=422 if form.errors else 200)


@needs("training.coordinate")
@require_POST
def end(request: DistrictRequest, ref: str) -> HttpResponse:
    """Offer it no more."""
    done = _("Ended. Who comes from it stays; you can take it up again.")
    take(request, lambda: end_unit(actor=request.actor, ref=ref, at=request.at), done)
    return HttpResponseRedirect(reverse("cadre:units"))


@needs("training.coordinate")
@require_POST
def take_up(request: DistrictRequest, ref: str) -> HttpResponse:
    """Offer it again."""
    take(request, lambda: take_up_unit(actor=request.actor, ref=ref, at=request.at), _("Taken up again."))
    return HttpResponseRedirect(reverse("cadre:units"))


def _name(request: DistrictRequest, form: NewUnitForm) -> None:
    name_unit(actor=request.actor, at=request.at, **form.cleaned_data)
