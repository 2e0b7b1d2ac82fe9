"""From a waiting request to a held session: assign, confirm, take back, open, close."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.people.models import Post
from upstander.district.places.policies import held_on
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState, refuse
from upstander.program.training import events, policies, states
from upstander.program.training.content.kinds import kind_of
from upstander.program.training.models import (
    Assignment,
    CadreMember,
    HeadCount,
    Request,
    RequestWindow,
    Session,
    SessionGuest,
)
from upstander.program.training.selectors._guests import visit_of
from upstander.program.training.selectors._presence import Attendance, attendance_of
from upstander.program.training.selectors.matching import members_on, wanted_session, weigh_member
from upstander.program.training.selectors.offerings import editions_on, given_to
from upstander.program.training.services import _guests, _marks, _moves, _session_mails
from upstander.program.training.services._assigning import assign
from upstander.program.training.services._completions import complete
from upstander.program.training.services._endings import give_up
from upstander.program.training.services._rooms import Room, wrong_with
from upstander.program.training.services._wishes import Window, keep_windows
from upstander.program.training.services.tallies import Tally


@dataclass(frozen=True, slots=True)
class Slot:
    """A start within one of the wished windows."""

    window_ref: str
    starts: dt.time


@transaction.atomic
def assign_member(
    *, actor: Actor, request_ref: str, member_ref: str, slot: Slot, at: dt.datetime, room_is_known: bool = False
) -> Session:
    """Plan the session in `slot` with this member of the Cadre. Needs `training.coordinate` at the site.

    Request and member are locked, so of two people who assign at the same moment one finds the other's session and
    is told so (Invalid); behind that stands the database's exclusion constraint. A room with too few seats is refused
    unless that is known. Raises WrongState when the request no longer waits.
    """
    request = _moves.locked_request(request_ref)
    policies.require_reach(actor, "training.coordinate", request, at)
    states.after(_moves.ways_of(request), request.state, "assign")
    refuse(wrong_with(Room(request.room, request.seat_count, room_is_known), request.mode, request.head_count))
    # Not the key: a plan that is released at this moment refers to the row, and each would wait for the other.
    members = CadreMember.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    member = members.filter(ref=member_ref).first()
    if member is None:
        raise NotFound(member_ref)
    session = _planned(actor, request, slot, at)
    if not members_on(session.on).filter(pk=member.pk).exists():
        raise NotFound(member_ref)
    wanted = wanted_session(actor=actor, request=request, on=session.on, starts=session.starts)
    found = weigh_member(actor=actor, member=member, wanted=wanted)
    if not found.is_free:
        raise Invalid(_taken(member), "member")
    session.save(force_insert=True)
    _moves.first_move(session, actor, at)
    try:
        assign(session, member, Assignment.Role.LEAD, found)
    except IntegrityError:
        raise Invalid(_taken(member), "member") from None
    request.owner_id = actor.account_id
    _moves.move_request(request, "assign", actor, at)
    record(events.ASSIGNED, actor=actor, subject=request.ref, at=at, session=session.ref, member=member.ref)
    return session


@transaction.atomic
def confirm_session(*, actor: Actor, request_ref: str, at: dt.datetime) -> Session:
    """Confirm the planned session; requester and consultant get a mail with a calendar file.

    Needs `training.coordinate` at the site. Raises WrongState when nothing is planned or the time has passed.
    """
    request = _moves.locked_request(request_ref)
    policies.require_reach(actor, "training.coordinate", request, at)
    session = _moves.live_session(request)
    if session is None and (guest := visit_of(request)) is not None:
        return _confirm_guest(actor, request, guest, at)
    if session is None:
        raise WrongState(_("There is no planned session any more. Please choose a day and a consultant again."))
    if session.starts_at <= at:
        raise WrongState(_("This time is already over. Take the plan back and choose a later one."))
    session.sequence += 1
    _moves.move_request(request, "confirm", actor, at)
    _moves.move_session(session, "confirm", actor, at)
    _guests.confirm_accepted(actor, session, at)
    record(events.CONFIRMED, actor=actor, subject=request.ref, at=at, session=session.ref)
    _session_mails.tell_confirmed(actor, request, session, at)
    return session


@transaction.atomic
def release_session(*, actor: Actor, request_ref: str, at: dt.datetime) -> None:
    """Take a planned or confirmed session back: the request waits again, the consultant is free again.

    Where a plan chose the day, and so nobody had wished any, it stands as the wished one from now on. Who was told of
    a confirmed session gets a cancellation. Needs `training.coordinate` at the site.
    """
    request = _moves.locked_request(request_ref)
    policies.require_reach(actor, "training.coordinate", request, at)
    states.after(_moves.ways_of(request), request.state, "release")
    session = give_up(actor, request, at)
    if session is None:
        raise WrongState(_("There is no planned session any more."))
    if not request.windows.exists():
        keep_windows(request, (Window(session.on, session.starts, session.ends),))
    _moves.move_request(request, "release", actor, at)
    record(events.RELEASED, actor=actor, subject=request.ref, at=at, session=session.ref)


@transaction.atomic
def open_session(*, actor: Actor, ref: str, at: dt.datetime) -> Session:
    """Open the session for check-in: its code begins to count. The consultant's step; a coordinator may step in."""
    session = _moves.locked_session(ref)
    policies.require_lead(actor, session, at)
    states.after(states.SESSION_MOVES, session.state, "open")
    policies.require_openable(session, at)
    _moves.move_session(session, "open", actor, at)
    record(events.OPENED, actor=actor, subject=ref, at=at)
    return session


@transaction.atomic
def close_session(*, actor: Actor, ref: str, tally: Tally, at: dt.datetime) -> int:
    """Close the session: everyone who was there long enough gets a completion and a certificate; returns how many.

    A number and a code prove presence, not identity: the consultant's own head count is kept beside what checked in
    and who was counted without a number, and a difference between them has to be known. Numbers that are still unknown
    keep waiting and count once they are matched. The consultant's step. Raises Invalid, with the fields of `Tally`.
    """
    request = _moves.locked_request_of(ref)
    session = _moves.locked_session(ref)
    policies.require_lead(actor, session, at)
    states.after(states.SESSION_MOVES, session.state, "close")
    found = attendance_of(session)
    offered = {each.name for each in editions_on(actor=actor, kind=request.kind, on=session.on)}
    refuse(list(tally.wrong_for(session, len(found.present) + len(found.waiting), offered)))
    _moves.move_session(session, "close", actor, at)
    _moves.move_request(request, "deliver", actor, at)
    _guests.deliver_all(actor, session, _sites_there(session, found), at)
    _keep_tally(session, actor, tally, found, at)
    _keep_offering(session, tally.offering)
    completed = _marks.stayed(session, found)
    complete(actor, session, completed, at)
    counts = {
        "present_count": len(found.present),
        "unmatched_count": len(found.waiting),
        "unnumbered_count": tally.unnumbered.count,
    }
    record(events.CLOSED, actor=actor, subject=ref, at=at, counted=tally.counted, **counts)
    return len(completed)


def _confirm_guest(actor: Actor, request: Request, guest: SessionGuest, at: dt.datetime) -> Session:
    """Note for the site that it comes; the session itself is its host's to confirm."""
    states.after(_moves.ways_of(request), request.state, "confirm")
    session: Session = guest.session
    if session.state == states.Session.PLANNED:
        host = {"host": session.site.name}
        raise WrongState(_("This session is held at %(host)s, which has to agree first.") % host)
    guest.request = request
    _guests.accept(actor, guest, at)
    record(events.CONFIRMED, actor=actor, subject=request.ref, at=at, session=session.ref)
    return session


def _sites_there(session: Session, found: Attendance) -> set[int]:
    """The sites of which somebody was there, by id."""
    posts = Post.objects.filter(held_on(session.on), person__in=found.present, site__isnull=False)
    return set(posts.values_list("site_id", flat=True))


def _keep_tally(session: Session, actor: Actor, tally: Tally, found: Attendance, at: dt.datetime) -> None:
    HeadCount.objects.create(
        district_id=session.district_id,
        session=session,
        counted=tally.counted,
        present_count=len(found.present),
        waiting_count=len(found.waiting),
        card_count=tally.card_count,
        **{f"{standing}_count": count for standing, count in asdict(tally.unnumbered).items()},
        initials=tally.initials,
        account_id=actor.account_id,
        at=at,
    )


def _keep_offering(session: Session, offering: str) -> None:
    """What was given is what was planned, unless the consultant says otherwise."""
    if offering and offering != session.offering:
        session.offering = offering
        session.save(update_fields=["offering"])


def _planned(actor: Actor, request: Request, slot: Slot, at: dt.datetime) -> Session:
    window = RequestWindow.objects.filter(request=request, ref=slot.window_ref).first()
    if window is None:
        raise NotFound(slot.window_ref)
    ends = (dt.datetime.combine(window.on, slot.starts) + dt.timedelta(minutes=request.minutes)).time()
    if not window.starts <= slot.starts < ends <= window.ends:
        raise Invalid(_("This start lies outside the wished time. Please choose one from the list."), "slot")
    zone = policies.zone_of(actor)
    span = policies.moments(zone, window.on, slot.starts, ends)
    if span.starts_at <= at:
        raise Invalid(_("This time is already over. Please choose a later day."), "slot")
    return Session(
        district_id=request.district_id,
        request=request,
        site=request.site,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        on=window.on,
        starts=slot.starts,
        ends=ends,
        zone=zone.key,
        mode=request.mode,
        room=request.room,
        offering=given_to(
            actor=actor, kind=request.kind, audience=request.audience, minutes=request.minutes, on=window.on
        ),
        minimum_minutes=kind_of(request.kind).enough_minutes(request.minutes),
        state=states.Session.PLANNED,
        state_since=at,
    )


def _taken(member: CadreMember) -> object:
    return _("%(name)s is no longer free at this time. Please choose someone else; the list is up to date.") % {
        "name": member.person.full_name
    }
