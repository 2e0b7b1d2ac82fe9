"""The invitation as families open it: no cookie, no name, and nothing that says what the evening is about."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from upstander.engines import invitations
from upstander.foundation.kernel.errors import NotFound
from upstander.program.gatherings.content.invitations import Invitation, lead_of, lines_of, title_of
from upstander.program.gatherings.selectors.evenings import calendar_entry, invitation_to
from upstander.program.gatherings.services.evenings import want_places
from upstander.web.gatherings.forms import WantedForm
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, form_token
from upstander.web.shared.keyed import keyed
from upstander.web.shared.refusals import told_at

REASON = "Families open the invitation of an evening; only counts are kept."
PURPOSE = "want-places"


@open_to_anyone(REASON)
@keyed
@anonymous_form(PURPOSE, most=30, seconds=3600)  # a whole school may share one address
def invitation(request: DistrictRequest, ref: str) -> HttpResponse:
    """When, where, and what is there; and the wish for places in the care or an interpreter."""
    shown = invitation_to(actor=request.actor, ref=ref, at=request.at)
    form = WantedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"care_count": form.cleaned_data["care_count"] or 0, "language": form.cleaned_data["language"]}
        with told_at(form):
            want_places(actor=request.actor, ref=ref, at=request.at, **told)
            return HttpResponseRedirect(reverse("gatherings:noted", args=[ref]))
    return _shown(request, shown, form)


@open_to_anyone(REASON)
@keyed
@require_safe
def noted(request: DistrictRequest, ref: str) -> HttpResponse:
    """Thank you; it was counted."""
    shown = invitation_to(actor=request.actor, ref=ref, at=request.at)
    return render(request, "gatherings/noted.html", {"shown": shown, "title": title_of(shown)})


@open_to_anyone(REASON)
@keyed
@require_safe
def calendar(request: DistrictRequest, ref: str) -> HttpResponse:
    """The evening as a calendar file."""
    entry = calendar_entry(actor=request.actor, ref=ref, at=request.at, host=request.get_host().partition(":")[0])
    if entry is None:
        raise NotFound(ref)
    headers = {"Content-Disposition": 'attachment; filename="evening.ics"'}
    file = invitations.feed(entry.summary, entry.zone, [entry])
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)


def _shown(request: DistrictRequest, shown: Invitation, form: WantedForm) -> HttpResponse:
    context = {
        "shown": shown,
        "title": title_of(shown),
        "lead": lead_of(),
        "lines": lines_of(shown),
        "is_asked": not (shown.is_over or shown.is_called_off),
        "form": form,
        "token": form_token(PURPOSE),
    }
    return render(request, "gatherings/invitation.html", context, status=422 if form.errors else 200)
