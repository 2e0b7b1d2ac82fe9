"""What the steps of a list have in common."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import get_language

from upstander.web.shared.access import DistrictRequest
from upstander.web.shared.steps import take as take_step


def sent(request: DistrictRequest) -> tuple[Any, Any]:
    """What was sent with a form, or nothing where the page was only asked for."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def language() -> str:
    """The language in which the page is read."""
    return get_language() or "en"


def take(request: DistrictRequest, ref: str, work: Callable[[], object], done: str) -> HttpResponseRedirect:
    """Do the work and say that it is done, or why it was refused; then back to the list."""
    take_step(request, work, done)
    return redirect("imports:one", ref)
