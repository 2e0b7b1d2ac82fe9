"""Finding help close by: for everyone, without a cookie, complete without scripts. Nothing that is asked is kept."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.errors import NotFound
from upstander.program.directory.selectors.finding import Found, Sought, around, find, listing_by_ref, units_for
from upstander.program.directory.services.checking import send_correction
from upstander.program.facts.selectors import facts_by_key
from upstander.web.directory.forms import FindForm, WrongForm
from upstander.web.shared.access import DistrictRequest, needs, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, form_token
from upstander.web.shared.refusals import told_at

OPEN_REASON = "Whoever looks for help needs no account."
PURPOSE = "directory-wrong"
EMERGENCY = "emergency.number"
LISTENERS = ("line.crisis_988", "line.childhelp", "line.human_trafficking")


@open_to_anyone(OPEN_REASON)
@require_safe
def find_page(request: DistrictRequest) -> HttpResponse:
    """The search and what it found; the emergency lines stand above both, whatever was found."""
    form = FindForm(request.GET or None, around=around(actor=request.actor))
    found = _found(request, form)
    keys = (EMERGENCY, *LISTENERS)
    today = timezone.localdate(request.at)
    book = facts_by_key(actor=request.actor, keys=keys, language=get_language() or "en", on=today)
    context = {"form": form, "found": found, "emergency": book[EMERGENCY], "lines": book.pick(LISTENERS)}
    return render(request, "directory/find.html", context)


def _found(request: DistrictRequest, form: FindForm) -> Found:
    """What was asked for. A choice that is no longer there is left out, so that an old address still finds."""
    sought = Sought()
    if form.is_bound:
        form.is_valid()
        sought = form.sought()
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
@require_safe
def leaving(request: DistrictRequest, ref: str) -> HttpResponse:
    """Before the way leads to somebody else's site: whose it is, what it may keep, and how to come back."""
    listing = listing_by_ref(actor=request.actor, ref=ref, at=request.at).listing
    if not listing.shown["website"]:
        raise NotFound(ref)
    return render(request, "directory/leaving.html", {"listing": listing})


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
    """The department units to which schools refer, as far as they were checked."""
    return render(request, "directory/units.html", {"units": units_for(actor=request.actor, at=request.at)})
