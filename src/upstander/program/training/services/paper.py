"""A sign-in sheet on paper, entered later: who wrote their initials, and who was not on the list."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.people.models import Person
from upstander.engines.presence import NOBODY, Presence, Stay
from upstander.engines.stamps import MINUTE
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
ON_TIME = Stay()


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody whom the sheet does not list: the staff number as written, what they missed, what brings them here."""

    number: str
    missed: Stay = ON_TIME
    standing: str = ""

    @property
    def told_at(self) -> str:
        """What a refusal about them is told at."""
        return self.standing or "walk_ins"


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on the sheet: minutes late by person's ref (0: on time), and who was not listed.

    `left_early` are minutes before the end by person's ref, of whoever did not stay.
    """

    signed: dict[str, int]
    walk_ins: Sequence[WalkIn] = ()
    differences_are_known: bool = False
    left_early: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entered:
    """How many marks were written, and who is there although the sheet has no initials of theirs."""

    written_count: int
    without_initials: list[str]


@dataclass(frozen=True, slots=True)
class _Stay:
    """Somebody of the sheet, when they came by it, and when they left if that was before the end."""

    whom: Whom
    how: str  # they came: ticked off on the list, or walked in
    at: dt.datetime
    left_at: dt.datetime | None

    @property
    def name(self) -> str:
        return self.whom.person.full_name if self.whom.person else self.whom.number

    def known_in(self, found: Attendance) -> Presence:
        """What is known of them."""
        if self.whom.person:
            return found.people.get(self.whom.person.pk, NOBODY)
        return found.numbers.get(self.whom.number, NOBODY)


@transaction.atomic
def enter_paper(*, actor: Actor, session_ref: str, paper: Paper, at: dt.datetime) -> Entered:
    """Write the sheet into the ledger, all of it or nothing; the same sheet again changes nothing.

    The consultant's step; a session held on paper alone opens with it, for who coordinates its site also when the
    sheet is found long after. After closing, who counts only now gets the completion now. What differs from what is
    known has to be known first: whom the consultant took back, who came earlier by the sheet than by the check-in, who
    left by it although there is proof that they stayed. Raises Invalid with the fields of `Paper`, also for somebody
    who stands on it twice and not in the same way; NotFound, WrongState.
    """
    session = _moves.locked_session(session_ref)
    policies.require_lead(actor, session, at)
    listed = _listed(session, paper, at)
    stays = [*listed, *_not_listed(session, paper, at)]
    open_if_confirmed(session, actor, at, by_sheet=True)
    before = attendance_of(session)
    if not paper.differences_are_known:
        refuse(list(_differences(session, stays, before)))
    marks = [mark for each in stays for mark in _marks_of(session, actor, each, before, at)]
    _marks.write_all(session, marks)
    _marks.complete_late(session, actor, before, at)
    counts = {"signed_count": len(listed), "walk_in_count": len(stays) - len(listed), "written_count": len(marks)}
    record(events.PAPER_ENTERED, actor=actor, subject=session.ref, at=at, **counts)
    return Entered(len(marks), _without_initials(session, stays, before))


def _listed(session: Session, paper: Paper, at: dt.datetime) -> list[_Stay]:
    found = {person.ref: person for person in Person.objects.filter(ref__in=paper.signed)}
    if unknown := paper.signed.keys() - found.keys():
        raise NotFound(min(unknown))
    return [_stay(session, Whom(found[ref]), How.TICKED, _of_line(paper, ref), "signed", at) for ref in paper.signed]


def _not_listed(session: Session, paper: Paper, at: dt.datetime) -> list[_Stay]:
    """Who walked in, each number once; whoever has a line of the list as well is read there."""
    if len(paper.walk_ins) > MOST_WALK_INS:
        raise Invalid(_("Please enter at most %(most)s at once.") % {"most": MOST_WALK_INS}, "walk_ins")
    guests: dict[str, WalkIn] = {}
    for each in paper.walk_ins:
        number = _number(each)
        _require_alike(number, each, guests.setdefault(number, each))
    known = {person.staff_number: person for person in Person.objects.filter(staff_number__in=guests)}
    for number, each in guests.items():
        if number in known and known[number].ref in paper.signed and each.missed != ON_TIME:
            _require_alike(number, each, replace(each, missed=_of_line(paper, known[number].ref)))
    return [
        _stay(session, Whom(known.get(number), number, each.standing), How.WALK_IN, each.missed, each.told_at, at)
        for number, each in guests.items()
        if number not in known or known[number].ref not in paper.signed
    ]


def _of_line(paper: Paper, ref: str) -> Stay:
    return Stay(paper.signed[ref], paper.left_early.get(ref, 0))


def _require_alike(number: str, guest: WalkIn, other: WalkIn) -> None:
    """Nobody was there twice: two words on one person that differ are asked about, never one of them dropped."""
    if (guest.missed, guest.standing) != (other.missed, other.standing):
        sentence = _("%(number)s stands on the sheet twice, and not in the same way. Please leave one of them.")
        raise Invalid(sentence % {"number": number}, guest.told_at)


def _number(guest: WalkIn) -> str:
    try:
        return read_staff_number(guest.number)
    except Invalid as refusal:
        raise Invalid(str(refusal), guest.told_at) from None


def _stay(session: Session, whom: Whom, how: str, missed: Stay, field: str, at: dt.datetime) -> _Stay:
    longest = (session.ends_at - session.starts_at) // MINUTE
    if missed.late < 0 or missed.early < 0 or missed.late + missed.early >= longest:
        raise Invalid(_("Nobody can miss more than the session was long. Please look at the minutes."), field)
    if at < session.ends_at and missed.early:
        raise Invalid(_("Who leaves early is entered once the session has ended."), field)
    came_at = min(session.starts_at + missed.late * MINUTE, at)
    return _Stay(whom, how, came_at, session.ends_at - missed.early * MINUTE if missed.early else None)


def _differences(session: Session, stays: list[_Stay], before: Attendance) -> Iterator[Invalid]:
    struck, later, stayed = [], [], []
    for each in stays:
        known = each.known_in(before)
        if known.last_struck and not known.is_present:
            struck.append(each.name)
        elif known.is_present and known.arrived_at and known.arrived_at > each.at:
            later.append(each.name)
        if each.left_at and _has_proof(session, each, known):
            stayed.append(each.name)
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
    known = each.known_in(before)
    is_in_room = known.is_present and not policies.counts_by_codes(session, known)
    if not (is_in_room and known.arrived_at and known.arrived_at <= each.at):
        yield _happened(session, actor, each.how, each.whom, each.at, at)
    if known.last_struck and not known.is_present:  # the last word of who leads the room is the one that counts
        yield _marks.row(session, actor, at, How.PUT_BACK, each.whom)
    noted = known.last_left.moment if known.last_left else None
    if each.left_at and not _has_proof(session, each, known) and (noted is None or noted < each.left_at):
        yield _happened(session, actor, How.LEFT, each.whom, each.left_at, at)


def _has_proof(session: Session, each: _Stay, known: Presence) -> bool:
    """Whether they were seen after they left by the sheet, or were credited at closing: no sheet takes that away."""
    if not known.is_present or known.last_in is None or each.left_at is None:
        return False
    is_credited = each.whom.person and session.state == states.Session.CLOSED and policies.has_stayed(session, known)
    return bool(is_credited) or known.last_in.moment >= each.left_at


def _happened(
    session: Session, actor: Actor, how: str, whom: Whom, happened_at: dt.datetime, at: dt.datetime
) -> AttendanceMark:
    mark = _marks.row(session, actor, at, how, whom)
    mark.happened_at = happened_at
    return mark


def _without_initials(session: Session, stays: list[_Stay], before: Attendance) -> list[str]:
    """Who is in the room and not on its sheet; whoever listens from afar cannot sign one."""
    here = {pk for pk in before.present if not policies.counts_by_codes(session, before.people[pk])}
    on_paper = {each.whom.person.pk for each in stays if each.whom.person}
    others = Person.objects.filter(pk__in=here - on_paper).order_by("sort_key", "id")
    return [person.full_name for person in others]


def _named(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else f"{shown} … (+{len(names) - MOST_NAMED})"
