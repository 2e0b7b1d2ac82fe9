"""The wish list as its keeper sees it: write, follow promises, confirm what came."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from upstander.program.materials.selectors import wishes as selectors
from upstander.program.materials.services.gifts import receive_gift, receive_unwished
from upstander.program.materials.services.pledges import receive_pledge
from upstander.program.materials.services.wishes import Where, correct_place, end_wish, name_place, write_wish
from upstander.web.materials.wish_forms import GiftForm, PlaceForm, ReceivedForm, UnwishedForm, WishForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take

MANAGE = "materials.manage"
PER_PAGE = 30


@needs(MANAGE)
@require_safe
def wishes(request: DistrictRequest) -> HttpResponse:
    """Every wish with what came and what is promised."""
    page = Paginator(selectors.all_wishes(actor=request.actor), PER_PAGE).get_page(request.GET.get("page"))
    lines = [selectors.line(wish) for wish in page.object_list]
    context = {
        "page": page,
        "lines": lines,
        "places": selectors.places(actor=request.actor),
        "today": timezone.localdate(request.at),
    }
    return render(request, "materials/wishes.html", context)


@needs(MANAGE)
@read_or_send
def write(request: DistrictRequest) -> HttpResponse:
    """A new wish. The first one needs a place first."""
    places = _places(request)
    if not places:
        return _first_a_place(request)
    form = WishForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            write_wish(actor=request.actor, wished=form.wished(), at=request.at)
            messages.success(request, _("It stands on the public list now."))
            return redirect("materials:wishes")
    return render(request, "materials/write_wish.html", {"form": form}, status=422 if form.errors else 200)


@needs(MANAGE)
@read_or_send
def place(request: DistrictRequest) -> HttpResponse:
    """A place where gifts can be brought."""
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name_place(actor=request.actor, where=form.where(), at=request.at)
        return redirect("materials:write_wish")
    return render(request, "materials/place.html", {"form": form}, status=422 if form.errors else 200)


@needs(MANAGE)
@read_or_send
def correct(request: DistrictRequest, ref: str) -> HttpResponse:
    """Say anew where gifts can be brought; whoever promised some for it is told."""
    found = selectors.place_by_ref(actor=request.actor, ref=ref)
    form = PlaceForm(request.POST or None, stands=Where.of(found))
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            told = {"where": form.where(), "seen": form.cleaned_data["seen"], "at": request.at}
            count = correct_place(actor=request.actor, ref=ref, **told)
            messages.success(request, _told_words(count))
            return redirect("materials:wishes")
    context = {"form": form, "promised": selectors.promised_for(actor=request.actor, place=found)}
    return render(request, "materials/correct_place.html", context, status=422 if form.errors else 200)


def _told_words(count: int) -> str:
    told = ngettext(
        "Saved. %(count)s person who promised something is told by mail.",
        "Saved. %(count)s people who promised something are told by mail.",
        count,
    )
    return told % {"count": count} if count else _("Saved.")


@needs(MANAGE)
@require_safe
def wish(request: DistrictRequest, ref: str) -> HttpResponse:
    """One wish and its promises."""
    line = selectors.wish_by_ref(actor=request.actor, ref=ref)
    found = Paginator(selectors.pledges_of(actor=request.actor, wish=line.wish), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    pairs = [(each, ReceivedForm(initial={"count": each.count}, auto_id=f"{each.ref}_%s")) for each in page.object_list]
    return render(request, "materials/wish.html", {"line": line, "page": page, "pledges": pairs})


@needs(MANAGE)
@read_or_send
def gift(request: DistrictRequest, ref: str) -> HttpResponse:
    """What came for a wish without a promise."""
    line = selectors.wish_by_ref(actor=request.actor, ref=ref)
    form = GiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            receive_gift(actor=request.actor, ref=ref, gift=form.gift(), at=request.at)
            messages.success(request, _("Noted. Where an address was given, thanks are on their way."))
            return redirect("materials:wish", ref)
    return _gift_page(request, form, line)


@needs(MANAGE)
@read_or_send
def unwished(request: DistrictRequest) -> HttpResponse:
    """What came and was on no list."""
    places = _places(request)
    if not places:
        return _first_a_place(request)
    form = UnwishedForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            receive_unwished(actor=request.actor, thing=form.thing(), gift=form.gift(), at=request.at)
            messages.success(request, _("Noted. Where an address was given, thanks are on their way."))
            return redirect("materials:wishes")
    return _gift_page(request, form)


def _gift_page(request: DistrictRequest, form: GiftForm, line: selectors.WishLine | None = None) -> HttpResponse:
    return render(request, "materials/gift.html", {"form": form, "line": line}, status=422 if form.errors else 200)


def _places(request: DistrictRequest) -> list[tuple[str, str]]:
    return [(place.ref, f"{place.name}, {place.city}") for place in selectors.places(actor=request.actor)]


def _first_a_place(request: DistrictRequest) -> HttpResponse:
    messages.info(request, _("Please name a place first where gifts can be brought."))
    return redirect("materials:place")


@needs(MANAGE)
@require_POST
def end(request: DistrictRequest, ref: str) -> HttpResponse:
    """Off the public list."""
    take(
        request,
        lambda: end_wish(actor=request.actor, ref=ref, at=request.at),
        _("Off the list. What was promised may still come."),
    )
    return redirect("materials:wish", ref)


@needs(MANAGE)
@require_POST
def received(request: DistrictRequest, ref: str) -> HttpResponse:
    """So many came; the donor is thanked."""
    form = ReceivedForm(request.POST)
    if form.is_valid():
        count = form.cleaned_data["count"]
        take(
            request,
            lambda: receive_pledge(actor=request.actor, ref=ref, count=count, at=request.at),
            _("Received. The donor gets a mail with thanks."),
        )
    else:
        messages.error(request, _("Please say how many came."))
    back = request.POST.get("wish", "")
    return redirect("materials:wish", back) if back.isalnum() else redirect("materials:wishes")
