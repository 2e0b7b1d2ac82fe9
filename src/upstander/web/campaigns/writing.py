"""The district's own campaigns: writing one, and deciding about somebody else's."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from upstander.engines.observances import Returns
from upstander.foundation.kernel.errors import WrongState
from upstander.program.library.content.kits import WORDS, Piece
from upstander.program.library.content.pages import Audience
from upstander.program.library.selectors.campaigns import moves_for, version_of_campaign
from upstander.program.library.selectors.reviewers import still_open
from upstander.program.library.services.campaigns import decide_campaign, enter_campaign
from upstander.program.library.states import Step
from upstander.web.campaigns.forms import FOR, RETURNS, CampaignForm, held
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.entrances import day_of
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.navigation import REVIEWS
from upstander.web.shared.refusals import told_at

AFTER = {
    Step.REFUSED: gettext_lazy("Refused. No reader sees it."),
    Step.WITHDRAWN: gettext_lazy("Taken back. Nobody sees it."),
    Step.ENDED: gettext_lazy("Taken out. Readers no longer see it; what schools counted stays."),
}
THANKS = gettext_lazy("Thank you. Your review stands.")


@needs("pages.edit")
@read_or_send
def write(request: DistrictRequest, of: str = "") -> HttpResponse:
    """Write a campaign, or another version of one."""
    on = day_of(request)
    initial = held(version_of_campaign(actor=request.actor, ref=of, on=on)) if of else {"first_on": on, "last_on": on}
    form = CampaignForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            made = enter_campaign(actor=request.actor, plan=form.plan(), of=of, on=on, at=request.at)
            messages.success(request, _("Written. Readers see it once every review is there."))
            return HttpResponseRedirect(reverse("campaigns:decide", args=[made.ref]))
    return render(request, "campaigns/write.html", {"form": form, "of": of}, status=422 if form.errors else 200)


@needs("pages.edit", *REVIEWS)
@read_or_send
def decide(request: DistrictRequest, ref: str) -> HttpResponse:
    """One version as readers will find it, in both languages; what was decided, and what this person may decide."""
    if request.method == "POST":
        return _take(request, ref)
    on, actor = day_of(request), request.actor
    version = version_of_campaign(actor=actor, ref=ref, on=on)
    row, kit = version.row, version.kit
    context = {
        "version": version,
        "pieces": [(piece.value, WORDS[piece], kit[piece]) for piece in Piece],
        "returns": RETURNS[Returns(row.returns)],
        "readers": FOR[Audience(row.audience)],
        "still_open": still_open(actor=actor, missing=version.missing, barred=version.barred, on=on),
        "moves": moves_for(actor=actor, version=version),
        "may_edit": actor.has("pages.edit") and version.stand != "waits",
    }
    return render(request, "campaigns/decide.html", context)


def _take(request: DistrictRequest, ref: str) -> HttpResponse:
    move = request.POST.get("move", "")
    try:
        decide_campaign(actor=request.actor, ref=ref, step=move, on=day_of(request), at=request.at)
    except WrongState as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(AFTER.get(Step(move), THANKS)))
    return HttpResponseRedirect(reverse("campaigns:decide", args=[ref]))
