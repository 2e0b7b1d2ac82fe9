"""Giving a session to a member of the Cadre. Only services of this part call it."""

from django.db import transaction

from upstander.engines.matching import Candidate, Span
from upstander.program.training.models import Assignment, CadreMember, Session


def assign(session: Session, member: CadreMember, role: str, found: Candidate) -> Assignment:
    """Write who holds the session as what, with the way there as the engine found it.

    Raises IntegrityError, and keeps the caller's transaction whole, where the database knows of another session then.
    """
    made = assignment(session, member, role, found.travel_minutes)
    with transaction.atomic():
        made.save(force_insert=True)
    return made


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
