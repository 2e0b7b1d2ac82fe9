"""Where a session is joined from afar, as its consultant or a coordinator says it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from upstander.program.training.selectors.rooms import session_led
from upstander.program.training.services.meetings import name_meeting
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.refusals import told_at
from upstander.web.training.room_forms import JoiningForm


@needs("training.lead", "training.coordinate")
def joining(request: DistrictRequest, ref: str) -> HttpResponse:
    """Say where the session is joined, or say it anew; everyone is told."""
    session = session_led(actor=request.actor, ref=ref, at=request.at)
    form = JoiningForm(request.POST if request.method == "POST" else None, initial={"address": session.meeting})
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            said = {"session_ref": ref, "address": form.cleaned_data["address"], "at": request.at}
            is_new = name_meeting(actor=request.actor, **said)
            messages.success(request, _said(is_new, session.state))
            return HttpResponseRedirect(reverse("training:room", args=[ref]))
    context = {"form": form, "session": session}
    return render(request, "training/joining.html", context, status=422 if form.errors else 200)


def _said(is_new: bool, state: str) -> str:
    if not is_new:
        return _("It stands there already.")
    if state == "planned":
        return _("Noted. It goes out with the mail when the session is confirmed.")
    return _("Noted. The site and everyone who holds the session get a mail with it.")
