"""What is published, for other programs: the Human Services Data Specification 3.0, read only and open to anyone.

Documented in docs/directory-api.md. Answers are the same for everyone in a district and name nobody. The standard has
no shape for errors: they are told as RFC 9457 has it.
"""

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial, wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.program.directory.content.hsds import VERSION
from upstander.program.directory.content.records import Record
from upstander.program.directory.selectors import sharing
from upstander.program.directory.selectors.sharing import PER_PAGE_MOST, Asked
from upstander.web.directory.asking import read_asked
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.entrances import day_of

REASON = "What is published is open to other programs as it is to people."
PROFILE = "https://docs.openreferral.org/en/3.0.0/"


def _open(page: Callable[..., Record | HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A reading answer in JSON; a refusal is one too."""

    @open_to_anyone(REASON)
    @require_safe
    @wraps(page)
    def view(request: DistrictRequest, **parts: uuid.UUID) -> HttpResponseBase:
        try:
            told = page(request, **parts)
        except NotFound:
            return _problem(HTTPStatus.NOT_FOUND, "There is no such record, or it is not published.")
        except Invalid as refusal:
            faults = {str(each.field): str(each) for each in (refusal, *refusal.also)}
            return _problem(HTTPStatus.BAD_REQUEST, "A parameter cannot be read.", errors=faults)
        answer = told if isinstance(told, HttpResponseBase) else JsonResponse(told)
        answer["Cache-Control"] = "public, no-cache"  # an address that was closed is nowhere, not even for minutes
        return answer

    return view


def _problem(status: HTTPStatus, detail: str, **more: object) -> HttpResponse:
    told = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail, **more}
    return JsonResponse(told, status=status, content_type="application/problem+json")


def _list(page_of: Callable[[DistrictRequest, Asked], Record]) -> Callable[..., HttpResponseBase]:
    """A page of records; where lines are asked for, every record, one a line."""

    @wraps(page_of)
    def page(request: DistrictRequest) -> Record | HttpResponseBase:
        asked, is_lines = read_asked(request.GET)
        if not is_lines:
            return page_of(request, asked)
        asked = replace(asked, page=1, per_page=PER_PAGE_MOST)
        lines = _lines(partial(page_of, request), page_of(request, asked), asked, request.district.pk)
        return StreamingHttpResponse(lines, content_type="application/x-ndjson")

    return _open(page)


def _lines(page_of: Callable[[Asked], Record], found: Record, asked: Asked, district: int) -> Iterator[str]:
    """Every record from the page `found` on. Each further page is read in a transaction of its own: a slow reader holds
    none open, and memory stays flat."""
    while True:
        yield "".join(f"{json.dumps(record)}\n" for record in found["contents"])
        if found["last_page"]:
            return
        asked = replace(asked, page=asked.page + 1)
        with in_district(district, read_only=True):
            found = page_of(asked)


@_open
def about(request: DistrictRequest) -> Record:
    """The version of the standard."""
    return {"version": VERSION, "profile": PROFILE, "publisher": request.district.name}


@_open
def nowhere(_request: DistrictRequest, **_parts: str) -> Record:
    """Any other address: programs get no page for people."""
    raise NotFound("address")


@_list
def services(request: DistrictRequest, asked: Asked) -> Record:
    """Services by name."""
    return sharing.service_records(asked=asked, **_reader(request))


@_open
def service(request: DistrictRequest, uid: uuid.UUID) -> Record:
    """One service, fully nested."""
    return sharing.service_record(uid=uid, **_reader(request))


@_list
def at_locations(request: DistrictRequest, asked: Asked) -> Record:
    """Services at their places."""
    return sharing.at_location_records(asked=asked, **_reader(request))


@_open
def at_location(request: DistrictRequest, uid: uuid.UUID) -> Record:
    """One service at one of its places, fully nested."""
    return sharing.at_location_record(uid=uid, **_reader(request))


@_list
def organizations(request: DistrictRequest, asked: Asked) -> Record:
    """Organizations by name."""
    return sharing.organization_records(asked=asked, **_reader(request))


@_open
def organization(request: DistrictRequest, uid: uuid.UUID) -> Record:
    """One organization and its services."""
    asked, _is_lines = read_asked(request.GET)
    return sharing.organization_record(uid=uid, with_services=asked.with_services, **_reader(request))


@_list
def taxonomies(_request: DistrictRequest, asked: Asked) -> Record:
    """The lists of terms: needs, and whether reports are taken."""
    return sharing.taxonomy_records(asked=asked)


@_open
def taxonomy(_request: DistrictRequest, uid: uuid.UUID) -> Record:
    """One of the lists."""
    return sharing.taxonomy_record(uid=uid)


@_list
def terms(_request: DistrictRequest, asked: Asked) -> Record:
    """The terms of these lists."""
    return sharing.term_records(asked=asked)


@_open
def term(_request: DistrictRequest, uid: uuid.UUID) -> Record:
    """One of them."""
    return sharing.term_record(uid=uid)


def _reader(request: DistrictRequest) -> dict[str, Any]:
    return {"actor": request.actor, "on": day_of(request)}
