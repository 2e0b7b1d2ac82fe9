"""School years and days without school."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from upstander.district.places import events
from upstander.district.places.models import ClosedDay, SchoolYear, Site
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor


@transaction.atomic
def add_school_year(*, actor: Actor, name: str, starts_on: dt.date, ends_on: dt.date, at: dt.datetime) -> SchoolYear:
    """Enter a school year; `ends_on` is the day after its last. Needs `places.manage`; years never overlap."""
    require(actor, "places.manage", Place(actor.district_id))
    year = SchoolYear(district_id=actor.district_id, name=name, starts_on=starts_on, ends_on=ends_on)
    year.save(force_insert=True)
    events.CHANGED.tell(actor)
    told = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    record(events.SCHOOL_YEAR_ADDED, actor=actor, subject=year.ref, at=at, **told)
    return year


@transaction.atomic
def add_closed_days(*, actor: Actor, days: Mapping[dt.date, str], at: dt.datetime, site: Site | None = None) -> None:
    """Enter days without school with their names, for the district or one site. Needs `places.manage`."""
    require(actor, "places.manage", Place(actor.district_id, None, site.pk if site else None))
    rows = [ClosedDay(district_id=actor.district_id, on=on, name=name, site=site) for on, name in days.items()]
    ClosedDay.objects.bulk_create(rows)
    for row in rows:
        record(events.CLOSED_DAY_ADDED, actor=actor, subject=row.ref, at=at, on=row.on.isoformat())
