"""Drawing what is published from the tables of entries: the one way by which anything comes out."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Exists, Func, OuterRef

from upstander.foundation.kernel.languages import shipped_languages
from upstander.program.directory.content import hsds
from upstander.program.directory.content.hours import Hours, is_always, spans
from upstander.program.directory.content.shipped import Need, shipped
from upstander.program.directory.content.terms import part_id
from upstander.program.directory.content.wording import TEXTS
from upstander.program.directory.content.words import words_of
from upstander.program.directory.models import Listing, Location, Service, Word

TERM_LENGTH = 40
TERMS = Listing._meta.get_field("terms")


def publish(services: Iterable[Service], *, verified_on: dt.date, at: dt.datetime) -> int:
    """Make what is published of these services what they say now; gives the number of listings."""
    services = list(services)
    listings = [listing for service in services for listing in _listings(service, verified_on, at)]
    gone = [_take_off(service) for service in services]
    Listing.objects.bulk_create(listings)
    _learn(listings)
    said = {term for listing in listings for term in listing.terms}
    for service, words in zip(services, gone, strict=True):
        forget(service.district_id, words - said)
    return len(listings)


def unpublish(service: Service) -> None:
    """Nothing of the service is published any more."""
    forget(service.district_id, _take_off(service))


def forget(district_id: int, words: Collection[str]) -> None:
    """Words that no listing holds any more are no words of the search either: they would tell of what is gone."""
    asked = Func(OuterRef("word"), template="ARRAY[%(expressions)s]", output_field=TERMS)
    holds = Listing.objects.filter(district_id=district_id, terms__contains=asked)
    if words:
        Word.objects.filter(~Exists(holds), district_id=district_id, word__in=words).delete()


def _take_off(service: Service) -> set[str]:
    """Delete what is published of a service; gives the words by which it was found."""
    rows = Listing.objects.filter(district_id=service.district_id, ref=service.ref)
    words = {word for terms in rows.values_list("terms", flat=True) for word in terms}
    rows.delete()
    return words


def _learn(listings: Iterable[Listing]) -> None:
    known = sorted({(listing.district_id, term) for listing in listings for term in listing.terms})
    Word.objects.bulk_create([Word(district_id=of, word=term) for of, term in known], ignore_conflicts=True)


def _listings(service: Service, verified_on: dt.date, at: dt.datetime) -> Iterator[Listing]:
    told = _told(service, verified_on, at)
    languages = {code: name.en for code, name in shipped_languages().names.items()}
    common = _common(service, told)
    common["terms"] = terms_of(Listing(**common))
    for number, place in enumerate(told.places or (None,)):
        yield Listing(
            **common,
            **(columns_of(place) if place else {}),
            number=number,
            at_uid=part_id(told.uid, "at", place.uid) if place else None,
            record="" if number else json.dumps(hsds.record(told, languages), ensure_ascii=False),
            verified_on=verified_on,
            published_at=at,
        )


def _common(service: Service, told: hsds.Told) -> dict[str, Any]:
    said, borrowed = in_both(service)
    return {
        "district_id": service.district_id,
        "ref": service.ref,
        "uid": service.uid,
        "kind": service.kind,
        **{field: said[field] for field in ("name_en", "name_es", "about_en", "about_es")},
        "organization_uid": told.organization_uid,
        "organization": told.organization,
        "needs": service.needs,
        "languages": service.languages,
        "week": spans(told.hours),
        "cost": service.cost,
        "takes_report": service.takes_report,
        "shown": {
            **{field: said[field] for field in ("who_en", "who_es", "how_en", "how_es")},
            "borrowed": borrowed,
            **_shown(service, told),
        },
    }


def in_both(service: Service) -> tuple[dict[str, str], list[str]]:
    """Every text in both languages, and which of them are borrowed from the other one."""
    said = {field: str(getattr(service, field)) for field in TEXTS}
    lent = {field: said[f"{field[:-2]}{'es' if field.endswith('en') else 'en'}"] for field in TEXTS if not said[field]}
    borrowed = {field: text for field, text in lent.items() if text}
    return said | borrowed, list(borrowed)


def _told(service: Service, verified_on: dt.date, at: dt.datetime) -> hsds.Told:
    needs: dict[str, Need] = shipped().needs
    return hsds.Told(
        uid=service.uid,
        organization_uid=service.organization.uid,
        organization=service.organization.name,
        organization_about=service.organization.about,
        organization_website=service.organization.website,
        name_en=service.name_en or service.name_es,
        name_es=service.name_es,
        about_en=service.about_en,
        who_en=service.who_en,
        how_en=service.how_en,
        website=service.website or service.organization.website,
        youngest=service.youngest,
        oldest=service.oldest,
        cost=service.cost,
        takes_report=service.takes_report,
        languages=tuple(service.languages),
        needs=tuple(needs[key] for key in service.needs if key in needs),
        numbers=tuple(hsds.Number(each.number, each.extension, each.kind) for each in service.phones.all()),
        hours=tuple(Hours(each.weekday, each.opens, each.closes) for each in service.schedules.all()),
        places=tuple(public_place(each.location) for each in service.at_locations.all()),
        verified_on=verified_on,
        published_at=at,
    )


def public_place(place: Location) -> hsds.Place:
    """The place as the public may know it. Of a confidential one: in which city or area it is, and nothing else."""
    is_open = place.kind == Location.Kind.OPEN
    return hsds.Place(
        uid=place.uid,
        kind=place.kind,
        name=place.name if is_open else "",
        street=place.street if is_open else "",
        city=place.city,
        state_code=place.state_code,
        postal_code=place.postal_code if is_open else "",
        latitude=place.latitude if is_open else None,
        longitude=place.longitude if is_open else None,
        access=tuple(place.access),
    )


def columns_of(place: hsds.Place) -> dict[str, Any]:
    """What a listing is found by, of its place."""
    told = {name: getattr(place, name) for name in ("city", "postal_code", "latitude", "longitude")}
    return {**told, "access": list(place.access)}


def shown_of(place: hsds.Place) -> dict[str, Any]:
    """What a page draws of a place."""
    told = {name: getattr(place, name) for name in ("kind", "name", "street", "city", "state_code", "postal_code")}
    return {**told, "access": list(place.access)}


def terms_of(listing: Listing) -> list[str]:
    """Every word by which a listing may be found, in both languages: of what it shows, and of nothing else."""
    known, shown = shipped().needs, listing.shown
    own = (listing.name_en, listing.name_es, listing.about_en, listing.about_es, shown["who_en"], shown["who_es"])
    needs = [known[key] for key in listing.needs if key in known]
    said = [text for need in needs for text in (need.name.en, need.name.es, need.also.en, need.also.es)]
    places = [text for place in shown["places"] for text in (place["name"], place["city"])]
    return [word[:TERM_LENGTH] for word in words_of(listing.organization, *own, *said, *places)]


def _shown(service: Service, told: hsds.Told) -> dict[str, Any]:
    """What a page draws beside the columns, without a further query."""
    return {
        "website": told.website,
        "youngest": told.youngest,
        "oldest": told.oldest,
        "cost": service.cost,
        "may_report": service.may_report,
        "is_always": is_always(told.hours),
        "numbers": [{"number": n.number, "extension": n.extension, "kind": n.kind} for n in told.numbers],
        "hours": [[h.weekday, h.opens.isoformat("minutes"), h.closes.isoformat("minutes")] for h in sorted(told.hours)],
        "places": [shown_of(place) for place in told.places],
    }
