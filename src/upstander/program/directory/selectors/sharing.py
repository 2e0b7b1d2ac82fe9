"""What is published as records of the open standard: pages of it, one of it, or all of it line by line.

Public: every actor may read what is published. Nothing here looks at any table but the listings.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import QuerySet

from upstander.district.places.selectors import district_of
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.directory.content.hsds import TAXONOMY, term
from upstander.program.directory.content.shipped import shipped
from upstander.program.directory.content.words import asked_words
from upstander.program.directory.models import Listing, Service
from upstander.program.directory.states import HIDDEN_DAYS

PER_PAGE_MOST = 500
NESTED = frozenset(
    {"phones", "schedules", "languages", "service_at_locations", "attributes"},
)
EXPORT = """
    SELECT record::text FROM directory_listing
    WHERE district_id = %s AND kind = %s AND number = 0 AND verified_on > %s ORDER BY id
"""
ROWS_AT_ONCE = 1_000


def service_records(
    *, actor: Actor, at: dt.datetime, words: str = "", term: str = "", is_full: bool = False, page: int, per_page: int
) -> dict[str, Any]:
    """A page of services by name, as the standard draws pages. `term` is the id of a need."""
    rows = _published(actor, at)
    if typed := asked_words(words):
        rows = rows.filter(terms__contains=typed)
    if term:
        rows = rows.filter(needs__contains=[_need_of(term)])
    found = [row if is_full else _flat(row) for row in _slice(rows, page, per_page).values_list("record", flat=True)]
    return _page(found, rows.count(), page, per_page)


def service_record(*, actor: Actor, uid: uuid.UUID, at: dt.datetime) -> dict[str, Any]:
    """One service, fully nested. Raises NotFound."""
    row: Listing | None = _published(actor, at).filter(uid=uid).first()
    if row is None:
        raise NotFound(str(uid))
    return dict(row.record)


def organization_records(*, actor: Actor, at: dt.datetime, page: int, per_page: int) -> dict[str, Any]:
    """A page of organizations that have a published service, by name."""
    rows = _published(actor, at).order_by("organization", "organization_uid", "id")
    first = rows.distinct("organization", "organization_uid")
    found = [row["organization"] for row in _slice(first, page, per_page).values_list("record", flat=True)]
    return _page(found, first.count(), page, per_page)


def organization_record(*, actor: Actor, uid: uuid.UUID, at: dt.datetime) -> dict[str, Any]:
    """One organization with a published service. Raises NotFound."""
    row: Listing | None = _published(actor, at).filter(organization_uid=uid).first()
    if row is None:
        raise NotFound(str(uid))
    return dict(row.record["organization"])


def taxonomy_terms(*, page: int, per_page: int) -> dict[str, Any]:
    """The needs as terms of the standard. Takes no actor: they ship with the code."""
    found = [term(need) for need in shipped().needs.values()]
    return _page(found[(page - 1) * per_page :][:per_page], len(found), page, per_page)


def export_lines(*, actor: Actor, at: dt.datetime) -> Iterator[str]:
    """Every published service, one JSON text after the other, by a cursor of the server: memory stays flat."""
    oldest = _today(actor, at) - dt.timedelta(days=HIDDEN_DAYS)
    with connection.chunked_cursor() as cursor:
        cursor.execute(EXPORT, [actor.district_id, Service.Kind.SERVICE, oldest])
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            for (text,) in rows:
                yield text


def _published(actor: Actor, at: dt.datetime) -> QuerySet[Listing]:
    oldest = _today(actor, at) - dt.timedelta(days=HIDDEN_DAYS)
    rows = Listing.objects.filter(district_id=actor.district_id, kind=Service.Kind.SERVICE, number=0)
    return rows.filter(verified_on__gt=oldest).order_by("name_en", "id")


def _today(actor: Actor, at: dt.datetime) -> dt.date:
    return at.astimezone(ZoneInfo(district_of(actor=actor).zone)).date()


def _need_of(term_id: str) -> str:
    return next((key for key, need in shipped().needs.items() if term(need)["id"] == term_id), str(TAXONOMY))


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """The record as lists show it: with what belongs to the service alone, and who gives it."""
    return {key: value for key, value in record.items() if key not in NESTED}


def _slice(rows: Any, page: int, per_page: int) -> Any:
    return rows[(page - 1) * per_page : page * per_page]


def _page(found: list[dict[str, Any]], total: int, page: int, per_page: int) -> dict[str, Any]:
    pages = -(-total // per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(found),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not found,
        "contents": found,
    }
