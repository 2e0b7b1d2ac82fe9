"""Organizations and their places: written, changed, and who may know an address."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.program.directory.selectors import places as selectors
from upstander.program.directory.services.organizations import change_organization, write_organization
from upstander.program.directory.services.places import change_place, decide_opening, write_place
from upstander.web.directory.forms.editing import OrganizationForm, PlaceForm
from upstander.web.directory.templatetags.directory_words import MOVES, place_name
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import pressed, version_seen
from upstander.web.shared.steps import take as take_step

EDIT, SIGN = "directory.edit", "directory.sign"
PER_PAGE = 40


@needs(EDIT)
@require_safe
def organizations(request: DistrictRequest) -> HttpResponse:
    """Every organization, with how many entries and places it has."""
    rows = Paginator(selectors.organizations_counted(actor=request.actor), PER_PAGE)
    return render(request, "directory/organizations.html", {"page": rows.get_page(request.GET.get("page"))})


@needs(EDIT)
@require_safe
def organization(request: DistrictRequest, ref: str) -> HttpResponse:
    """One organization: what is written of it, its places and its entries."""
    found = selectors.organization_by_ref(actor=request.actor, ref=ref)
    context = {
        "organization": found,
        "places": selectors.places_of(actor=request.actor, organization=found),
        "services": selectors.services_of(actor=request.actor, organization=found),
    }
    return render(request, "directory/organization.html", context)


@needs(EDIT)
@read_or_send
def new_organization(request: DistrictRequest) -> HttpResponse:
    """Write an organization down; its first entry comes next."""
    form = OrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("name", "about", "website")}
        with told_at(form):
            write_organization(actor=request.actor, at=request.at, **told)
            return redirect("directory:new")
    return _form(request, form, _("Write an organization"))


@needs(EDIT)
@read_or_send
def edit_organization(request: DistrictRequest, ref: str) -> HttpResponse:
    """Say something else of an organization."""
    found = selectors.organization_by_ref(actor=request.actor, ref=ref)
    form = OrganizationForm(request.POST or None, initial={**_told(found, OrganizationForm), "over": found.version})
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            change_organization(actor=request.actor, ref=ref, at=request.at, **form.cleaned_data)
            messages.success(request, _("Written. Readers see it once its entries were checked again."))
            return redirect("directory:organization", ref)
    return _form(request, form, found.name, (reverse("directory:organization", args=[ref]), found.name))


@needs(EDIT)
@read_or_send
def new_place(request: DistrictRequest, ref: str) -> HttpResponse:
    """A further place of an organization."""
    found = selectors.organization_by_ref(actor=request.actor, ref=ref)
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            made = write_place(actor=request.actor, organization_ref=ref, where=form.where(), at=request.at)
            written = _("Written. Choose it now in each entry that is offered there.")
            messages.success(request, str(MOVES["wished"]) if made.opening_wished_by_id else written)
            return redirect("directory:organization", ref)
    return _form(
        request,
        form,
        _("Add a place: %(name)s") % {"name": found.name},
        (reverse("directory:organization", args=[ref]), found.name),
    )


@needs(SIGN)
@require_safe
def place(request: DistrictRequest, ref: str) -> HttpResponse:
    """One place: who may know where it is, what became of it, and the decision that waits for a second person."""
    found = selectors.place_by_ref(actor=request.actor, ref=ref)
    wished_by = found.opening_wished_by_id
    context = {
        "location": found,
        "may_edit": request.actor.has(EDIT),
        "waits": wished_by is not None,
        "may_agree": wished_by not in {None, request.actor.account_id},
    }
    return render(request, "directory/place.html", context)


@needs(EDIT)
@read_or_send
def edit_place(request: DistrictRequest, ref: str) -> HttpResponse:
    """Say something else of a place. What is closed is so at once; what is opened waits for somebody else."""
    found = selectors.place_by_ref(actor=request.actor, ref=ref)
    form = PlaceForm(request.POST or None, initial={**_told(found, PlaceForm), "over": found.version})
    if request.method == "POST" and form.is_valid():
        where, over = form.where(), form.cleaned_data["over"]
        with told_at(form):
            move = change_place(actor=request.actor, ref=ref, where=where, over=over, at=request.at)
            messages.success(request, str(MOVES[move.step]))
            _tell_of_others(request, ref)
            return redirect("directory:place", ref)
    return _form(request, form, _("Change a place"), (reverse("directory:place", args=[ref]), place_name(found)))


@needs(SIGN)
@require_POST
def decide(request: DistrictRequest, ref: str) -> HttpResponse:
    """A second person agrees that anyone may know an address, or says that it stays confidential."""
    over, is_agreed = version_seen(request), pressed(request, "what", {"agree", "keep"}) == "agree"
    take_step(
        request,
        lambda: decide_opening(actor=request.actor, ref=ref, is_agreed=is_agreed, over=over, at=request.at),
        lambda move: str(MOVES[move.step]),
    )
    return redirect("directory:place", ref)


def _tell_of_others(request: DistrictRequest, ref: str) -> None:
    """Name the places that became confidential together with one."""
    closed = selectors.closed_along(actor=request.actor, ref=ref, at=request.at)
    if names := [f"{each.organization.name} ({place_name(each)})" for each in closed]:
        said = _("The same address is confidential from now on at these places, too: %(places)s.")
        messages.warning(request, said % {"places": "; ".join(names)})


def _told(record: object, form: type[Form]) -> dict[str, object]:
    """A record as its form holds it."""
    return {name: getattr(record, name) for name in form.base_fields if hasattr(record, name)}


def _form(request: DistrictRequest, form: Form, title: str, back: tuple[str, str] | None = None) -> HttpResponse:
    """The form, and the way back to an address and its name, else to the directory."""
    status = 422 if form.errors else 200
    return render(request, "directory/write.html", {"form": form, "title": title, "back": back}, status=status)
