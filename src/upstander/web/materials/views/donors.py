"""The public wish list: what is wished for, a promise proved by mail, and one page that opens with its link."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.errors import NotFound
from upstander.program.materials.selectors.wishes import open_wish, open_wishes, pledge_by_key
from upstander.program.materials.services.pledges import pledge_by_mail, prove_pledge, withdraw_pledge
from upstander.program.materials.states import PLEDGE_MOVES, Pledge
from upstander.web.materials.wish_forms import PledgeForm
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, form_token
from upstander.web.shared.keyed import keyed, step_by_key
from upstander.web.shared.refusals import told_at

OPEN_REASON = "Whoever would like to give something needs no account; no promise counts before its address is proved."
KEY_REASON = "The link in the mail is the key to one promise."
PURPOSE = "pledge-by-mail"


@open_to_anyone(OPEN_REASON)
@require_safe
def wishes(request: DistrictRequest) -> HttpResponse:
    """What is wished for, and how many are still wanted."""
    return render(request, "materials/donor_wishes.html", {"lines": open_wishes(actor=request.actor, at=request.at)})


@open_to_anyone(OPEN_REASON)
@anonymous_form(PURPOSE, most=12, seconds=3600)
def pledge(request: DistrictRequest, ref: str) -> HttpResponse:
    """Promise some of it; the answer is always that a mail is on its way."""
    line = open_wish(actor=request.actor, ref=ref, at=request.at)
    form = PledgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "language": get_language() or "en"}
        with told_at(form):
            pledge_by_mail(actor=request.actor, ref=ref, at=request.at, **told)
            return redirect("materials:donor_sent")
    context = {"line": line, "form": form, "token": form_token(PURPOSE)}
    return render(request, "materials/donor_pledge.html", context, status=422 if form.errors else 200)


@open_to_anyone(OPEN_REASON)
@require_safe
def sent(request: DistrictRequest) -> HttpResponse:
    """Look into your mailbox."""
    return render(request, "materials/donor_sent.html")


@open_to_anyone(KEY_REASON)
@keyed
@anonymous_form(PURPOSE, most=60, seconds=3600)
def prove(request: DistrictRequest, ref: str, key: str) -> HttpResponse:
    """Promise for good. Opening the page alone does nothing: mail programs open links by themselves."""
    found = pledge_by_key(actor=request.actor, ref=ref, key=key, at=request.at)
    if found.state != Pledge.UNPROVEN:
        return redirect("materials:donor_promise", ref, key)

    def take() -> HttpResponse:
        try:
            prove_pledge(actor=request.actor, ref=ref, key=key, at=request.at)
        except NotFound:  # the wish ended meanwhile
            return render(request, "materials/donor_over.html", status=404)
        return redirect("materials:donor_promise", ref, key)

    def draw(**told: str) -> HttpResponse:
        return render(request, "materials/donor_prove.html", {"pledge": found, **told})

    return step_by_key(request, PURPOSE, take, draw)


@open_to_anyone(KEY_REASON)
@keyed
@anonymous_form(PURPOSE, most=60, seconds=3600)
def promise(request: DistrictRequest, ref: str, key: str) -> HttpResponse:
    """Where it can be brought, and taking the promise back."""
    found = pledge_by_key(actor=request.actor, ref=ref, key=key, at=request.at)
    if found.state == Pledge.UNPROVEN:
        return redirect("materials:donor_prove", ref, key)

    def take() -> HttpResponse:
        withdraw_pledge(actor=request.actor, ref=ref, key=key, at=request.at)
        return redirect("materials:donor_promise", ref, key)

    def draw(**told: str) -> HttpResponse:
        can_withdraw = "withdraw" in PLEDGE_MOVES[found.state]
        return render(request, "materials/donor_promise.html", {"pledge": found, "can_withdraw": can_withdraw, **told})

    return step_by_key(request, PURPOSE, take, draw)
