"""Asking a colleague to take a session, and the colleague's answer."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from upstander.program.training.selectors.own_work import colleagues_for, own_session
from upstander.program.training.services.swaps import ask_swap, decline_swap, take_swap, withdraw_swap
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.reasons import reason_for_peers
from upstander.web.shared.steps import take


@needs("training.own_calendar")
@read_or_send
def ask(request: DistrictRequest, ref: str) -> HttpResponse:
    """Whom of the Cadre to ask: who is free for it, with the reasons why others are not."""
    session = own_session(actor=request.actor, ref=ref)
    if request.method == "POST":
        colleague = request.POST.get("colleague", "")
        done = _("Asked. Your colleague gets a mail; until the answer, the session is yours.")
        if take(
            request,
            lambda: ask_swap(actor=request.actor, session_ref=ref, colleague_ref=colleague, at=request.at),
            done,
        ):
            return HttpResponseRedirect(reverse("cadre:my_time"))
        return HttpResponseRedirect(reverse("cadre:ask", args=[ref]))
    found = colleagues_for(actor=request.actor, session=session)
    lines = [(member, weighed.is_free, reason_for_peers(weighed)) for member, weighed in found]
    context = {
        "session": session,
        "lines": lines,
        "is_anyone_free": any(is_free for _member, is_free, _reason in lines),
    }
    return render(request, "cadre/ask.html", context)


@needs("training.own_calendar")
@require_POST
def answer(request: DistrictRequest, ref: str) -> HttpResponse:
    """Take the session, decline it, or withdraw one's own question."""
    asked = {"actor": request.actor, "ref": ref, "at": request.at}
    match request.POST.get("answer"):
        case "take":
            take(request, lambda: take_swap(**asked), _("The session is yours now. Everyone who knew of it is told."))
        case "decline":
            take(request, lambda: decline_swap(**asked), _("Declined. Your colleague gets a mail."))
        case _:
            take(request, lambda: withdraw_swap(**asked), _("Withdrawn. The session stays yours."))
    return HttpResponseRedirect(reverse("cadre:my_time"))
