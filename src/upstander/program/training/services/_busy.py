"""Busy times out of a calendar, however it came: as a file, or from an address. Only services of this part call it."""

import datetime as dt
from collections.abc import Iterable

from upstander.engines.calendar_files import Busy, busy_times
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies
from upstander.program.training.models import Assignment, BusyTime, CadreMember

HORIZON = dt.timedelta(days=400)


def found_in(data: bytes, actor: Actor, member: CadreMember, at: dt.datetime) -> list[Busy]:
    """When the calendar says that its owner is taken, within the coming 400 days. Raises CalendarRefused.

    Entries that are our own sessions are left out: a member who took our invitation has them there too, and each would
    collide with itself.
    """
    ours = Assignment.objects.filter(member=member, ends_at__gt=at).values_list("session__ref", flat=True)
    return busy_times(data, policies.zone_of(actor), at, at + HORIZON, frozenset(ours))


def replace(member: CadreMember, found: Iterable[Busy], **source: bool) -> bool:
    """Put these times in place of those of the same source; False where they are the same already."""
    wanted = {(each.starts_at, each.ends_at) for each in found}
    kept = {(row.starts_at, row.ends_at): row.pk for row in BusyTime.objects.filter(member=member, **source)}
    BusyTime.objects.filter(pk__in=[pk for times, pk in kept.items() if times not in wanted]).delete()
    BusyTime.objects.bulk_create(
        BusyTime(district_id=member.district_id, member=member, starts_at=starts_at, ends_at=ends_at, **source)
        for starts_at, ends_at in sorted(wanted - kept.keys())
    )
    return wanted != kept.keys()
