"""School years, and the days in them on which nobody is trained."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places import events
from upstander.district.places.models import ClosedDay, SchoolYear
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import WrongState


class DayOut(NamedTuple):
    """A day without school or with tests, of one site or (None) of the whole district."""

    on: dt.date
    name: str
    site_id: int | None = None
    kind: str = ClosedDay.Kind.CLOSED


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
def add_days_out(*, actor: Actor, days: Sequence[DayOut], at: dt.datetime) -> list[str]:
    """Enter days without school or with tests; their refs in the order given. Needs `places.manage` in the district.

    Raises WrongState where one of them stands already: what was entered a moment ago has to be looked at first.
    """
    require(actor, "places.manage", Place(actor.district_id))
    rows = [ClosedDay(district_id=actor.district_id, **day._asdict()) for day in days]
    try:
        with transaction.atomic():
            ClosedDay.objects.bulk_create(rows)
    except IntegrityError:
        raise WrongState(_("Somebody entered one of these days a moment ago. Please look again.")) from None
    record(events.DAYS_OUT_ADDED, actor=actor, subject="days", at=at, count=len(rows))
    return [row.ref for row in rows]


@transaction.atomic
def take_back_days_out(*, actor: Actor, refs: Collection[str], at: dt.datetime) -> None:
    """These days are like any other again. Needs `places.manage` in the whole district."""
    require(actor, "places.manage", Place(actor.district_id))
    count, _each = ClosedDay.objects.filter(district_id=actor.district_id, ref__in=refs).delete()
    record(events.DAYS_OUT_TAKEN_BACK, actor=actor, subject="days", at=at, count=count)
