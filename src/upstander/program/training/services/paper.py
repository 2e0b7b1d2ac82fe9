"""A sign-in sheet on paper, entered later: who wrote their initials, and who was not on the list."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.people.models import Person
from upstander.engines.presence import MINUTE, NOBODY, Presence
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, refuse
from upstander.program.training import events, policies, states
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
    """What stands on the sheet: minutes late by person's ref (0: on time), and staff numbers of who was not listed.

    `left_early` are minutes before the end by person's ref, of whoever did not stay.
    """

    signed: dict[str, int]
    walk_ins: Sequence[str] = ()
    differences_are_known: bool = False
    left_early: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entered:
    """How many marks were written, and who is there although the sheet has no initials of theirs."""

    written_count: int
    without_initials: list[str]


@dataclass(frozen=True, slots=True)
class _Stay:
    """A person of the sheet, when they came by it, and when they left if that was before the end."""

    person: Person
    at: dt.datetime
    left_at: dt.datetime | None


@transaction.atomic
def enter_paper(*, actor: Actor, session_ref: str, paper: Paper, at: dt.datetime) -> Entered:
    """Write the sheet into the ledger, all of it or nothing; the same sheet again changes nothing.

    The consultant's step; a session held on paper alone opens with it, and after closing who counts only now gets the
    completion now. What differs from what is known has to be known first: whom the consultant took back, who came
    earlier by the sheet than by the check-in, who left by it although there is proof that they stayed. Raises Invalid
    with the fields of `Paper`, NotFound, WrongState.
    """
    session = _moves.locked_session(session_ref)
    policies.require_lead(actor, session, at)
    stays, guests = _stays(session, paper, at), _guests(paper)
    open_if_confirmed(session, actor, at)
    before = attendance_of(session)
    if not paper.differences_are_known:
        refuse(list(_differences(session, stays, before)))
    marks = [mark for each in stays for mark in _marks_of(session, actor, each, before, at)]
    marks += [mark for whom in guests for mark in _guest_marks(session, actor, whom, before, at)]
    _marks.write_all(session, marks)
    _marks.complete_late(session, actor, before, at)
    counts = {"signed_count": len(stays), "walk_in_count": len(guests), "written_count": len(marks)}
    record(events.PAPER_ENTERED, actor=actor, subject=session.ref, at=at, **counts)
    return Entered(len(marks), _without_initials(session, stays, guests, before))


def _stays(session: Session, paper: Paper, at: dt.datetime) -> list[_Stay]:
    longest = (session.ends_at - session.starts_at) // MINUTE
    found = {person.ref: person for person in Person.objects.filter(ref__in=paper.signed)}
    if unknown := paper.signed.keys() - found.keys():
        raise NotFound(min(unknown))
    stays = [(found[ref], late, paper.left_early.get(ref, 0)) for ref, late in paper.signed.items()]
    if any(late < 0 or early < 0 or late + early >= longest for _person, late, early in stays):
        raise Invalid(_("Nobody can miss more than the session was long. Please look at the minutes."), "signed")
    if at < session.ends_at and any(early for _person, _late, early in stays):
        raise Invalid(_("Who leaves early is entered once the session has ended."), "signed")
    return [
        _Stay(
            person,
            min(session.starts_at + late * MINUTE, at),
            session.ends_at - early * MINUTE if early else None,
        )
        for person, late, early in stays
    ]


def _guests(paper: Paper) -> list[Whom]:
    if len(paper.walk_ins) > MOST_WALK_INS:
        raise Invalid(_("Please enter at most %(most)s at once.") % {"most": MOST_WALK_INS}, "walk_ins")
    try:
        numbers = list(dict.fromkeys(read_staff_number(typed) for typed in paper.walk_ins))
    except Invalid as refusal:
        raise Invalid(str(refusal), "walk_ins") from None
    known = {person.staff_number: person for person in Person.objects.filter(staff_number__in=numbers)}
    return [Whom(known.get(number), number) for number in numbers]


def _differences(session: Session, stays: list[_Stay], before: Attendance) -> Iterator[Invalid]:
    struck, later, stayed = [], [], []
    for each in stays:
        known = before.people.get(each.person.pk, NOBODY)
        if known.last_struck and not known.is_present:
            struck.append(each.person.full_name)
        elif known.is_present and known.arrived_at and known.arrived_at > each.at:
            later.append(each.person.full_name)
        if each.left_at and _has_proof(session, each, known):
            stayed.append(each.person.full_name)
    field = "differences_are_known"
    if struck:
        yield Invalid(_("Taken back before, but on the sheet: %(names)s") % {"names": _named(struck)}, field)
    if later:
        yield Invalid(_("Checked in later than the sheet says: %(names)s") % {"names": _named(later)}, field)
    if stayed:
        sentence = _("Gone early by the sheet, but seen later or already credited; that stays: %(names)s")
        yield Invalid(sentence % {"names": _named(stayed)}, field)


def _marks_of(
    session: Session, actor: Actor, each: _Stay, before: Attendance, at: dt.datetime
) -> Iterator[AttendanceMark]:
    known = before.people.get(each.person.pk, NOBODY)
    is_in_room = known.is_present and not policies.counts_by_codes(session, known)
    if not (is_in_room and known.arrived_at and known.arrived_at <= each.at):
        yield _happened(session, actor, How.TICKED, Whom(each.person), each.at, at)
    if known.last_struck and not known.is_present:  # the last word of who leads the room is the one that counts
        yield _marks.row(session, actor, at, How.PUT_BACK, Whom(each.person))
    noted = known.last_left.moment if known.last_left else None
    if each.left_at and not _has_proof(session, each, known) and (noted is None or noted < each.left_at):
        yield _happened(session, actor, How.LEFT, Whom(each.person), each.left_at, at)


def _has_proof(session: Session, each: _Stay, known: Presence) -> bool:
    """Whether they were seen after they left by the sheet, or were credited at closing: no sheet takes that away."""
    if not known.is_present or known.last_in is None or each.left_at is None:
        return False
    is_credited = session.state == states.Session.CLOSED and policies.has_stayed(session, known)
    return is_credited or known.last_in.moment >= each.left_at


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


def _without_initials(session: Session, stays: list[_Stay], guests: list[Whom], before: Attendance) -> list[str]:
    """Who is in the room and not on its sheet; whoever listens from afar cannot sign one."""
    here = {pk for pk in before.present if not policies.counts_by_codes(session, before.people[pk])}
    on_paper = {each.person.pk for each in stays} | {whom.person.pk for whom in guests if whom.person}
    others = Person.objects.filter(pk__in=here - on_paper).order_by("sort_key", "id")
    return [person.full_name for person in others]


def _named(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else f"{shown} … (+{len(names) - MOST_NAMED})"
