"""Writing rows of the attendance ledger. Only services of this part call it, with the session locked."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max

from upstander.district.people.models import Person
from upstander.engines.presence import Presence
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies, states
from upstander.program.training.models import AttendanceMark, HeadCount, Session
from upstander.program.training.selectors._presence import Attendance, attendance_of, presence_of
from upstander.program.training.services._completions import complete

How = AttendanceMark.How


@dataclass(frozen=True, slots=True)
class Whom:
    """A person, or a number nobody is known by, and what brings them here."""

    person: Person | None
    number: str = ""
    standing: str = ""


def note(session: Session, actor: Actor, at: dt.datetime, how: str, whom: Whom) -> bool:
    """Write a mark of this moment, unless it would change nothing; whether it was written."""
    known = presence_of(session, whom.person.pk if whom.person else None, whom.number)
    if not _changes(known, how, policies.is_online(session)):
        return False
    write(session, actor, at, how, whom)
    return True


def write(session: Session, actor: Actor, at: dt.datetime, how: str, whom: Whom) -> None:
    """Write a mark that the server itself notes."""
    write_all(session, [row(session, actor, at, how, whom)])


def write_all(session: Session, marks: Sequence[AttendanceMark]) -> None:
    """Write marks that the server itself notes, with its next numbers."""
    last = AttendanceMark.objects.filter(session=session, device="").aggregate(last=Max("counter"))["last"] or 0
    for counter, mark in enumerate(marks, last + 1):
        mark.counter = counter
    AttendanceMark.objects.bulk_create(marks)


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
    counted = HeadCount.objects.filter(session=session).order_by("-id").values_list("counted", flat=True).first()
    return counted is not None and len(attendance.present) + len(attendance.waiting) >= counted


def known_names(session: Session, devices: Iterable[str]) -> set[tuple[str, int]]:
    """Which events of these devices the ledger holds already."""
    found = AttendanceMark.objects.filter(session=session, device__in=set(devices))
    return set(found.values_list("device", "counter"))


def _changes(known: Presence, how: str, is_online: bool) -> bool:
    if how == How.STRUCK:
        return known.is_present
    if how == How.LEFT:
        return known.is_present and known.left_at is None
    if is_online and how == How.TICKED and known.last_by_hand is None:
        return True  # the lead vouches for who sent one code only
    if how == How.STAYED:
        return known.first_end is None or known.left_at is not None
    return known.first_in is None or not known.is_present or known.left_at is not None
