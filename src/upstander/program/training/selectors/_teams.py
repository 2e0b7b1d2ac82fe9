"""Who holds sessions: one place that says who is on a team now, and in which order."""

from django.db.models import QuerySet

from upstander.district.people.models import Person
from upstander.program.training.models import LEAD_FIRST, Assignment, Session


def held_now() -> QuerySet[Assignment]:
    """Assignments that hold, the lead first, then who co-leads, then who listens."""
    return Assignment.objects.filter(released_at__isnull=True).order_by(LEAD_FIRST, "id")


def team_of(session: Session) -> list[Assignment]:
    """Who holds the session, each with member and person."""
    return list(held_now().filter(session=session).select_related("member__person__account"))


def spoken_of(team: list[Assignment]) -> str:
    """Whom a site is told about: who leads and co-leads, by name."""
    people: list[Person] = [each.member.person for each in team if each.role != Assignment.Role.SHADOW]
    return ", ".join(person.full_name for person in people)
