"""The catalogue: what there is, its editions, and the ledger of copies."""

from operator import itemgetter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.foundation.kernel.errors import NotFound
from upstander.program.facts.content import LINES
from upstander.program.facts.selectors import facts_by_key, shipped_entries
from upstander.program.materials.selectors import catalogue as selectors
from upstander.program.materials.selectors.holdings import holdings
from upstander.program.materials.services import catalogue as services
from upstander.program.materials.services.stock import correct_shelf, receive_copies, return_copies
from upstander.web.materials.forms import BookForm, EditionForm, LimitForm, MaterialForm, WithdrawForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take

MANAGE = "materials.manage"
PER_PAGE = 30


@needs(MANAGE)
@require_safe
def catalogue(request: DistrictRequest) -> HttpResponse:
    """Every material with what is in stock and what is out."""
    context = {
        "materials": selectors.catalogue(actor=request.actor),
        "to_take": selectors.shipped_to_take(actor=request.actor),
    }
    return render(request, "materials/catalogue.html", context)


@needs(MANAGE)
@require_POST
def take_all(request: DistrictRequest) -> HttpResponse:
    """Take in what ships."""
    take(
        request,
        lambda: services.take_shipped(actor=request.actor, at=request.at),
        lambda count: ngettext("%(count)s edition is new.", "%(count)s editions are new.", count) % {"count": count},
    )
    return redirect("materials:catalogue")


@needs(MANAGE)
@read_or_send
def add(request: DistrictRequest) -> HttpResponse:
    """A material of the district's own."""
    form = MaterialForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            made = services.add_material(actor=request.actor, told=form.described(), at=request.at)
            return redirect("materials:add_edition", made.ref)
    return render(request, "materials/add.html", {"form": form}, status=422 if form.errors else 200)


@needs(MANAGE)
@require_safe
def material(request: DistrictRequest, ref: str) -> HttpResponse:
    """One material: editions, where the copies are, and every booking."""
    return _page(request, ref)


@needs(MANAGE)
@read_or_send
def add_one_edition(request: DistrictRequest, ref: str) -> HttpResponse:
    """A new edition, with the facts of the one before already ticked."""
    found = selectors.material_by_ref(actor=request.actor, ref=ref)
    before = found.editions[0].edition if found.editions else None
    form = EditionForm(
        request.POST or None,
        facts=_fact_names(request),
        initial={"edition_on": timezone.localdate(request.at), "prints": list(before.prints) if before else []},
    )
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            services.add_edition(actor=request.actor, ref=ref, at=request.at, **form.cleaned_data)
            return redirect("materials:material", ref)
    context = {"form": form, "material": found.material}
    return render(request, "materials/edition.html", context, status=422 if form.errors else 200)


@needs(MANAGE)
@require_POST
def limit(request: DistrictRequest, ref: str) -> HttpResponse:
    """Another limit per site and school year."""
    form = LimitForm(request.POST)
    if form.is_valid():
        with told_at(form):
            services.set_limit(actor=request.actor, ref=ref, at=request.at, **form.cleaned_data)
            return redirect("materials:material", ref)
    return _page(request, ref, limit=form)


@needs(MANAGE)
@read_or_send
def retire(request: DistrictRequest, ref: str) -> HttpResponse:
    """Ask once more, then offer it no more."""
    if request.method != "POST":
        found = selectors.material_by_ref(actor=request.actor, ref=ref)
        told = {"material": found.material, "back": reverse("materials:material", args=[ref])}
        return render(request, "materials/retire.html", told)
    take(
        request,
        lambda: services.retire_material(actor=request.actor, ref=ref, at=request.at),
        _("Retired. It is offered no more; what sites hold stays there."),
    )
    return redirect("materials:material", ref)


@needs(MANAGE)
@require_POST
def offer_again(request: DistrictRequest, ref: str) -> HttpResponse:
    """Offer again what was retired."""
    take(
        request,
        lambda: services.offer_again(actor=request.actor, ref=ref, at=request.at),
        _("It is offered again, with the copies that are there."),
    )
    return redirect("materials:material", ref)


@needs(MANAGE)
@read_or_send
def book(request: DistrictRequest, ref: str) -> HttpResponse:
    """Copies received, counted or returned."""
    held = holdings(actor=request.actor, edition_ref=ref)
    found, edition = _edition(request, ref)
    form = BookForm(request.POST or None, sites=[(each.site.ref, f"{each.site.name} ({each.count})") for each in held])
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            _booked(request, ref, form.cleaned_data)
            return redirect("materials:material", found.material.ref)
    context = {"form": form, "material": found.material, "edition": edition}
    return render(request, "materials/book.html", context, status=422 if form.errors else 200)


@needs(MANAGE)
@read_or_send
def withdraw(request: DistrictRequest, ref: str) -> HttpResponse:
    """Send an edition no more; whoever holds copies is asked to take them away."""
    found, edition = _edition(request, ref)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        take(
            request,
            lambda: services.withdraw_edition(actor=request.actor, edition_ref=ref, reason=reason, at=request.at),
            lambda count: (
                ngettext("Withdrawn. %(count)s site is asked.", "Withdrawn. %(count)s sites are asked.", count)
                % {"count": count}
            ),
        )
        return redirect("materials:material", found.material.ref)
    context = {
        "form": form,
        "material": found.material,
        "edition": edition,
        "held": holdings(actor=request.actor, edition_ref=ref),
    }
    return render(request, "materials/withdraw.html", context, status=422 if form.errors else 200)


def _page(request: DistrictRequest, ref: str, **forms: Any) -> HttpResponse:
    found = selectors.material_by_ref(actor=request.actor, ref=ref)
    moved = Paginator(selectors.movements_of(actor=request.actor, material=found.material), PER_PAGE)
    names = dict(_fact_names(request))
    context = {
        "found": found,
        "material": found.material,
        "editions": [(each, [names.get(key, key) for key in each.edition.prints]) for each in found.editions],
        "fact_names": names,
        "page": moved.get_page(request.GET.get("page")),
        "limit": LimitForm(initial={"most": found.material.most_per_site}),
        **forms,
    }
    return render(request, "materials/material.html", context, status=422 if forms else 200)


def _edition(request: DistrictRequest, ref: str) -> tuple[selectors.Listed, Any]:
    for found in selectors.catalogue(actor=request.actor):
        for each in found.editions:
            if each.edition.ref == ref:
                return found, each
    raise NotFound(ref)


def _booked(request: DistrictRequest, ref: str, told: dict[str, Any]) -> None:
    who = {"actor": request.actor, "edition_ref": ref, "count": told["count"], "at": request.at}
    match told["what"]:
        case "received":
            receive_copies(**who)
        case "counted":
            correct_shelf(**who, reason=told["reason"])
        case _:
            return_copies(**who, site_ref=told["site"])


def _fact_names(request: DistrictRequest) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every fact by its name: numbers to call first, since most prints hold nothing else that changes."""
    keys, on = shipped_entries(), timezone.localdate(request.at)
    book = facts_by_key(actor=request.actor, keys=keys, language=get_language() or "en", on=on)
    named = sorted(((_fact_name(fact), fact) for fact in book.pick(keys)), key=itemgetter(0))
    lines = [(fact.key, name) for name, fact in named if fact.kind in LINES]
    others = [(fact.key, name) for name, fact in named if fact.kind not in LINES]
    return [(_("Numbers to call"), lines), (_("Rules and practice"), others)]


def _fact_name(fact: Any) -> str:
    return f"{fact.label}: {fact.value}" if fact.value else str(fact.label)
