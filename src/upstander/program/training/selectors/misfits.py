"""Which sessions to come would not be planned again with whoever holds them, and why."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import QuerySet, prefetch_related_objects

from upstander.engines.matching import Candidate, Span, weigh
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies, states
from upstander.program.training.models import Assignment, CadreMember
from upstander.program.training.selectors._allowed import allowed_of
from upstander.program.training.selectors._as_known import as_booked
from upstander.program.training.selectors._guests import guests_now
from upstander.program.training.selectors.matching import as_members, wanted_again

COMING = (states.Session.PLANNED, states.Session.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A session of a member that no longer fits, and the reason as the engine found it."""

    assignment: Assignment
    found: Candidate


def coming_misfits(*, actor: Actor, at: dt.datetime, member: CadreMember | None = None) -> list[Misfit]:
    """Every coming session of the district, or of one member, that no longer fits its consultant. For warnings.

    By the sessions, not by who belongs to the Cadre: those of somebody who has left are among them.
    """
    coming = coming_of([member.pk] if member else CadreMember.objects.filter(district_id=actor.district_id), at)
    held_by = CadreMember.objects.filter(pk__in={row.member_id for row in coming})
    return misfits_of(list(held_by.select_related("person__account")), coming, policies.today(actor, at))


def misfits_of(members: list[CadreMember], coming: list[Assignment], on: dt.date) -> list[Misfit]:
    """Which of the coming sessions would not be planned again with their member; what an exception that holds today
    (`on`) was made for is none. Takes no actor: callers have asked.
    """
    if not coming:
        return []
    span = Span(min(row.starts_at for row in coming), max(row.ends_at for row in coming))
    weighed = {each.key: each for each in as_members(members, span, min(row.session.on for row in coming))}
    allowed = allowed_of(coming, on)
    found = []
    for row in coming:
        member, own = weighed[row.member_id], as_booked(row)
        # A call somebody took on top of what is agreed takes no session away from them.
        alone = replace(member, booked=[each for each in member.booked if each != own], calls=())
        said = weigh(alone, wanted_again(row.session, row.role, row.session.here), allowed[row.pk])
        if not said.is_free:
            found.append(Misfit(row, said))
    return found


def coming_of(ids: list[int] | QuerySet[CadreMember], at: dt.datetime) -> list[Assignment]:
    """The coming sessions of these members, by when they begin; takes no actor: callers have asked."""
    rows = Assignment.objects.filter(
        member__in=ids, released_at__isnull=True, ends_at__gt=at, session__state__in=COMING
    )
    found = list(rows.select_related("session__request", "session__site", "site", "member").order_by("starts_at", "id"))
    prefetch_related_objects([row.session for row in found], guests_now())
    return found
