"""Keeping the Cadre: who belongs to it, when they work, when they cannot."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.people.models import Person, Post
from upstander.district.people.selectors import posts_of
from upstander.district.places.selectors import site_by_ref
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid
from upstander.program.training import events, policies
from upstander.program.training.models import (
    Availability,
    AvailabilityException,
    BusyTime,
    CadreMember,
    HomeBase,
    Skill,
)


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
    base_ref: str = ""  # the site that is the home base, where one is named
    leads: tuple[str, ...] = (Skill.Offering.STAFF.value,)  # which kinds of session they may lead
    since: dt.date | None = None  # from when on they may; None: from today


@transaction.atomic
def join_cadre(*, actor: Actor, person: Person, joining: Joining, at: dt.datetime) -> CadreMember:
    """Make a person a member of the Cadre. Needs `training.coordinate` in the whole district.

    Raises Invalid at `staff_number` for who is a member already, or holds no post of a Cadre member: without that
    they could not sign in as one.
    """
    require(actor, "training.coordinate", Place(actor.district_id))
    on = policies.today(actor, at)
    _may_join(actor, person, on)
    member = CadreMember.objects.create(
        district_id=actor.district_id,
        person=person,
        languages=list(joining.languages),
        most_per_day=joining.most_per_day,
        most_per_week=joining.most_per_week,
    )
    told = {"district_id": actor.district_id, "member": member}
    HomeBase.objects.create(
        site=site_by_ref(actor=actor, ref=joining.base_ref, on=on) if joining.base_ref else None,
        latitude=joining.home_latitude,
        longitude=joining.home_longitude,
        starts_on=joining.since or on,
        recorded_at=at,
        **told,
    )
    Availability.objects.bulk_create(
        Availability(weekday=weekday, starts=starts, ends=ends, **told) for weekday, starts, ends in joining.weekly
    )
    AvailabilityException.objects.bulk_create(
        AvailabilityException(starts_on=first, ends_on=until, **told) for first, until in joining.away
    )
    Skill.objects.bulk_create(
        Skill(offering=offering, part=Skill.Part.LEAD, starts_on=joining.since or on, recorded_at=at, **told)
        for offering in joining.leads
    )
    record(events.CADRE_JOINED, actor=actor, subject=member.ref, at=at, person=person.ref)
    return member


def _may_join(actor: Actor, person: Person, on: dt.date) -> None:
    if CadreMember.objects.filter(person=person).exists():
        raise Invalid(_("This person belongs to the Cadre already."), "staff_number")
    if not any(post.role == Post.Role.CADRE_MEMBER for post in posts_of(actor=actor, person=person, on=on)):
        raise Invalid(_("This person holds no post in the Cadre. The staff list says who does."), "staff_number")


@transaction.atomic
def note_busy(
    *, actor: Actor, member: CadreMember, starts_at: dt.datetime, ends_at: dt.datetime, at: dt.datetime
) -> None:
    """Note a time as taken by other work. Needs `training.coordinate` in the whole district."""
    require(actor, "training.coordinate", Place(actor.district_id))
    BusyTime.objects.create(district_id=actor.district_id, member=member, starts_at=starts_at, ends_at=ends_at)
    record(events.BUSY_NOTED, actor=actor, subject=member.ref, at=at)
