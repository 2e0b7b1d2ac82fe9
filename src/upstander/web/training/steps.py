"""Steps of a walk, as all staff pages take them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from upstander.web.shared.access import DistrictRequest
from upstander.web.shared.steps import take

__all__ = ["back_to", "take", "take_about"]


def take_about(request: DistrictRequest, ref: str, service: Callable[..., Any], done: str, **more: object) -> str:
    """Take a step of a session about the person whom the page names; gives that person's ref."""
    person = request.POST.get("person", "")
    told = {"session_ref": ref, "person_ref": person, "at": request.at, **more}
    take(request, lambda: service(actor=request.actor, **told), done)
    return person


def back_to(ref: str, query: str = "") -> HttpResponse:
    """To the coordinator's page of a request."""
    return HttpResponseRedirect(reverse("training:coordinate", args=[ref]) + query)
