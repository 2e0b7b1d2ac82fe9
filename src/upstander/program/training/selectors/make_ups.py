"""Who missed a part of a held session, and when they make it up."""

import datetime as dt
from dataclasses import dataclass

from upstander.district.people.models import Person
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies, states
from upstander.program.training.models import MadeUp, MakeUp, Session
from upstander.program.training.selectors._presence import attendance_of
from upstander.program.training.selectors.rooms import session_led


@dataclass(frozen=True, slots=True)
class Partial:
    """One person who was there, and not for long enough."""

    person: Person
    minutes: int
    missed: int
    make_up: MakeUp | None
    is_made: bool


def partials_of(*, actor: Actor, ref: str, at: dt.datetime) -> tuple[Session, list[Partial]]:
    """A held session and everyone who missed a part of it, by name; nobody before it is closed. Raises NotFound."""
    session = session_led(actor=actor, ref=ref, at=at)
    if session.state != states.Session.CLOSED:
        return session, []
    found = attendance_of(session).people
    short = [key for key, each in found.items() if each.is_present and not policies.has_stayed(session, each)]
    offers = {offer.person_id: offer for offer in MakeUp.objects.filter(session=session).order_by("id")}
    made = set(MadeUp.objects.filter(make_up__session=session).values_list("make_up__person_id", flat=True))
    people = Person.objects.filter(pk__in=short).order_by("sort_key", "id")
    return session, [
        Partial(
            person,
            policies.minutes_of(session, found[person.pk]),
            policies.missed_minutes(session, found[person.pk]),
            offers.get(person.pk),
            person.pk in made,
        )
        for person in people
    ]
