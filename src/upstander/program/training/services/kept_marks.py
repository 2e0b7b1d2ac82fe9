"""What devices noted without a network and bring later: in any order, as often as they like, by their own clocks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from upstander.district.people.models import Person
from upstander.engines import rotating_code
from upstander.engines.presence import moment_of
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid
from upstander.foundation.kernel.limits import within_limit
from upstander.program.training import events, policies, states
from upstander.program.training.models import AttendanceMark, Responder, Session
from upstander.program.training.selectors._presence import attendance_of
from upstander.program.training.selectors.rooms import code_secret
from upstander.program.training.services import _marks, _moves, _responders
from upstander.program.training.services._marks import Whom
from upstander.program.training.services._opening import open_if_confirmed, require_agreed
from upstander.program.training.services.attendance import read_staff_number
from upstander.program.training.states import Brought, CheckIn

How = AttendanceMark.How
# By person where the device shows the list, by number where somebody types.
BY_PERSON, BY_NUMBER = {How.TICKED, How.STRUCK, How.LEFT}, {How.CODE, How.WALK_IN}
ANSWERS = "answers"  # no mark: it says who answers in the room


@dataclass(frozen=True, slots=True)
class Kept:
    """One event as the consultant's device kept it; `noted` is by that device's clock."""

    counter: int
    how: str
    person_ref: str
    staff_number: str
    standing: str
    noted: dt.datetime
    who: str = ""  # answers from now on, where that was said


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one device brings at once, and its own clock's reading when it sent it."""

    device: str
    sent: dt.datetime
    kept: Sequence[Kept]


@dataclass(frozen=True, slots=True)
class Signed:
    """A check-in as a phone kept it: the code is not in it, only what the code proves."""

    device: str
    counter: int
    staff_number: str
    noted: dt.datetime
    sent: dt.datetime
    proof: str

    @property
    def told(self) -> str:
        """The text that the proof covers, put together by the phone in the same way."""
        noted = round(self.noted.timestamp() * 1000)
        return f"{self.device}|{self.counter}|{self.staff_number}|{noted}"


@transaction.atomic
def bring_marks(*, actor: Actor, session_ref: str, bundle: Bundle, at: dt.datetime) -> list[Brought]:
    """Take over what the consultant's device noted; says for each event, in order, what became of it.

    The same event again is accepted again and changes nothing. A session that was held where nothing could be asked
    opens with the first mark, never with a page that only looks or a word on who answers; to a closed one belongs what
    happened before it closed, and who counts only now gets the completion now. One lock, six queries and one insert
    whatever the number.
    Raises NotFound, WrongState.
    """
    session = _moves.locked_session(session_ref)
    policies.require_lead(actor, session, at)
    already = _marks.known_names(session, [bundle.device])
    fresh = [kept for kept in bundle.kept if (bundle.device, kept.counter) not in already]
    if any(kept.how != ANSWERS for kept in fresh):
        open_if_confirmed(session, actor, at)
    elif fresh:
        require_agreed(session)
    before = attendance_of(session)
    outcomes, rows, people = [], [], _people(bundle)
    for kept in bundle.kept:
        again = (bundle.device, kept.counter) in already
        outcome, row = (Brought.ACCEPTED, None) if again else _read(session, actor, bundle, kept, people, at)
        if row is not None:
            already.add((bundle.device, kept.counter))
            rows.append(row)
        outcomes.append(outcome)
    AttendanceMark.objects.bulk_create([row for row in rows if isinstance(row, AttendanceMark)])
    for said in Responder.objects.bulk_create([row for row in rows if isinstance(row, Responder)]):
        record(events.RESPONDER_NAMED, actor=actor, subject=session.ref, at=at, who=said.who)
    _marks.complete_late(session, actor, before, at)
    accepted = outcomes.count(Brought.ACCEPTED)
    counts = {"accepted_count": len(rows), "refused_count": len(outcomes) - accepted}
    if outcomes:
        record(events.BROUGHT, actor=actor, subject=session.ref, at=at, again_count=accepted - len(rows), **counts)
    return outcomes


@transaction.atomic
def bring_check_in(*, actor: Actor, signed: Signed, source: str, at: dt.datetime) -> CheckIn:
    """Take over one check-in that a phone kept, if the code of that minute proves it. Anyone may, without an account.

    The answer tells nothing about whose the number is. The same again changes nothing. After closing it counts up to
    the head count; beyond that the number waits for who led the session. Raises Invalid for what cannot be a number.
    """
    number = read_staff_number(signed.staff_number)
    who = f"{actor.district_id}:{number} {source}"
    if not within_limit("check-in-number", who, most=policies.CODES_PER_MINUTE, seconds=60, at=at):
        return CheckIn.TOO_MANY
    proven = _proven(signed, at)
    if proven is None:
        return CheckIn.WRONG_CODE
    session, happened_at = proven[0], proven[1]
    session = _moves.locked_session(session.ref)
    if session.state == states.Session.CONFIRMED:
        return CheckIn.NOT_YET
    if (signed.device, signed.counter) in _marks.known_names(session, [signed.device]):
        return CheckIn.RECORDED
    before = attendance_of(session)
    person = Person.objects.filter(staff_number=number).first()
    if session.state == states.Session.CLOSED and _marks.is_room_full(session, before):
        person = None
    mark = _marks.row(session, actor, at, How.CODE, Whom(person, number))
    mark.device, mark.counter, mark.device_at = signed.device, signed.counter, signed.noted
    mark.happened_at = happened_at
    mark.save(force_insert=True)
    _marks.complete_late(session, actor, before, at)
    record(events.CHECKED_IN, actor=actor, subject=session.ref, at=at)
    return CheckIn.RECORDED


def _people(bundle: Bundle) -> dict[str, Person]:
    """Everyone the bundle names, by ref and by number."""
    refs = {kept.person_ref for kept in bundle.kept if kept.person_ref}
    numbers = {"".join(kept.staff_number.upper().split()) for kept in bundle.kept} - {""}
    found = {person.ref: person for person in Person.objects.filter(ref__in=refs)}
    return found | {person.staff_number: person for person in Person.objects.filter(staff_number__in=numbers)}


def _read(
    session: Session, actor: Actor, bundle: Bundle, kept: Kept, people: dict[str, Person], at: dt.datetime
) -> tuple[Brought, AttendanceMark | Responder | None]:
    try:
        row = _row(session, actor, kept, people, at)
    except Invalid:
        return Brought.NO_NUMBER, None
    if row is None:
        return Brought.UNKNOWN_PERSON, None
    earliest = session.starts_at - policies.OPENS_BEFORE
    happened_at = moment_of(kept.noted, sent=bundle.sent, received=at, earliest=min(earliest, at), latest=at)
    if session.state == states.Session.CLOSED and happened_at > session.state_since:
        return Brought.AFTER_CLOSING, None
    row.device, row.counter, row.happened_at = bundle.device, kept.counter, happened_at
    if isinstance(row, AttendanceMark):
        row.device_at = kept.noted
    return Brought.ACCEPTED, row


def _row(
    session: Session, actor: Actor, kept: Kept, people: dict[str, Person], at: dt.datetime
) -> AttendanceMark | Responder | None:
    if kept.how == ANSWERS:
        return _responders.row(session, actor, at, kept.who) if kept.who in Responder.Who.values else None
    whom = _whom(kept, people)
    return _marks.row(session, actor, at, kept.how, whom) if whom else None


def _whom(kept: Kept, people: dict[str, Person]) -> Whom | None:
    if kept.how in BY_PERSON:
        person = people.get(kept.person_ref)
        return Whom(person) if person else None
    number = read_staff_number(kept.staff_number)
    return Whom(people.get(number), number, kept.standing)


def _proven(signed: Signed, at: dt.datetime) -> tuple[Session, dt.datetime] | None:
    """The one session whose code proves the check-in, and when it took place; None for none, or for two."""
    roughly = moment_of(signed.noted, sent=signed.sent, received=at, earliest=at - policies.OPENS_UNTIL, latest=at)
    found = []
    for session in _showing_at(roughly):
        minute = rotating_code.proven_minute(code_secret(session), signed.told, signed.proof, roughly)
        if minute is not None:
            begins, ends = rotating_code.span_of(minute)
            found.append((session, max(begins, min(roughly, ends))))
    return found[0] if len(found) == 1 else None


def _showing_at(moment: dt.datetime) -> list[Session]:
    """Sessions that may have shown a code at the moment: confirmed and not yet opened, open, or closed since."""
    begun = Session.objects.filter(starts_at__lte=moment + policies.OPENS_BEFORE)
    begun = begun.filter(ends_at__gte=moment - policies.OPENS_UNTIL)
    live = begun.filter(state__in=[states.Session.CONFIRMED, states.Session.OPEN])
    return [*live, *begun.filter(state=states.Session.CLOSED, state_since__gte=moment)]
