"""What is published as records of the open standard, for other programs: a page of them, or one.

Public: every actor may read what is published. Nothing here looks at any table but the listings.
"""

import datetime as dt
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from django.db.models import Q, QuerySet

from upstander.district.places.models import Site
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.program.directory.content.records import Record, alone, at_place, least, of_organization
from upstander.program.directory.content.terms import REPORTS, TAXONOMY, taxonomies, terms
from upstander.program.directory.content.words import asked_words, words_of
from upstander.program.directory.models import Listing, Service
from upstander.program.directory.selectors.finding import miles_from, published

PER_PAGE, PER_PAGE_MOST = 50, 500
METERS_A_MILE = 1609.344
NOTHING = Q(pk__in=[])
SAYS_ANY = {str(TAXONOMY): ~Q(needs=[]), str(REPORTS): ~Q(takes_report=Service.TakesReport.UNKNOWN)}
HAS_COORDINATES: dict[str, Any] = {"latitude__isnull": False, "longitude__isnull": False}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which records, and which page of them counted from one. `term`, `parent` and `taxonomy` are ids of the standard;
    what is empty narrows nothing. `is_full` asks for all parts, `is_minimal` for hardly any, `with_services` for all
    parts of the services below an organization. `postcode` is the five digits, `meters` how far from its middle.
    """

    page: int = 1
    per_page: int = PER_PAGE
    words: str = ""
    term: str = ""
    taxonomy: str = ""
    organization: uuid.UUID | None = None
    parent: str = ""
    since: dt.datetime | None = None
    postcode: str = ""
    meters: float | None = None
    is_full: bool = False
    is_minimal: bool = False
    with_services: bool = False


def service_records(*, actor: Actor, asked: Asked, on: dt.date) -> Record:
    """A page of services by name."""
    rows = _narrowed(_services(actor, on), asked).filter(number=0).order_by("name_en", "id")
    draw = least if asked.is_minimal else dict if asked.is_full else alone
    return _page([draw(row) for row in _records(_slice(rows, asked))], rows.count(), asked)


def service_record(*, actor: Actor, uid: uuid.UUID, on: dt.date) -> Record:
    """One service, fully nested. Raises NotFound."""
    return _first(_services(actor, on).filter(uid=uid, number=0), uid)


def at_location_records(*, actor: Actor, asked: Asked, on: dt.date) -> Record:
    """A page of services at each of their places, by the service's name. Raises Invalid for a distance from a postcode
    of which no place is known."""
    rows = _around(actor, _narrowed(_services(actor, on), asked).filter(at_uid__isnull=False), asked, on)
    rows = rows.order_by("name_en", "ref", "number")
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


def organization_records(*, actor: Actor, asked: Asked, on: dt.date) -> Record:
    """A page of organizations that have a published service, by name; with those services where it is asked for."""
    rows = _narrowed(_services(actor, on), asked).filter(number=0)
    first = rows.order_by("organization", "organization_uid", "id").distinct("organization", "organization_uid")
    found = [row["organization"] for row in _records(_slice(first, asked))]
    if asked.is_full or asked.with_services:
        found = _with_services(actor, [each["id"] for each in found], asked.with_services, on)
    return _page(found, first.count(), asked)


def organization_record(*, actor: Actor, uid: uuid.UUID, with_services: bool, on: dt.date) -> Record:
    """One organization with its published services, whole ones when `with_services`. Raises NotFound."""
    found = _with_services(actor, [str(uid)], with_services, on)
    if not found:
        raise NotFound(str(uid))
    return found[0]


def taxonomy_records(*, asked: Asked) -> Record:
    """Our lists of terms. Takes no actor, as the next ones: they ship with the code."""
    return _listed(taxonomies(), asked)


def taxonomy_record(*, uid: uuid.UUID) -> Record:
    """One list by its id. Raises NotFound."""
    return _by_id(taxonomies(), uid)


def term_records(*, asked: Asked) -> Record:
    """Their terms. None stands below another one."""
    found = [each for each in terms() if asked.taxonomy in {"", each["taxonomy_id"]} and not asked.parent]
    return _listed(found, asked)


def term_record(*, uid: uuid.UUID) -> Record:
    """One term. Raises NotFound."""
    return _by_id(terms(), uid)


def _by_id(every: Iterable[Record], uid: uuid.UUID) -> Record:
    found = next((each for each in every if each["id"] == str(uid)), None)
    if found is None:
        raise NotFound(str(uid))
    return found


def _services(actor: Actor, on: dt.date) -> QuerySet[Listing]:
    return published(actor=actor, on=on).filter(kind=Service.Kind.SERVICE)


def _narrowed(rows: QuerySet[Listing], asked: Asked) -> QuerySet[Listing]:
    if typed := asked_words(asked.words):
        rows = rows.filter(terms__contains=typed)
    if asked.term:
        rows = rows.filter(_said(asked.term))
    if asked.taxonomy:
        rows = rows.filter(SAYS_ANY.get(asked.taxonomy, NOTHING))
    if asked.organization:
        rows = rows.filter(organization_uid=asked.organization)
    return rows.filter(published_at__gte=asked.since) if asked.since else rows


def _around(actor: Actor, rows: QuerySet[Listing], asked: Asked, on: dt.date) -> QuerySet[Listing]:
    """Those in the postcode; or, with a distance, those within it from the postcode's middle."""
    if not asked.postcode:
        return rows
    if asked.meters is None:
        return rows.filter(postal_code__startswith=asked.postcode)
    north, east = _middle(actor, asked.postcode, on)
    rows = rows.filter(**HAS_COORDINATES).annotate(miles=miles_from(north, east))
    return rows.filter(miles__lte=asked.meters / METERS_A_MILE)


def _middle(actor: Actor, postcode: str, on: dt.date) -> tuple[float, float]:
    """Where a postcode lies, north and east. No map of them ships: it is in the midst of the schools and published
    places that we know in it. Raises Invalid where there is none."""
    here = {"postal_code__startswith": postcode, **HAS_COORDINATES}
    sites = Site.objects.filter(district_id=actor.district_id, **here).values_list("latitude", "longitude")
    known = [*sites, *_services(actor, on).filter(**here).values_list("latitude", "longitude")]
    if not known:
        raise Invalid("No school and no place with this postcode is known here.", "postcode")
    north, east = zip(*known, strict=True)
    return fmean(north), fmean(east)


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


def _said(term_id: str) -> Q:
    """Which listings say a term; one that is not ours, none."""
    found = next((each for each in terms() if each["id"] == term_id), None)
    if found is None:
        return NOTHING
    by_list = {str(TAXONOMY): Q(needs__contains=[found["code"]]), str(REPORTS): Q(takes_report=found["code"])}
    return by_list[found["taxonomy_id"]]


def _slice(rows: Any, asked: Asked) -> Any:
    return rows[(asked.page - 1) * asked.per_page : asked.page * asked.per_page]


def _listed(every: Sequence[Record], asked: Asked) -> Record:
    """A page of what stands in no table, narrowed by words."""
    words = asked_words(asked.words)
    found = [each for each in every if set(words) <= set(words_of(each["name"], each["description"]))]
    return _page(_slice(found, asked), len(found), asked)


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
