"""Signing in and out."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from upstander.district.accounts.selectors import demo_people
from upstander.district.accounts.services import check_sign_in
from upstander.foundation.kernel.limits import within_limit
from upstander.web.account.forms import SignInForm
from upstander.web.shared import errors, session
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, client_address, form_token

PURPOSE = "sign-in"
# A whole district may stand behind one address; guessing is held down per account.
MOST_FROM_ONE_ADDRESS = 300


@open_to_anyone("Nobody is signed in yet.")
@anonymous_form(PURPOSE, most=MOST_FROM_ONE_ADDRESS, seconds=60)
def sign_in(request: DistrictRequest) -> HttpResponse:
    """Ask for address and password; say only that they do not belong together."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not _may_try(request, form.cleaned_data["email"].lower()):
            return errors.too_many(request)
        account = check_sign_in(actor=request.actor, at=request.at, **form.cleaned_data)
        if account:
            session.sign_in(request, account)
            return HttpResponseRedirect(_next(request))
        form.add_error(None, _("The e-mail and the password do not belong together. Please try again."))
    people = demo_people() if settings.SHOW_DEMO_PEOPLE else []
    context = {"form": form, "token": form_token(PURPOSE), "next": request.GET.get("next", ""), "people": people}
    return render(request, "account/sign_in.html", context, status=422 if form.errors else 200)


@open_to_anyone("Signing out must always work.")
@require_POST
def sign_out(request: DistrictRequest) -> HttpResponse:
    """End the session and go to the front door."""
    session.sign_out(request)
    return HttpResponseRedirect(reverse("public:home"))


def _may_try(request: DistrictRequest, email: str) -> bool:
    here = within_limit("sign-in-here", f"{client_address(request)} {email}", most=10, seconds=60, at=request.at)
    return here and within_limit("sign-in-account", email, most=30, seconds=15 * 60, at=request.at)


def _next(request: DistrictRequest) -> str:
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return reverse("staff:home")
