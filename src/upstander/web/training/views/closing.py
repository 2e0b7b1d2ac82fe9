"""The end of a session: the head count, then the completions, and what they count for."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.program.compliance.selectors.requirements import asked_of_sessions
from upstander.program.training.content.kinds import TRAINING
from upstander.program.training.selectors.offerings import editions_on
from upstander.program.training.services.sessions import close_session
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.refusals import tell
from upstander.web.training.room_forms import TallyForm
from upstander.web.training.views.rooms import told_of


@needs("training.lead", "training.coordinate")
def close(request: DistrictRequest, ref: str) -> HttpResponse:
    """Ask once more, then close: completions and certificates are written."""
    told = told_of(request, ref)
    session = told["session"]
    editions = editions_on(actor=request.actor, kind=session.request.kind, on=session.on)
    form = TallyForm(request.POST if request.method == "POST" else None, session=session, editions=editions)
    if request.method == "POST" and form.is_valid():
        try:
            count = close_session(actor=request.actor, ref=ref, tally=form.tally(), at=request.at)
        except Invalid as refusal:
            tell(form, refusal)
        except WrongState as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("training:room", args=[ref]))
        else:
            messages.success(request, f"{_closed_sentence(count)} {_counts_for(request, session)}".strip())
            return HttpResponseRedirect(reverse("evaluation:debrief", args=[ref]))
    if "difference_is_known" not in form.errors:
        del form.fields["difference_is_known"]
    context = {**told, "form": form, "counts_for": _counts_for(request, session)}
    return render(request, "training/close.html", context, status=422 if form.errors else 200)


def _closed_sentence(count: int) -> str:
    return ngettext(
        "Closed. %(count)s person has a completion and a certificate.",
        "Closed. %(count)s people have a completion and a certificate.",
        count,
    ) % {"count": count}


def _counts_for(request: DistrictRequest, session: Any) -> str:
    """Which trainings the completions count for; that none asks for them on this day is said as well."""
    if session.request.kind != TRAINING:
        return ""
    language = get_language() or ""
    titles = asked_of_sessions(actor=request.actor, on=session.on, known_at=request.at, language=language)
    if titles:
        return _("It counts for: %(trainings)s.") % {"trainings": ", ".join(titles)}
    return _(
        "No requirement asks for it on this day. It is kept on record all the same, and can count for a later one."
    )
