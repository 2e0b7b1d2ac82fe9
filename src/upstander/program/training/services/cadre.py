"""Keeping the Cadre: who belongs to it, when they work, when they cannot."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from upstander.district.people.models import Person
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import events
from upstander.program.training.models import Availability, AvailabilityException, BusyTime, CadreMember


@dataclass(frozen=True, slots=True)
class Joining:
    """A consultant as they join. `weekly` holds weekday (0 is Monday), start and end; `away` half-open days."""

    home_latitude: float
    home_longitude: float
    languages: tuple[str, ...]
    weekly: tuple[tuple[int, dt.time, dt.time], ...]
    away: tuple[tuple[dt.date, dt.date], ...] = ()
    most_per_day: int = 2
    most_per_week: int = 5


@transaction.atomic
def join_cadre(*, actor: Actor, person: Person, joining: Joining, at: dt.datetime) -> CadreMember:
    """Make a person a member of the Cadre. Needs `training.coordinate` in the whole district."""
    require(actor, "training.coordinate", Place(actor.district_id))
    member = CadreMember.objects.create(
        district_id=actor.district_id,
        person=person,
        home_latitude=joining.home_latitude,
        home_longitude=joining.home_longitude,
        languages=list(joining.languages),
        most_per_day=joining.most_per_day,
        most_per_week=joining.most_per_week,
    )
    told = {"district_id": actor.district_id, "member": member}
    Availability.objects.bulk_create(
        Availability(weekday=weekday, starts=starts, ends=ends, **told) for weekday, starts, ends in joining.weekly
    )
    AvailabilityException.objects.bulk_create(
        AvailabilityException(starts_on=first, ends_on=until, **told) for first, until in joining.away
    )
    record(events.CADRE_JOINED, actor=actor, subject=member.ref, at=at, person=person.ref)
    return member


@transaction.atomic
def note_busy(
    *, actor: Actor, member: CadreMember, starts_at: dt.datetime, ends_at: dt.datetime, at: dt.datetime
) -> None:
    """Note a time as taken by other work. Needs `training.coordinate` in the whole district."""
    require(actor, "training.coordinate", Place(actor.district_id))
    BusyTime.objects.create(district_id=actor.district_id, member=member, starts_at=starts_at, ends_at=ends_at)
    record(events.BUSY_NOTED, actor=actor, subject=member.ref, at=at)
