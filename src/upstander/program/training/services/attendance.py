"""Who was there: checked in with the code, ticked off, walked in, matched later, taken back."""

import datetime as dt
import re

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.people.models import Person
from upstander.engines import rotating_code
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.kernel.limits import within_limit
from upstander.program.training import events, policies, states
from upstander.program.training.models import AttendanceMark, Session
from upstander.program.training.selectors._guests import guests_of
from upstander.program.training.selectors._presence import attendance_of
from upstander.program.training.selectors.rooms import END, ONLINE, START, code_secret, parts_shown
from upstander.program.training.services import _marks, _moves
from upstander.program.training.services._marks import Ledger, Whom

# A staff number holds a digit, so that a name cannot be left in its place.
STAFF_NUMBER = re.compile(r"^(?=.*\d)[A-Z0-9-]{2,20}$")
BY_PART = {START: AttendanceMark.How.CODE, ONLINE: AttendanceMark.How.JOINED, END: AttendanceMark.How.STAYED}


def read_staff_number(typed: str) -> str:
    """A staff number as it is kept: capitals, no blanks. Raises Invalid for what cannot be one."""
    number = "".join(typed.upper().split())
    if not STAFF_NUMBER.match(number):
        raise Invalid(_("A staff number has digits, and perhaps letters or dashes; no names."), "staff_number")
    return number


def check_in(*, actor: Actor, code: str, staff_number: str, source: str, at: dt.datetime) -> states.CheckIn:
    """Note that the holder of a staff number is in the room that shows `code` now (or showed it a minute ago).

    Anyone may: no account, no session. The answer is the same whoever the number belongs to; an unknown number waits
    to be matched. Five tries a minute for one number from one `source` (the sender's address, kept as a digest only).
    The same again changes nothing. Raises Invalid for what cannot be a staff number.

    Counting by number alone would let anyone hold up a colleague whose number they know, and would not slow down
    guessing: for that, any number will do. What does is the limit on all tries from one address, eleven million
    codes, and a code's two minutes.
    """
    number = read_staff_number(staff_number)
    who = f"{actor.district_id}:{number} {source}"
    if not within_limit("check-in-number", who, most=policies.CODES_PER_MINUTE, seconds=60, at=at):
        return states.CheckIn.TOO_MANY
    with transaction.atomic(savepoint=False):  # a room's worth of phones waits, and what is refused was read before
        outcome, session = _noted(actor, code, number, at)
        if session:
            record(events.CHECKED_IN, actor=actor, subject=session.ref, at=at)
    return outcome


@transaction.atomic
def tick(*, actor: Actor, session_ref: str, person_ref: str, present: bool, at: dt.datetime) -> None:
    """Tick someone off as present, or take that back, while the session is open. The consultant's step."""
    session = _open_for(actor, session_ref, at)
    person = _person(person_ref)
    how = AttendanceMark.How.TICKED if present else AttendanceMark.How.STRUCK
    if _marks.note(session, actor, at, how, Whom(person)):
        record(events.MARKED, actor=actor, subject=session.ref, at=at, how=how.value, person=person.ref)


@transaction.atomic
def note_left(*, actor: Actor, session_ref: str, person_ref: str, at: dt.datetime) -> None:
    """Note that someone who is there leaves early, while the session is open. The consultant's step."""
    session = _open_for(actor, session_ref, at)
    person = _person(person_ref)
    if _marks.note(session, actor, at, AttendanceMark.How.LEFT, Whom(person)):
        record(events.MARKED, actor=actor, subject=session.ref, at=at, how="left", person=person.ref)


@transaction.atomic
def add_walk_in(
    *, actor: Actor, session_ref: str, staff_number: str, at: dt.datetime, standing: str = ""
) -> Person | None:
    """Add someone who is not on the site's list by staff number; None when the number is unknown and waits.

    `standing` says what brings them here (AttendanceMark.Standing), empty for staff. The consultant's step, while the
    session is open. Raises Invalid for what cannot be a staff number.
    """
    session = _open_for(actor, session_ref, at)
    number = read_staff_number(staff_number)
    person = Person.objects.filter(staff_number=number).first()
    if _marks.note(session, actor, at, AttendanceMark.How.WALK_IN, Whom(person, number, standing)):
        told = person.ref if person else ""
        record(events.MARKED, actor=actor, subject=session.ref, at=at, how="walk_in", person=told)
    return person


@transaction.atomic
def match_mark(*, actor: Actor, session_ref: str, staff_number: str, right_number: str, at: dt.datetime) -> Person:
    """Say whose the unknown number was, by that person's right staff number; after closing, complete them too.

    The consultant's step or a coordinator's. Raises Invalid when the right number is unknown as well.
    """
    session = _led(actor, session_ref, at)
    _require_unmatched(session, staff_number)
    person = Person.objects.filter(staff_number=read_staff_number(right_number)).first()
    if person is None:
        raise Invalid(_("Nobody in this district has that staff number."), "right_number")
    before = attendance_of(session)
    _marks.write(session, actor, at, AttendanceMark.How.MATCHED, Whom(person, staff_number))
    _marks.complete_late(session, actor, before, at)
    record(events.MATCHED, actor=actor, subject=session.ref, at=at, person=person.ref)
    return person


@transaction.atomic
def set_number_aside(*, actor: Actor, session_ref: str, staff_number: str, at: dt.datetime) -> None:
    """Stop waiting for an unknown number: it belongs to nobody of this district. Consultant or coordinator."""
    session = _led(actor, session_ref, at)
    _require_unmatched(session, staff_number)
    _marks.write(session, actor, at, AttendanceMark.How.SET_ASIDE, Whom(None, staff_number))
    record(events.MARKED, actor=actor, subject=session.ref, at=at, how="set_aside", person="")


def _noted(actor: Actor, code: str, number: str, at: dt.datetime) -> tuple[states.CheckIn, Session | None]:
    """What the sender is told, and the session if a mark was written in it."""
    shown = _session_showing(code, at)
    if shown is None:
        return states.CheckIn.WRONG_CODE, None
    how = BY_PART[shown[1]]
    session = _moves.locked_session(shown[0].ref)
    if session.state != states.Session.OPEN:  # closed while this check-in waited: nothing may be thanked for in vain
        return states.CheckIn.WRONG_CODE, None
    whom = Whom(Person.objects.filter(staff_number=number).first(), number)
    ledger = _marks.ledger_of(session, how, whom)
    # More checked in by code than can have come: a code that got around must not complete a whole district. The
    # consultant adds further people by hand.
    if ledger.alike_count >= policies.most_by_code(session.request.head_count) and _is_full(session, ledger):
        return states.CheckIn.TOO_MANY, None
    is_new = _marks.note(session, actor, at, how, whom, ledger)
    return states.CheckIn.RECORDED, session if is_new else None


def _is_full(session: Session, ledger: Ledger) -> bool:
    """Whether also with the guests' people more have checked in than can have come; asked only once it may be."""
    heads = session.request.head_count + sum(guest.request.head_count for guest in guests_of(session))
    return ledger.alike_count >= policies.most_by_code(heads)


def _session_showing(code: str, at: dt.datetime) -> tuple[Session, str] | None:
    """The open session whose screen shows the code, and for what it shows it.

    Few are open at once, and two that share one are both refused.
    """
    found = [
        (session, part)
        for session in Session.objects.filter(state=states.Session.OPEN)
        for part in parts_shown(session, at)
        if rotating_code.stands(code_secret(session, part), code, at)
    ]
    return found[0] if len(found) == 1 else None


def _led(actor: Actor, ref: str, at: dt.datetime) -> Session:
    session = _moves.locked_session(ref)
    policies.require_lead(actor, session, at)
    return session


def _open_for(actor: Actor, ref: str, at: dt.datetime) -> Session:
    session = _led(actor, ref, at)
    if session.state != states.Session.OPEN:
        raise WrongState(_("The session is not open."))
    return session


def _person(ref: str) -> Person:
    person = Person.objects.filter(ref=ref).first()
    if person is None:
        raise NotFound(ref)
    return person


def _require_unmatched(session: Session, staff_number: str) -> None:
    if staff_number not in attendance_of(session).waiting:
        raise WrongState(_("This number is no longer waiting."))
