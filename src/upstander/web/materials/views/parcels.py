"""Packing what a request asks for: what is open, what is on the shelf, and the list on top."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.program.materials.selectors.papers import packing_pdf
from upstander.program.materials.selectors.parcels import (
    materials_request,
    parcel_by_ref,
    parcels_of,
    shelves_of,
    wanted_of,
)
from upstander.program.materials.services.parcels import send_parcel
from upstander.program.training.states import IN_QUEUE
from upstander.web.materials.forms import PackForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.papers import as_pdf
from upstander.web.shared.refusals import told_at


@needs("training.coordinate")
@read_or_send
def pack(request: DistrictRequest, ref: str) -> HttpResponse:
    """What is open, with what could be sent for it; and the parcels so far."""
    asked = materials_request(actor=request.actor, ref=ref, at=request.at)
    shelves = shelves_of(actor=request.actor, request=asked) if asked.state in IN_QUEUE else []
    form = PackForm(request.POST or None, shelves=shelves, initial={"how": asked.answers.get("delivery")})
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            sent = send_parcel(actor=request.actor, request_ref=ref, packed=form.packed(), at=request.at)
            messages.success(request, _("Sent. Whoever asked gets a mail."))
            return redirect("materials:parcel", sent.ref)
    context = {
        "asked": asked,
        "form": form,
        "is_open": asked.state in IN_QUEUE,
        "lines": wanted_of(actor=request.actor, request=asked),
        "parcels": parcels_of(actor=request.actor, request=asked),
    }
    return render(request, "materials/pack.html", context, status=422 if form.errors else 200)


@needs("training.coordinate")
@require_safe
def parcel(request: DistrictRequest, ref: str) -> HttpResponse:
    """One parcel: what is in it, and its list to print."""
    found = parcel_by_ref(actor=request.actor, ref=ref, at=request.at)
    context = {
        "parcel": found,
        "asked": found.request,
        "movements": found.movements.select_related("edition__material").order_by("id"),
        "lines": wanted_of(actor=request.actor, request=found.request),
    }
    return render(request, "materials/parcel.html", context)


@needs("training.coordinate")
@require_safe
def parcel_pdf(request: DistrictRequest, ref: str) -> HttpResponse:
    """The packing list."""
    found = parcel_by_ref(actor=request.actor, ref=ref, at=request.at)
    return as_pdf(packing_pdf(actor=request.actor, parcel=found, language=get_language() or "en").pdf, "list.pdf")
