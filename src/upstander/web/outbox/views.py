"""The demo's sent mail, and the mail that could not be delivered; private notices never."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.foundation.notices.selectors import sent_mail, troubled_mail
from upstander.foundation.notices.services import give_up_notice, resend_notice
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.steps import pressed

CAUSES = {
    "refused": gettext_lazy("The mail server does not take mail for this address."),
    "later": gettext_lazy("The mail server asked to try later."),
    "login": gettext_lazy("The mail server did not accept our password."),
    "unreachable": gettext_lazy("The mail server did not answer."),
}


@needs("notices.resend")
@read_or_send
def trouble(request: DistrictRequest) -> HttpResponse:
    """Mail that could not be delivered: to whom and why, never what it says; try again or give up."""
    if request.method == "POST":
        return _decide(request)
    found = [(mail, CAUSES[mail.cause]) for mail in troubled_mail(actor=request.actor)]
    return render(request, "outbox/trouble.html", {"mails": found})


def _decide(request: DistrictRequest) -> HttpResponse:
    is_end = pressed(request, "move", {"give_up", "resend"}) == "give_up"
    step = give_up_notice if is_end else resend_notice
    try:
        step(actor=request.actor, ref=request.POST.get("mail", ""), at=request.at)
        messages.success(request, _("Given up.") if is_end else _("It is tried again now."))
    except WrongState as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("outbox:trouble"))


@needs("notices.read")
@require_safe
def sent(request: DistrictRequest) -> HttpResponse:
    """The newest mails."""
    return render(request, "outbox/sent.html", {"mails": sent_mail(actor=request.actor)})


@needs("notices.read")
@require_safe
def invitation(request: DistrictRequest, ref: str) -> HttpResponse:
    """The calendar file that was attached to a mail."""
    for mail in sent_mail(actor=request.actor):
        if mail.ref == ref and mail.calendar:
            headers = {"Content-Disposition": 'attachment; filename="invitation.ics"'}
            return HttpResponse(mail.calendar, content_type="text/calendar; charset=utf-8", headers=headers)
    raise NotFound(ref)
