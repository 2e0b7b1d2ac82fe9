"""Our door before each of Wagtail's screens: signed in with us, with a grant of today, in this host's district."""

from collections.abc import Callable
from functools import wraps

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from upstander.foundation.kernel.errors import NotFound
from upstander.program.library.services.own import take_seats
from upstander.web.shared.access import DistrictRequest, View, needs
from upstander.web.shared.explorer import POLICY, SEATED


def opened(screen: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A screen that editors and reviewers use. Their seats are brought up to date before they see it."""

    @needs(*SEATED)
    @csp_update(POLICY)  # type: ignore[arg-type]
    @wraps(screen)
    def view(request: DistrictRequest, *args: object, **parts: object) -> HttpResponse:
        take_seats(actor=request.actor, at=request.at)
        return screen(request, *args, **parts)

    return view


@needs(*SEATED)
def home(request: DistrictRequest) -> HttpResponse:
    """Where people begin is the house's own list of what waits for them."""
    return HttpResponseRedirect(reverse("editor:index"))


@needs(*SEATED)
def one_by_one(request: DistrictRequest) -> HttpResponse:
    """Pictures are taken in one by one, each with its words."""
    return HttpResponseRedirect(reverse("wagtailimages:add"))


def closed(screen: Callable[..., HttpResponse]) -> View:
    """A screen that stays closed: signing in, people, groups, workflows and settings are ours, or nobody's.

    Some of Wagtail's links lead there all the same. Whoever follows one is brought back to where their words stand.
    """

    @needs(*SEATED)
    @wraps(screen)
    def view(request: DistrictRequest, *args: object, **parts: object) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            raise NotFound("screen")
        messages.info(request, _("That is not done here. This is where the words of your district stand."))
        return home(request)

    return view
