"""What is published as records of the open standard, for other programs: a page of them, or one.

Public: every actor may read what is published. Nothing here looks at any table but the listings.
"""

import datetime as dt
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.directory.content.hsds import TAXONOMY, taxonomy, term
from upstander.program.directory.content.records import Record, alone, at_place, least, of_organization
from upstander.program.directory.content.shipped import shipped
from upstander.program.directory.content.words import asked_words
from upstander.program.directory.models import Listing, Service
from upstander.program.directory.selectors.finding import published

PER_PAGE_MOST = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """Which records, and which page of them counted from one. `term` and `taxonomy` are ids of the standard; what is
    empty narrows nothing. `is_full` asks for all parts, `is_minimal` for hardly any.
    """

    page: int = 1
    per_page: int = 50
    words: str = ""
    term: str = ""
    taxonomy: str = ""
    organization: uuid.UUID | None = None
    since: dt.datetime | None = None
    is_full: bool = False
    is_minimal: bool = False


def service_records(*, actor: Actor, asked: Asked, on: dt.date) -> Record:
    """A page of services by name."""
    rows = _narrowed(_services(actor, on), asked).filter(number=0).order_by("name_en", "id")
    draw = least if asked.is_minimal else dict if asked.is_full else alone
    return _page([draw(row) for row in _records(_slice(rows, asked))], rows.count(), asked)


def service_record(*, actor: Actor, uid: uuid.UUID, on: dt.date) -> Record:
    """One service, fully nested. Raises NotFound."""
    return _first(_services(actor, on).filter(uid=uid, number=0), uid)


def at_location_records(*, actor: Actor, asked: Asked, on: dt.date) -> Record:
    """A page of services at each of their places, by the service's name."""
    rows = _narrowed(_services(actor, on), asked).filter(at_uid__isnull=False).order_by("name_en", "ref", "number")
    places = list(_slice(rows, asked).values_list("ref", "number"))
    firsts = _services(actor, on).filter(number=0, ref__in={ref for ref, _number in places})
    records = dict(firsts.values_list("ref", "record"))
    found = [at_place(json.loads(records[ref]), number, is_full=asked.is_full) for ref, number in places]
    return _page(found, rows.count(), asked)


def at_location_record(*, actor: Actor, uid: uuid.UUID, on: dt.date) -> Record:
    """One service at one of its places, fully nested. Raises NotFound."""
    row = _services(actor, on).filter(at_uid=uid).only("ref", "number").first()
    if row is None:
        raise NotFound(str(uid))
    return at_place(_first(_services(actor, on).filter(ref=row.ref, number=0), uid), row.number, is_full=True)


def organization_records(*, actor: Actor, asked: Asked, with_services: bool, on: dt.date) -> Record:
    """A page of organizations that have a published service, by name; with those services where it is asked for."""
    rows = _narrowed(_services(actor, on), asked).filter(number=0)
    first = rows.order_by("organization", "organization_uid", "id").distinct("organization", "organization_uid")
    found = [row["organization"] for row in _records(_slice(first, asked))]
    if asked.is_full or with_services:
        found = _with_services(actor, [each["id"] for each in found], with_services, on)
    return _page(found, first.count(), asked)


def organization_record(*, actor: Actor, uid: uuid.UUID, with_services: bool, on: dt.date) -> Record:
    """One organization with its published services, whole ones when `with_services`. Raises NotFound."""
    found = _with_services(actor, [str(uid)], with_services, on)
    if not found:
        raise NotFound(str(uid))
    return found[0]


def taxonomies(*, asked: Asked) -> Record:
    """The one list of needs. Takes no actor, as the next ones: they ship with the code."""
    return _page(_slice([taxonomy()], asked), 1, asked)


def taxonomy_record(*, uid: uuid.UUID) -> Record:
    """The list of needs by its id. Raises NotFound."""
    if uid != TAXONOMY:
        raise NotFound(str(uid))
    return taxonomy()


def taxonomy_terms(*, asked: Asked) -> Record:
    """The needs as terms of the standard."""
    is_ours = asked.taxonomy in {"", str(TAXONOMY)}
    found = [term(need) for need in shipped().needs.values() if is_ours]
    return _page(_slice(found, asked), len(found), asked)


def taxonomy_term(*, uid: uuid.UUID) -> Record:
    """One need as a term. Raises NotFound."""
    found = next((each for need in shipped().needs.values() if (each := term(need))["id"] == str(uid)), None)
    if found is None:
        raise NotFound(str(uid))
    return found


def _services(actor: Actor, on: dt.date) -> QuerySet[Listing]:
    return published(actor=actor, on=on).filter(kind=Service.Kind.SERVICE)


def _narrowed(rows: QuerySet[Listing], asked: Asked) -> QuerySet[Listing]:
    if typed := asked_words(asked.words):
        rows = rows.filter(terms__contains=typed)
    if asked.term:
        rows = rows.filter(needs__contains=[_need_of(asked.term)])
    if asked.taxonomy:
        rows = rows.exclude(needs=[]) if asked.taxonomy == str(TAXONOMY) else rows.none()
    if asked.organization:
        rows = rows.filter(organization_uid=asked.organization)
    return rows.filter(published_at__gte=asked.since) if asked.since else rows


def _with_services(actor: Actor, uids: Sequence[str], is_full: bool, on: dt.date) -> list[Record]:
    """The organizations of these ids, in their order; those without a published service are left out."""
    rows = _services(actor, on).filter(number=0, organization_uid__in=uids).order_by("name_en", "id")
    by_uid = defaultdict(list)
    for record in _records(rows):
        by_uid[record["organization"]["id"]].append(record)
    return [of_organization(by_uid[uid], is_full=is_full) for uid in uids if uid in by_uid]


def _records(rows: Any) -> Iterable[Record]:
    return map(json.loads, rows.values_list("record", flat=True))


def _first(rows: QuerySet[Listing], uid: uuid.UUID) -> Record:
    text: str | None = rows.values_list("record", flat=True).first()
    if text is None:
        raise NotFound(str(uid))
    return json.loads(text)  # type: ignore[no-any-return]


def _need_of(term_id: str) -> str:
    return next((key for key, need in shipped().needs.items() if term(need)["id"] == term_id), term_id)


def _slice(rows: Any, asked: Asked) -> Any:
    return rows[(asked.page - 1) * asked.per_page : asked.page * asked.per_page]


def _page(found: Sequence[Record], total: int, asked: Asked) -> Record:
    pages = -(-total // asked.per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(found),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not found,
        "contents": list(found),
    }
