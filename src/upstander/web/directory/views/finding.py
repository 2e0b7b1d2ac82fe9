"""Finding help close by: for everyone, without a cookie, complete without scripts. Nothing that is asked is kept."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.errors import NotFound
from upstander.program.directory.selectors.finding import (
    Found,
    Sought,
    around,
    find,
    listing_by_ref,
    takers_of_reports,
    units_for,
)
from upstander.program.directory.services.checking import send_correction
from upstander.program.facts.selectors import facts_by_key
from upstander.web.directory.forms.finding import SIGNS, FindForm, WrongForm
from upstander.web.shared.access import DistrictRequest, needs, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, asked_unseen, form_token
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at

OPEN_REASON = "Whoever looks for help needs no account."
PURPOSE = "directory-wrong"
EMERGENCY = "emergency.number"
LISTENERS = ("line.crisis_988", "line.childhelp", "line.human_trafficking")


@open_to_anyone(OPEN_REASON)
@asked_unseen
@read_or_send
def find_page(request: DistrictRequest) -> HttpResponse:
    """The search and what it found; the emergency lines stand above both, whatever was found.

    Words come by POST and are answered at once, so that they stand in no address. What is only chosen from the lists
    goes on to an address of signs: there the browser's Back button finds the same again.
    """
    form = _asked(request)
    if request.method == "POST" and not form.sought().words:
        signs = urlencode(form.signs())
        return redirect(f"{reverse('directory:find')}?{signs}" if signs else "directory:find")
    keys = (EMERGENCY, *LISTENERS)
    today = timezone.localdate(request.at)
    book = facts_by_key(actor=request.actor, keys=keys, language=get_language() or "en", on=today)
    context = {"form": form, "emergency": book[EMERGENCY], "lines": book.pick(LISTENERS)}
    return render(request, "directory/find.html", {**context, "found": _found(request, form.sought())})


def _asked(request: DistrictRequest) -> FindForm:
    """What was asked for. Words in an address are not read: nobody shall get used to them there."""
    asked = request.POST if request.method == "POST" else {name: request.GET.get(name, "") for name in SIGNS}
    form = FindForm(asked, around=around(actor=request.actor, on=timezone.localdate(request.at)))
    form.is_valid()
    return form


def _found(request: DistrictRequest, sought: Sought) -> Found:
    try:
        return find(actor=request.actor, sought=sought, at=request.at)
    except NotFound:
        return Found((), is_cut=False)


@open_to_anyone(OPEN_REASON)
@require_safe
def service(request: DistrictRequest, ref: str) -> HttpResponse:
    """One service."""
    hit = listing_by_ref(actor=request.actor, ref=ref, at=request.at)
    return render(request, "directory/service.html", {"hit": hit, "listing": hit.listing})


@open_to_anyone(OPEN_REASON)
@anonymous_form(PURPOSE, most=10, seconds=3600)
def wrong(request: DistrictRequest, ref: str) -> HttpResponse:
    """Something is wrong with an entry: an editor looks at it. Nobody is asked who they are."""
    listing = listing_by_ref(actor=request.actor, ref=ref, at=request.at).listing
    form = WrongForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            send_correction(actor=request.actor, ref=ref, at=request.at, **form.cleaned_data)
            return render(request, "directory/thanks.html", {"listing": listing})
    context = {"listing": listing, "form": form, "token": form_token(PURPOSE)}
    return render(request, "directory/wrong.html", context, status=422 if form.errors else 200)


@needs("guide.staff_door")
@require_safe
def units(request: DistrictRequest) -> HttpResponse:
    """The department units to which schools refer, and services that take reports, as far as they were checked."""
    told = {"actor": request.actor, "at": request.at}
    return render(request, "directory/units.html", {"units": units_for(**told), "takers": takers_of_reports(**told)})
