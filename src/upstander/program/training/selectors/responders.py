"""Who may answer in the room when somebody needs help, and how to reach them."""

from dataclasses import dataclass

from upstander.district.people.selectors import site_administrators
from upstander.foundation.kernel.actor import Actor
from upstander.program.training.models import Responder, Session
from upstander.program.training.selectors._teams import spoken_of, team_of

Who = Responder.Who
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Answering:
    """One who can be named: the people meant by name, and the school's number. Who is in the room needs none."""

    who: str
    names: str
    phone: str = ""

    @property
    def label(self) -> str:
        return str(Who(self.who).label)


def answering(*, actor: Actor, session: Session) -> list[Answering]:
    """Both who can be named for a session that a selector handed to this `actor`, who leads it."""
    people = site_administrators(actor=actor, site=session.site, on=session.on)[:MOST_NAMED]
    names = ", ".join(person.full_name for person in people)
    return [
        Answering(Who.LEAD, spoken_of(team_of(session))),
        Answering(Who.ADMINISTRATOR, names, session.site.phone),
    ]
