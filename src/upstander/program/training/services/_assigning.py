"""Giving a session to a member of the Cadre. Only services of this part call it."""

import datetime as dt

from django.db import transaction

from upstander.engines.matching import Candidate, Span
from upstander.program.training.models import Assignment, CadreMember, Session

AROUND = dt.timedelta(days=1)


def assign(session: Session, member: CadreMember, role: str, found: Candidate) -> Assignment:
    """Write who holds the session as what, with the way there as the engine found it. Between two sessions of a day
    that a way over home would not fit between, the time is shared out.

    Raises IntegrityError, and keeps the caller's transaction whole, where the database knows of another session then.
    """
    made = assignment(session, member, role, found.travel_minutes)
    around = {"starts_at__lt": session.ends_at + AROUND, "ends_at__gt": session.starts_at - AROUND}
    own = Assignment.objects.filter(member=member, released_at__isnull=True, **around)
    with transaction.atomic():
        touched = {each.pk: each for each in share_ways([*own.select_for_update(), made]) if each is not made}
        Assignment.objects.bulk_update(touched.values(), ["leaves_at", "returns_at"])
        made.save(force_insert=True)
    return made


def share_ways(own: list[Assignment]) -> list[Assignment]:
    """Share out the time between two sessions of one member where a way over home would be too long; gives those.

    Nobody drives over home then. The database refuses ways that overlap.
    """
    own.sort(key=lambda each: each.starts_at)
    touched = []
    for one, other in zip(own, own[1:], strict=False):
        if one.returns_at > other.leaves_at and one.ends_at <= other.starts_at:
            middle = one.ends_at + (other.starts_at - one.ends_at) / 2
            one.returns_at, other.leaves_at = min(one.returns_at, middle), max(other.leaves_at, middle)
            touched += [one, other]
    return touched


def assignment(session: Session, member: CadreMember, role: str, travel_minutes: int) -> Assignment:
    """That the member holds the session in the role, `travel_minutes` away from their home base; not yet written."""
    around = Span(session.starts_at, session.ends_at).widened(travel_minutes)
    return Assignment(
        district_id=session.district_id,
        session=session,
        member=member,
        role=role,
        site=session.site,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        travel_minutes=travel_minutes,
        leaves_at=around.starts_at,
        returns_at=around.ends_at,
    )
