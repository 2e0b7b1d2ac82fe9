"""What a member and their coordinator see of a connected calendar (never its address), and which calendars are due."""

import datetime as dt
from dataclasses import dataclass

from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies
from upstander.program.training.content.calendars import said_of_calendar
from upstander.program.training.models import CadreMember, ConnectedCalendar
from upstander.program.training.selectors.matching import members_on


@dataclass(frozen=True, slots=True)
class Connected:
    """How a connected calendar stands."""

    host: str  # for its owner alone
    connected_at: dt.datetime
    read_at: dt.datetime | None
    until: dt.datetime | None
    stretch_count: int
    trouble: str  # a sentence, or nothing
    is_left_alone: bool
    is_waiting: bool  # somebody asked for it, and nothing has come yet


def connected_calendar(*, actor: Actor, member: CadreMember, at: dt.datetime) -> Connected | None:
    """The member's connected calendar, or nothing; its host is told to nobody but the member.

    Raises NotFound unless it is the actor's own or the actor coordinates the member.
    """
    policies.require_own_or_coordinated(actor, member, at)
    row = ConnectedCalendar.objects.filter(member=member).first()
    if row is None:
        return None
    return Connected(
        host=row.host if policies.is_own(actor, member) else "",
        connected_at=row.connected_at,
        read_at=row.read_at,
        until=row.until,
        stretch_count=row.stretch_count,
        trouble=said_of_calendar(row.trouble, row.trouble_line),
        is_left_alone=row.next_at is None,
        is_waiting=row.next_at is not None and row.next_at <= at,
    )


def due_calendars(*, actor: Actor, at: dt.datetime, ref: str = "") -> list[tuple[str, str]]:
    """Ref and host of each calendar to be asked now, the longest waiting first; of one only, if a ref is given.

    Whoever left the Cadre is not asked any more.
    """
    rows = ConnectedCalendar.objects.filter(district_id=actor.district_id, next_at__lte=at)
    rows = rows.filter(member__in=members_on(policies.today(actor, at)))
    if ref:
        rows = rows.filter(ref=ref)
    return list(rows.order_by("next_at", "id").values_list("ref", "host"))
