"""The session room: its code, who is there, who is expected."""

import datetime as dt
from dataclasses import dataclass

from upstander.district.people.models import Person
from upstander.district.people.selectors import staff_in_post
from upstander.engines import rotating_code
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.secrets import keyed_digest
from upstander.program.training import policies, states
from upstander.program.training.models import Session
from upstander.program.training.selectors._presence import GONE, latest_by_person, unmatched_numbers


@dataclass(frozen=True, slots=True)
class Seat:
    """One person as the tick list shows them; `how` is "" for who has not been marked."""

    person: Person
    how: str
    is_present: bool


@dataclass(frozen=True, slots=True)
class Room:
    """A session with its people: those expected from the site, those who walked in, numbers nobody knows."""

    session: Session
    expected: list[Seat]
    walked_in: list[Seat]
    unmatched: list[str]

    @property
    def present_count(self) -> int:
        return sum(seat.is_present for seat in [*self.expected, *self.walked_in])

    @property
    def checked_in_count(self) -> int:
        """Present, and numbers still to be matched: what the room itself can count."""
        return self.present_count + len(self.unmatched)


def code_secret(session: Session) -> bytes:
    """The session's own key, derived and never stored: a copy of the database holds no code."""
    return keyed_digest("check-in", session.ref)


def session_led(*, actor: Actor, ref: str, at: dt.datetime) -> Session:
    """The session, for who leads it or coordinates its site. Raises NotFound."""
    session = Session.objects.select_related("site", "request").filter(ref=ref).first()
    if session is None:
        raise NotFound(ref)
    policies.require_lead(actor, session, at)
    return session


def room_of(*, actor: Actor, ref: str, at: dt.datetime) -> Room:
    """The room of a session the actor leads: the site's staff of that day by name, each present or not."""
    session = session_led(actor=actor, ref=ref, at=at)
    marked = latest_by_person(session)
    # Leading the session opens the list of its site's staff, for this one list.
    reader = lend(actor, "people.read")
    expected = list(staff_in_post(actor=reader, site=session.site, on=session.on))
    known = {person.pk for person in expected}
    others = Person.objects.filter(pk__in=marked.keys() - known).order_by("sort_key", "id")
    return Room(
        session=session,
        expected=[_seat(person, marked) for person in expected],
        walked_in=[seat for person in others if (seat := _seat(person, marked)).is_present],
        unmatched=unmatched_numbers(session),
    )


def code_now(*, actor: Actor, ref: str, at: dt.datetime) -> str:
    """The code the room shows this minute, for who leads the session. Raises NotFound while no room is open."""
    session = session_led(actor=actor, ref=ref, at=at)
    if session.state != states.Session.OPEN:
        raise NotFound(ref)
    return rotating_code.code_of(code_secret(session), rotating_code.minute_of(at))


def _seat(person: Person, marked: dict[int, str]) -> Seat:
    how = marked.get(person.pk, "")
    return Seat(person, how, bool(how) and how not in GONE)
