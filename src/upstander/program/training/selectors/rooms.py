"""The session room: its code, who is there, who is expected."""

import datetime as dt
from dataclasses import dataclass

from upstander.district.people.models import Person
from upstander.district.people.selectors import staff_in_post
from upstander.engines import rotating_code
from upstander.engines.presence import NOBODY, Presence
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.secrets import keyed_digest
from upstander.program.training import policies, states
from upstander.program.training.models import HeadCount, Request, Responder, Session, SessionGuest
from upstander.program.training.selectors._guests import guests_of
from upstander.program.training.selectors._presence import Attendance, attendance_of

A_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Seat:
    """One person as the tick list shows them, with what is known of their presence."""

    person: Person
    presence: Presence
    site_name: str = ""  # of who comes from a guest's site
    is_late: bool = False
    minutes: int = 0
    is_enough: bool = True
    is_by_codes: bool = False  # listens from afar: attendance is a code at the start and one at the end

    @property
    def is_present(self) -> bool:
        return self.presence.is_present


@dataclass(frozen=True, slots=True)
class Room:
    """A session with its people: those expected from its sites, those who walked in, numbers nobody knows."""

    session: Session
    expected: list[Seat]
    walked_in: list[Seat]
    unmatched: list[str]
    guests: list[SessionGuest]  # sites whose staff come too
    responder: Responder | None  # who answers when somebody needs help, if that was said
    tally: HeadCount | None  # what was counted by eye at closing

    @property
    def head_count(self) -> int:
        """How many were expected, from all its sites."""
        counts: list[int] = [each.head_count for each in (self.session.request, *(g.request for g in self.guests))]
        return sum(counts)

    @property
    def present_count(self) -> int:
        return sum(seat.is_present for seat in [*self.expected, *self.walked_in])

    @property
    def answers(self) -> str:
        """Who answers now, empty as long as nobody said."""
        return self.responder.who if self.responder else ""

    @property
    def checked_in_count(self) -> int:
        """Present, and numbers still to be matched: what the room itself can count."""
        return self.present_count + len(self.unmatched)


# What a session shows codes for: in the room, and online at its start, all who come first; online at its end.
START, ONLINE, END = "start", "online", "end"
PURPOSES = {START: "check-in", ONLINE: "check-in-online", END: "check-in-end"}


def code_secret(session: Session, part: str = START) -> bytes:
    """The session's own key for one of its codes, derived and never stored: a copy of the database holds no code."""
    return keyed_digest(PURPOSES[part], session.ref)


def parts_shown(session: Session, at: dt.datetime) -> list[str]:
    """Which codes the session shows at this moment: one in a room, two online, and of a hybrid one all three.

    None of a session that is long over: a code proves that somebody is there.
    """
    if policies.is_long_over(session, at):
        return []
    online = [ONLINE] if session.mode == Request.Mode.HYBRID else []
    end = [END] if policies.shows_end_code(session, at) else []
    return [START, *online, *end]


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
    found = attendance_of(session)
    # Leading the session opens the list of its site's staff, for this one list.
    reader = lend(actor, "people.read")
    guests = guests_of(session)
    expected = _staff(reader, session, guests)
    known = {person.pk for person in expected}
    others = Person.objects.filter(pk__in=set(found.present) - known).order_by("sort_key", "id")
    return Room(
        session=session,
        expected=[_seat(session, person, found, site) for person, site in expected.items()],
        walked_in=[_seat(session, person, found) for person in others],
        unmatched=found.waiting,
        guests=guests,
        responder=Responder.objects.filter(session=session).order_by("happened_at", "id").last(),
        tally=_tally_of(session),
    )


def _tally_of(session: Session) -> HeadCount | None:
    if session.state != states.Session.CLOSED:
        return None
    return HeadCount.objects.filter(session=session).order_by("-id").first()


def _staff(reader: Actor, session: Session, guests: list[SessionGuest]) -> dict[Person, str]:
    """Everyone in post at the session's sites, by name, with the name of a guest's site."""
    found = {person: "" for person in staff_in_post(actor=reader, site=session.site, on=session.on)}
    for guest in guests:
        for person in staff_in_post(actor=reader, site=guest.site, on=session.on):
            found.setdefault(person, guest.site.name)
    return dict(sorted(found.items(), key=lambda each: (each[0].sort_key, each[0].pk))) if guests else found


def code_now(*, actor: Actor, ref: str, at: dt.datetime, part: str = START) -> str:
    """The code the room shows this minute, for who leads the session. Raises NotFound while it shows none."""
    session = session_led(actor=actor, ref=ref, at=at)
    if session.state != states.Session.OPEN or part not in parts_shown(session, at):
        raise NotFound(ref)
    return rotating_code.code_of(code_secret(session, part), rotating_code.minute_of(at))


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of a session's own hours, minute after minute from `first` on; it ends with them."""

    first: int
    letters: str
    until: dt.datetime


def codes_for_device(*, actor: Actor, ref: str, at: dt.datetime) -> Codes:
    """The codes that the consultant's device may show without a network; never the key they are made from.

    For who leads the session. Raises NotFound while the room's page may not be taken along.
    """
    session = session_led(actor=actor, ref=ref, at=at)
    if not policies.may_be_taken(session, at):
        raise NotFound(ref)
    secret = code_secret(session)
    first = rotating_code.minute_of(max(session.starts_at - policies.OPENS_BEFORE, at - policies.CODES_AFTER))
    last = rotating_code.minute_of(max(session.ends_at, at) + policies.CODES_AFTER)
    letters = "".join(rotating_code.code_of(secret, minute) for minute in range(first, last + 1))
    return Codes(first, letters, max(session.ends_at, at) + policies.TAKEN_AFTER)


def _seat(session: Session, person: Person, attendance: Attendance, site_name: str = "") -> Seat:
    presence = attendance.people.get(person.pk, NOBODY)
    arrived = presence.arrived_at
    return Seat(
        person,
        presence,
        site_name=site_name,
        is_late=arrived is not None and arrived >= session.starts_at + A_MINUTE,
        minutes=policies.minutes_of(session, presence),
        is_enough=policies.has_stayed(session, presence),
        is_by_codes=policies.counts_by_codes(session, presence),
    )
