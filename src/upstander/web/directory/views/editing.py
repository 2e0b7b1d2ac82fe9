"""The directory's editor: every entry, its last check, what readers say, and writing."""

from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from upstander.program.directory.selectors import editing as selectors
from upstander.program.directory.selectors.incoming import came_from
from upstander.program.directory.selectors.places import organizations, places_of
from upstander.program.directory.services.checking import check_service, settle_correction, withdraw_service
from upstander.program.directory.services.drafts import take_drafts
from upstander.program.directory.services.entries import write_service
from upstander.web.directory.forms.editing import LEAST_NUMBERS, CheckForm, EntryForm
from upstander.web.directory.templatetags.directory_words import place_name
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import pressed
from upstander.web.shared.steps import take as take_step

EDIT = "directory.edit"
PER_PAGE = 40
SHOWN = ("check", "drafts", "published", "units", "reports", "off")


@needs(EDIT)
@require_safe
def entries(request: DistrictRequest) -> HttpResponse:
    """The list, what waits for a check first; above it what readers say is wrong."""
    today = timezone.localdate(request.at)
    show = request.GET.get("show", "")
    show = show if show in SHOWN else SHOWN[0]
    page = Paginator(selectors.entries(actor=request.actor, show=show, on=today), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "show": show,
        "shown": SHOWN,
        "page": page,
        "lines": selectors.lines(actor=request.actor, services=page.object_list, on=today),
        "corrections": selectors.corrections(actor=request.actor)[:PER_PAGE],
    }
    return render(request, "directory/entries.html", context)


@needs(EDIT)
@require_POST
def take(request: DistrictRequest) -> HttpResponse:
    """What ships, as drafts: the units and the partners."""

    def say(count: int) -> str:
        return ngettext("%(count)s draft is new.", "%(count)s drafts are new.", count) % {"count": count}

    take_step(request, lambda: take_drafts(actor=request.actor, at=request.at), say)
    return redirect(f"{reverse('directory:entries')}?show=drafts")


@needs(EDIT)
@require_safe
def entry(request: DistrictRequest, ref: str) -> HttpResponse:
    """One entry: how it stands, what readers say, its checks, and a form for the next one."""
    line = selectors.entry_by_ref(actor=request.actor, ref=ref, on=timezone.localdate(request.at))
    context = {
        "line": line,
        "service": line.service,
        "form": CheckForm(initial={"over": line.service.stand()}),
        "checks": selectors.checks_of(actor=request.actor, service=line.service)[:PER_PAGE],
        "corrections": selectors.corrections(actor=request.actor, service=line.service),
        "remarks": selectors.remarks_on(actor=request.actor, service=line.service),
        "came_from": came_from(actor=request.actor, service=line.service),
    }
    return render(request, "directory/entry.html", context)


@needs(EDIT)
@read_or_send
def write(request: DistrictRequest) -> HttpResponse:
    """A new entry. The first one needs an organization first."""
    if not organizations(actor=request.actor).exists():
        messages.info(request, _("Please write down first who offers it."))
        return redirect("directory:new_organization")
    return _write(request, "", EntryForm(request.POST or None, **_choices(request, None)))


@needs(EDIT)
@read_or_send
def edit(request: DistrictRequest, ref: str) -> HttpResponse:
    """Change an entry. What is published stays until the change was checked."""
    found = selectors.entry_by_ref(actor=request.actor, ref=ref, on=timezone.localdate(request.at)).service
    form = EntryForm(request.POST or None, initial=_initial(found), **_choices(request, found))
    return _write(request, ref, form)


def _write(request: DistrictRequest, ref: str, form: EntryForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            over = form.cleaned_data["over"]
            made = write_service(actor=request.actor, written=form.written(), ref=ref, over=over, at=request.at)
            messages.success(request, _("Written. Readers see it once somebody has checked it."))
            return redirect("directory:entry", made.ref)
    return render(
        request,
        "directory/write.html",
        {"form": form, "title": _("Write an entry")},
        status=422 if form.errors else 200,
    )


def _choices(request: DistrictRequest, service: Any) -> dict[str, Any]:
    offered_by = [(each.ref, each.name) for each in organizations(actor=request.actor)]
    if service is None:
        return {"organizations": offered_by, "places": []}
    places = places_of(actor=request.actor, organization=service.organization)
    a_day = Counter(each.weekday for each in service.schedules.all())
    return {
        "numbers_count": max(LEAST_NUMBERS, len(service.phones.all()) + 1),
        "spans_count": max(a_day.values(), default=1),
        "organizations": offered_by,
        "places": [(each.ref, place_name(each)) for each in places],
    }


by_day = attrgetter("weekday")


def _initial(service: Any) -> dict[str, Any]:
    """The entry as its form holds it."""
    names = [name for name in EntryForm.base_fields if hasattr(service, name)]
    told = {name: getattr(service, name) for name in names}
    told |= {"organization": service.organization.ref, "over": service.version}
    told |= {"places": [each.location.ref for each in service.at_locations.all()]}
    for at, each in enumerate(service.phones.all()):
        number = f"{each.number} x{each.extension}" if each.extension else each.number
        told |= {f"number_{at}": number, f"number_kind_{at}": each.kind}
    for day, spans in groupby(sorted(service.schedules.all(), key=by_day), key=by_day):
        for span, each in enumerate(spans):
            told |= {f"opens_{day}_{span}": each.opens, f"closes_{day}_{span}": each.closes}
    return told


@needs(EDIT)
@require_POST
def check(request: DistrictRequest, ref: str) -> HttpResponse:
    """Note a check; the entry is published as it stands."""
    form = CheckForm(request.POST)
    if form.is_valid():
        told, over = form.check_told(), form.cleaned_data["over"]
        take_step(
            request,
            lambda: check_service(actor=request.actor, ref=ref, check=told, over=over, at=request.at),
            _("Noted."),
        )
    else:
        messages.error(request, _("Please answer all three questions."))
    return redirect("directory:entry", ref)


@needs(EDIT)
@require_POST
def off(request: DistrictRequest, ref: str) -> HttpResponse:
    """Off the public directory at once."""
    take_step(
        request,
        lambda: withdraw_service(actor=request.actor, ref=ref, at=request.at),
        _("Taken off. Readers do not see it any more."),
    )
    return redirect("directory:entry", ref)


@needs(EDIT)
@require_POST
def settle(request: DistrictRequest, ref: str) -> HttpResponse:
    """A reader was right, or not."""
    is_used = pressed(request, "is_used", {"yes", "no"}) == "yes"
    take_step(
        request,
        lambda: settle_correction(actor=request.actor, ref=ref, is_used=is_used, at=request.at),
        _("Settled. Thank you."),
    )
    back = request.POST.get("entry", "")
    return redirect("directory:entry", back) if back.isalnum() else redirect("directory:entries")
