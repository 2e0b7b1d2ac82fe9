"""What is published, for other programs: the Human Services Data Specification 3.0, read only and open to anyone.

Documented in docs/directory-api.md. Answers are the same for everyone in a district and name nobody.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from upstander.program.directory.selectors.sharing import (
    PER_PAGE_MOST,
    organization_record,
    organization_records,
    service_record,
    service_records,
    taxonomy_terms,
)
from upstander.web.shared.access import DistrictRequest, View, open_to_anyone

REASON = "What is published is open to other programs as it is to people."
PROFILE = "https://docs.openreferral.org/en/3.0.0/"


def _open(page: Callable[..., Any]) -> View:
    """A reading answer in JSON."""

    @open_to_anyone(REASON)
    @require_safe
    @wraps(page)
    def view(request: DistrictRequest, **parts: uuid.UUID) -> HttpResponse:
        answer = JsonResponse(page(request, **parts))
        answer["Cache-Control"] = "public, max-age=300"
        return answer

    return view


@_open
def about(request: DistrictRequest) -> dict[str, Any]:
    """The version of the standard."""
    return {"version": "3.0", "profile": PROFILE, "publisher": request.district.name}


@_open
def services(request: DistrictRequest) -> dict[str, Any]:
    """A page of services: `page`, `per_page`, `search`, `taxonomy_term_id`, `full=true` for nested records."""
    asked = request.GET
    term = asked.get("taxonomy_term_id", "")
    is_full, words = asked.get("full") == "true", asked.get("search", "")
    return service_records(
        actor=request.actor, at=request.at, words=words, term=term, is_full=is_full, **_page(request)
    )


@_open
def service(request: DistrictRequest, uid: uuid.UUID) -> dict[str, Any]:
    """One service, fully nested."""
    return service_record(actor=request.actor, uid=uid, at=request.at)


@_open
def organizations(request: DistrictRequest) -> dict[str, Any]:
    """A page of organizations."""
    return organization_records(actor=request.actor, at=request.at, **_page(request))


@_open
def organization(request: DistrictRequest, uid: uuid.UUID) -> dict[str, Any]:
    """One organization."""
    return organization_record(actor=request.actor, uid=uid, at=request.at)


@_open
def terms(request: DistrictRequest) -> dict[str, Any]:
    """The needs by which people search, as terms."""
    return taxonomy_terms(**_page(request))


def _page(request: DistrictRequest) -> dict[str, int]:
    """Which page, counted from one, and how many on it; what makes no sense reads as the first page of fifty."""

    def number(name: str, otherwise: int, most: int) -> int:
        typed = request.GET.get(name, "")
        return min(max(int(typed), 1), most) if typed.isdecimal() and len(typed) < 7 else otherwise

    return {"page": number("page", 1, 999_999), "per_page": number("per_page", 50, PER_PAGE_MOST)}
