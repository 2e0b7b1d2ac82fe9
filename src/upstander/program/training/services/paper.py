"""A sign-in sheet on paper, entered later: who wrote their initials, and who was not on the list."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.people.models import Person
from upstander.engines.presence import NOBODY
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, refuse
from upstander.program.training import events, policies
from upstander.program.training.models import AttendanceMark, Session
from upstander.program.training.selectors._presence import Attendance, attendance_of
from upstander.program.training.services import _marks, _moves
from upstander.program.training.services._marks import Whom
from upstander.program.training.services._opening import open_if_confirmed
from upstander.program.training.services.attendance import read_staff_number

How = AttendanceMark.How
MOST_WALK_INS = 60
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on the sheet: minutes late by person's ref (0: on time), and staff numbers of who was not listed."""

    signed: dict[str, int]
    walk_ins: Sequence[str] = ()
    differences_are_known: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """How many marks were written, and who is there although the sheet has no initials of theirs."""

    written_count: int
    without_initials: list[str]


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A person of the sheet and when they came by it."""

    person: Person
    at: dt.datetime


@transaction.atomic
def enter_paper(*, actor: Actor, session_ref: str, paper: Paper, at: dt.datetime) -> Entered:
    """Write the sheet into the ledger, all of it or nothing; the same sheet again changes nothing.

    The consultant's step; a session held on paper alone opens with it, and after closing who counts only now gets the
    completion now. Whom the consultant took back, and who came earlier by the
    sheet than by the check-in, has to be known first. Raises Invalid with the fields of `Paper`, NotFound, WrongState.
    """
    session = _moves.locked_session(session_ref)
    policies.require_lead(actor, session, at)
    arrivals, guests = _arrivals(session, paper, at), _guests(paper)
    open_if_confirmed(session, actor, at)
    before = attendance_of(session)
    if not paper.differences_are_known:
        refuse(list(_differences(arrivals, before)))
    marks = [mark for each in arrivals for mark in _marks_of(session, actor, each, before, at)]
    marks += [mark for whom in guests for mark in _guest_marks(session, actor, whom, before, at)]
    _marks.write_all(session, marks)
    _marks.complete_late(session, actor, before, at)
    counts = {"signed_count": len(arrivals), "walk_in_count": len(guests), "written_count": len(marks)}
    record(events.PAPER_ENTERED, actor=actor, subject=session.ref, at=at, **counts)
    return Entered(len(marks), _without_initials(arrivals, guests, before))


def _arrivals(session: Session, paper: Paper, at: dt.datetime) -> list[_Arrival]:
    longest = (session.ends_at - session.starts_at) // dt.timedelta(minutes=1)
    found = {person.ref: person for person in Person.objects.filter(ref__in=paper.signed)}
    if unknown := paper.signed.keys() - found.keys():
        raise NotFound(min(unknown))
    if any(not 0 <= late < longest for late in paper.signed.values()):
        raise Invalid(_("Nobody can be later than the session was long. Please look at the minutes."), "signed")
    begins = {ref: session.starts_at + dt.timedelta(minutes=late) for ref, late in paper.signed.items()}
    return [_Arrival(person, min(begins[ref], at)) for ref, person in found.items()]


def _guests(paper: Paper) -> list[Whom]:
    if len(paper.walk_ins) > MOST_WALK_INS:
        raise Invalid(_("Please enter at most %(most)s at once.") % {"most": MOST_WALK_INS}, "walk_ins")
    try:
        numbers = list(dict.fromkeys(read_staff_number(typed) for typed in paper.walk_ins))
    except Invalid as refusal:
        raise Invalid(str(refusal), "walk_ins") from None
    known = {person.staff_number: person for person in Person.objects.filter(staff_number__in=numbers)}
    return [Whom(known.get(number), number) for number in numbers]


def _differences(arrivals: list[_Arrival], before: Attendance) -> Iterator[Invalid]:
    struck, later = [], []
    for each in arrivals:
        known = before.people.get(each.person.pk, NOBODY)
        if known.last_struck and not known.is_present:
            struck.append(each.person.full_name)
        elif known.is_present and known.arrived_at and known.arrived_at > each.at:
            later.append(each.person.full_name)
    field = "differences_are_known"
    if struck:
        yield Invalid(_("Taken back before, but on the sheet: %(names)s") % {"names": _named(struck)}, field)
    if later:
        yield Invalid(_("Checked in later than the sheet says: %(names)s") % {"names": _named(later)}, field)


def _marks_of(
    session: Session, actor: Actor, each: _Arrival, before: Attendance, at: dt.datetime
) -> Iterator[AttendanceMark]:
    known = before.people.get(each.person.pk, NOBODY)
    if known.is_present and known.arrived_at and known.arrived_at <= each.at:
        return
    yield _happened(session, actor, How.TICKED, Whom(each.person), each.at, at)
    if known.last_struck and not known.is_present:  # the last word of who leads the room is the one that counts
        yield _marks.row(session, actor, at, How.TICKED, Whom(each.person))


def _guest_marks(
    session: Session, actor: Actor, whom: Whom, before: Attendance, at: dt.datetime
) -> Iterator[AttendanceMark]:
    known = before.people.get(whom.person.pk, NOBODY) if whom.person else before.numbers.get(whom.number, NOBODY)
    if not known.is_present:
        yield _happened(session, actor, How.WALK_IN, whom, min(session.starts_at, at), at)


def _happened(
    session: Session, actor: Actor, how: str, whom: Whom, happened_at: dt.datetime, at: dt.datetime
) -> AttendanceMark:
    mark = _marks.row(session, actor, at, how, whom)
    mark.happened_at = happened_at
    return mark


def _without_initials(arrivals: list[_Arrival], guests: list[Whom], before: Attendance) -> list[str]:
    on_paper = {each.person.pk for each in arrivals} | {whom.person.pk for whom in guests if whom.person}
    others = Person.objects.filter(pk__in=set(before.present) - on_paper).order_by("sort_key", "id")
    return [person.full_name for person in others]


def _named(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else f"{shown} … (+{len(names) - MOST_NAMED})"
