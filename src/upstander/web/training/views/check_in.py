"""Staff check in on their own phones: no account, no cookie, and the same answer for everyone."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.program.training.services.attendance import check_in as note_check_in
from upstander.program.training.states import CheckIn
from upstander.web.shared import errors
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, client_address, form_token
from upstander.web.shared.kept import Shelf, same_for_everyone
from upstander.web.shared.refusals import told_at
from upstander.web.training.forms import CheckInForm

PURPOSE = "check-in"
# A whole room checks in from behind one address within minutes; one number has five tries.
MOST_FROM_ONE_ADDRESS = 240
SHELF = Shelf()  # a shelf of its own: made-up letters take no other page's place


@open_to_anyone("Staff check in without an account.")
@anonymous_form(PURPOSE, most=MOST_FROM_ONE_ADDRESS, seconds=60)
def check_in(request: DistrictRequest, code: str = "") -> HttpResponse:
    """Staff number and code; the code of a scanned picture stands in the address and is filled in.

    A whole room opens it within a minute, so it is drawn once for all of them; its token says only when it was drawn.
    """
    if request.method != "POST":
        return SHELF.give(request, lambda: _page(request, CheckInForm(initial={"code": code})))
    form = CheckInForm(request.POST)
    if form.is_valid():
        with told_at(form):
            outcome = note_check_in(
                actor=request.actor, source=client_address(request), at=request.at, **form.cleaned_data
            )
            if outcome is CheckIn.RECORDED:
                return HttpResponseRedirect(reverse("training:thanks"))
            if outcome is CheckIn.TOO_MANY:
                return errors.too_many(request)
            form.add_error("code", _("These are not the letters on the screen now. They change every minute."))
    return _page(request, form)


@open_to_anyone("The answer to a check-in says nothing about anyone.")
@require_safe
@same_for_everyone
def thanks(request: DistrictRequest) -> HttpResponse:
    """The one answer."""
    return render(request, "training/thanks.html")


def _page(request: DistrictRequest, form: CheckInForm) -> HttpResponse:
    context = {"form": form, "token": form_token(PURPOSE)}
    return render(request, "training/check_in.html", context, status=422 if form.errors else 200)
