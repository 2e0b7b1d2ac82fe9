"""Pages whose address is the key to them, and the one step that such a page offers."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from django.http import HttpResponse

from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.web.shared.access import DistrictRequest, View
from upstander.web.shared.anonymous_forms import form_token


class Drawn(Protocol):
    """Draws a page of a key, with the form's token and the sentence of a refusal ("": nothing was refused)."""

    def __call__(self, *, token: str, refused: str) -> HttpResponse: ...


def guarded(response: HttpResponse) -> HttpResponse:
    """A page for who holds its address or passed the staff door: nobody must find it by searching, a shared machine
    keeps no copy, and no other page learns the address."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def keyed(view: View) -> View:
    """Guard whatever a view answers whose address is a key, refusals of its form too."""

    @wraps(view)
    def answered(request: DistrictRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return guarded(view(request, *args, **kwargs))

    return answered


def step_by_key(request: DistrictRequest, purpose: str, take: Callable[[], HttpResponse], draw: Drawn) -> HttpResponse:
    """Take the step on a POST and go where it leads; otherwise draw the page, with the sentence of a refusal.

    Opening the page alone does nothing: mail programs open links by themselves. `purpose` is the anonymous form's.
    """
    refused = ""
    if request.method == "POST":
        try:
            return take()
        except (Invalid, WrongState) as refusal:
            refused = str(refusal)
    response = draw(token=form_token(purpose), refused=refused)
    if refused:
        response.status_code = 422
    return response
