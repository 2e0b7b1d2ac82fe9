"""Writing rows of the attendance ledger. Only services of this part call it, with the session locked."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from upstander.district.people.models import Person
from upstander.engines.presence import NOBODY, Presence
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies, states
from upstander.program.training.models import AttendanceMark, HeadCount, Responder, Session
from upstander.program.training.selectors._presence import Attendance, attendance_of, presence_of, rows_about
from upstander.program.training.services._completions import complete

How = AttendanceMark.How
BY_CODE = frozenset({How.CODE, How.JOINED, How.STAYED})


@dataclass(frozen=True, slots=True)
class Whom:
    """A person, or a number nobody is known by, and what brings them here."""

    person: Person | None
    number: str = ""
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a session's marks come to before one more is written; one statement tells all of it."""

    alike_count: int  # noted in the same way, of anybody
    theirs_count: int  # about the same person or number
    last: int  # the server's own last number


def ledger_of(session: Session, how: str, whom: Whom) -> Ledger:
    """Count the session's marks, for one more of this kind about `whom`."""
    counts = Q(pk__gt=session.marks_after)
    found = AttendanceMark.objects.filter(session=session).aggregate(
        alike=Count("pk", filter=Q(how=how) & counts),
        theirs=Count("pk", filter=rows_about(_key(whom), whom.number) & counts),
        last=Max("counter", filter=Q(device="")),
    )
    return Ledger(found["alike"], found["theirs"], found["last"] or 0)


def note(session: Session, actor: Actor, at: dt.datetime, how: str, whom: Whom, ledger: Ledger | None = None) -> bool:
    """Write a mark of this moment, unless it would change nothing; whether it was written.

    Most are the first about somebody: then there is nothing to read before.
    """
    ledger = ledger or ledger_of(session, how, whom)
    known = presence_of(session, _key(whom), whom.number) if ledger.theirs_count else NOBODY
    if not _changes(known, how, policies.counts_by_codes(session, known)):
        return False
    _write_after(ledger.last, [row(session, actor, at, how, whom)])
    return True


def write(session: Session, actor: Actor, at: dt.datetime, how: str, whom: Whom) -> None:
    """Write a mark that the server itself notes."""
    write_all(session, [row(session, actor, at, how, whom)])


def write_all(session: Session, marks: Sequence[AttendanceMark]) -> None:
    """Write marks that the server itself notes, with its next numbers."""
    own = AttendanceMark.objects.filter(session=session, device="")
    _write_after(own.aggregate(last=Max("counter"))["last"] or 0, marks)


def forget(session: Session) -> None:
    """Let none of the session's marks count any more; they stay where they are, so that none is taken over twice."""
    last = AttendanceMark.objects.filter(session=session).aggregate(last=Max("pk"))["last"]
    session.marks_after = last or session.marks_after
    session.save(update_fields=["marks_after"])


def _write_after(last: int, marks: Sequence[AttendanceMark]) -> None:
    for counter, mark in enumerate(marks, last + 1):
        mark.counter = counter
    AttendanceMark.objects.bulk_create(marks)


def _key(whom: Whom) -> int | None:
    return whom.person.pk if whom.person else None


def row(session: Session, actor: Actor, at: dt.datetime, how: str, whom: Whom) -> AttendanceMark:
    """A mark as it will stand, not yet written and without its number."""
    keeps_number = whom.person is None or how == How.MATCHED
    return AttendanceMark(
        district_id=session.district_id,
        session=session,
        person=whom.person,
        staff_number=whom.number if keeps_number else "",
        how=how,
        standing=whom.standing,
        account_id=actor.account_id,
        happened_at=at,
        at=at,
    )


def complete_late(session: Session, actor: Actor, before: Attendance, at: dt.datetime) -> None:
    """After closing, write completions for who counts now and did not before."""
    if session.state == states.Session.CLOSED:
        had = set(stayed(session, before))
        complete(
            actor, session, [person for person in stayed(session, attendance_of(session)) if person not in had], at
        )


def stayed(session: Session, attendance: Attendance) -> list[int]:
    """Ids of who was there for as long as it takes to have had the training."""
    return [person for person in attendance.present if policies.has_stayed(session, attendance.people[person])]


def is_room_full(session: Session, attendance: Attendance) -> bool:
    """Whether, after closing, as many are there as the consultant counted by eye: further numbers then wait."""
    last = HeadCount.objects.filter(session=session).order_by("-id").first()
    here = len(attendance.present) + len(attendance.waiting)
    return last is not None and here + last.unnumbered_count >= last.counted


def known_names(session: Session, devices: Iterable[str]) -> set[tuple[str, int | None]]:
    """Which events of these devices the ledger holds already."""
    theirs = {"session": session, "device__in": set(devices)}
    names = (ledger.objects.filter(**theirs).values_list("device", "counter") for ledger in (AttendanceMark, Responder))
    return {name for found in names for name in found}


def _changes(known: Presence, how: str, is_by_codes: bool) -> bool:
    if how in BY_CODE and known.last_struck is not None:
        return False  # whom the lead has taken off the list, a photo of the code does not put back
    if how == How.STRUCK:
        return known.is_present
    if how == How.LEFT:
        return known.is_present and known.left_at is None
    if is_by_codes and how == How.TICKED and known.last_by_hand is None:
        return True  # the lead vouches for who sent one code only
    if how == How.STAYED:
        return known.first_end is None or known.left_at is not None
    first = known.first_online if how == How.JOINED else known.first_in
    return first is None or not known.is_present or known.left_at is not None
