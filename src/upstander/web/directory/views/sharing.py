"""What is published, for other programs: the Human Services Data Specification 3.0, read only and open to anyone.

Documented in docs/directory-api.md. Answers are the same for everyone in a district and name nobody.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from upstander.program.directory.content.hsds import VERSION
from upstander.program.directory.selectors import sharing
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
    return {"version": VERSION, "profile": PROFILE, "publisher": request.district.name}


@_open
def services(request: DistrictRequest) -> dict[str, Any]:
    """A page of services."""
    return sharing.service_records(asked=_asked(request), **_reader(request))


@_open
def service(request: DistrictRequest, uid: uuid.UUID) -> dict[str, Any]:
    """One service, fully nested."""
    return sharing.service_record(uid=uid, **_reader(request))


@_open
def at_locations(request: DistrictRequest) -> dict[str, Any]:
    """A page of services at their places."""
    return sharing.at_location_records(asked=_asked(request), **_reader(request))


@_open
def at_location(request: DistrictRequest, uid: uuid.UUID) -> dict[str, Any]:
    """One service at one of its places, fully nested."""
    return sharing.at_location_record(uid=uid, **_reader(request))


@_open
def organizations(request: DistrictRequest) -> dict[str, Any]:
    """A page of organizations."""
    with_services = _says(request, "full_service")
    return sharing.organization_records(asked=_asked(request), with_services=with_services, **_reader(request))


@_open
def organization(request: DistrictRequest, uid: uuid.UUID) -> dict[str, Any]:
    """One organization and its services."""
    return sharing.organization_record(uid=uid, with_services=_says(request, "full_service"), **_reader(request))


@_open
def taxonomies(request: DistrictRequest) -> dict[str, Any]:
    """The list of needs, the only one."""
    return sharing.taxonomies(asked=_asked(request))


@_open
def taxonomy(_request: DistrictRequest, uid: uuid.UUID) -> dict[str, Any]:
    """The list of needs."""
    return sharing.taxonomy_record(uid=uid)


@_open
def terms(request: DistrictRequest) -> dict[str, Any]:
    """The needs by which people search, as terms."""
    return sharing.taxonomy_terms(asked=_asked(request))


@_open
def term(_request: DistrictRequest, uid: uuid.UUID) -> dict[str, Any]:
    """One of them."""
    return sharing.taxonomy_term(uid=uid)


def _reader(request: DistrictRequest) -> dict[str, Any]:
    return {"actor": request.actor, "on": timezone.localdate(request.at)}


def _asked(request: DistrictRequest) -> sharing.Asked:
    """What the parameters of the standard ask for; what makes no sense reads as the first page of fifty."""
    asked = request.GET
    return sharing.Asked(
        page=_number(asked.get("page", ""), 1, 999_999),
        per_page=_number(asked.get("per_page", ""), 50, sharing.PER_PAGE_MOST),
        words=asked.get("search", ""),
        term=asked.get("taxonomy_term_id", ""),
        taxonomy=asked.get("taxonomy_id", ""),
        organization=_uid(asked.get("organization_id", "")),
        since=_moment(asked.get("modified_after", "")),
        is_full=_says(request, "full"),
        is_minimal=_says(request, "minimal"),
    )


def _says(request: DistrictRequest, name: str) -> bool:
    return request.GET.get(name) == "true"


def _number(typed: str, otherwise: int, most: int) -> int:
    return min(max(int(typed), 1), most) if typed.isdecimal() and len(typed) < 7 else otherwise


def _uid(typed: str) -> uuid.UUID | None:
    """The id; one that is none belongs to nobody, so that it finds nothing instead of everything."""
    try:
        return uuid.UUID(typed) if typed else None
    except ValueError:
        return uuid.UUID(int=0)


def _moment(typed: str) -> dt.datetime | None:
    try:
        read = parse_datetime(typed)
    except ValueError:
        return None
    return timezone.make_aware(read, dt.UTC) if read and timezone.is_naive(read) else read
