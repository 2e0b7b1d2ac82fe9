"""Making an address confidential in what is published already, without waiting for anybody's check.

Only the place changes there: whatever else was edited since the last check still waits for the next one.
"""

import datetime as dt
import json

from upstander.program.directory.content.hsds import as_location, moment
from upstander.program.directory.models import Listing, Location
from upstander.program.directory.services._publishing import columns_of, forget, public_place, shown_of, terms_of


def close_listings(place: Location, at: dt.datetime) -> int:
    """Let every published service that names the place tell from now on its area alone; gives how many did.

    Looked for in what is published, not among the entries: one of them may have left the place since its last check.
    """
    named = Listing.objects.filter(district_id=place.district_id, number=0, record__contains=str(place.uid))
    for first in named:
        _close(first, place, at)
    return len(named)


def _close(first: Listing, place: Location, at: dt.datetime) -> None:
    record, known, words = json.loads(first.record), public_place(place), set(first.terms)
    numbers = [each["location_id"] for each in record["service_at_locations"]]
    number = numbers.index(str(place.uid))
    record["service_at_locations"][number]["location"] = as_location(known)
    record["last_modified"] = moment(at)
    first.shown["places"][number] = shown_of(known)
    terms = terms_of(first)
    rows = Listing.objects.filter(district_id=place.district_id, ref=first.ref)
    rows.update(shown=first.shown, terms=terms, published_at=at)
    rows.filter(number=0).update(record=json.dumps(record, ensure_ascii=False))
    rows.filter(number=number).update(**columns_of(known))
    forget(place.district_id, words - set(terms))
