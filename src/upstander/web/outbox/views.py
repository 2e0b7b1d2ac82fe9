"""The demo's sent mail: what would have gone out, private notices never."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.notices.selectors import sent_mail
from upstander.web.shared.access import DistrictRequest, needs


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
