"""From a waiting request to a held session: assign, confirm, take back, open, close."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.training import events, policies, states
from upstander.program.training.models import CadreMember, Request, RequestWindow, Session
from upstander.program.training.selectors._presence import attendance_of
from upstander.program.training.selectors.matching import members_on, wanted_session, weigh_member
from upstander.program.training.services import _mails, _marks, _moves
from upstander.program.training.services._assigning import assign
from upstander.program.training.services._completions import complete
from upstander.program.training.services._endings import call_off


@dataclass(frozen=True, slots=True)
class Slot:
    """A start within one of the wished windows."""

    window_ref: str
    starts: dt.time


@transaction.atomic
def assign_member(*, actor: Actor, request_ref: str, member_ref: str, slot: Slot, at: dt.datetime) -> Session:
    """Plan the session in `slot` with this member of the Cadre. Needs `training.coordinate` at the site.

    Request and member are locked, so of two people who assign at the same moment one finds the other's session and
    is told so (Invalid); behind that stands the database's exclusion constraint. Raises WrongState when the request
    no longer waits.
    """
    request = _moves.locked_request(request_ref)
    policies.require_reach(actor, "training.coordinate", request, at)
    states.after(_moves.ways_of(request), request.state, "assign")
    member = CadreMember.objects.select_for_update(of=("self",)).select_related("person").filter(ref=member_ref).first()
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
        assign(session, member, found)
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
    if session is None:
        raise WrongState(_("There is no planned session any more. Please choose a day and a consultant again."))
    if session.starts_at <= at:
        raise WrongState(_("This time is already over. Take the plan back and choose a later one."))
    session.sequence += 1
    _moves.move_request(request, "confirm", actor, at)
    _moves.move_session(session, "confirm", actor, at)
    record(events.CONFIRMED, actor=actor, subject=request.ref, at=at, session=session.ref)
    _mails.tell_confirmed(actor, request, session, at)
    return session


@transaction.atomic
def release_session(*, actor: Actor, request_ref: str, at: dt.datetime) -> None:
    """Take a planned or confirmed session back: the request waits again, the consultant is free again.

    Who was told of a confirmed session gets a cancellation. Needs `training.coordinate` at the site.
    """
    request = _moves.locked_request(request_ref)
    policies.require_reach(actor, "training.coordinate", request, at)
    session = _moves.live_session(request)
    if session is None:
        raise WrongState(_("There is no planned session any more."))
    call_off(actor, request, session, at)
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
def close_session(*, actor: Actor, ref: str, at: dt.datetime) -> int:
    """Close the session: everyone present gets a completion and a certificate; returns how many.

    Numbers that are still unknown keep waiting and count once they are matched. The consultant's step.
    """
    request = _moves.locked_request_of(ref)
    session = _moves.locked_session(ref)
    policies.require_lead(actor, session, at)
    _moves.move_session(session, "close", actor, at)
    _moves.move_request(request, "deliver", actor, at)
    found = attendance_of(session)
    completed = _marks.stayed(session, found)
    complete(actor, session, completed, at)
    counts = {"present_count": len(found.present), "unmatched_count": len(found.waiting)}
    record(events.CLOSED, actor=actor, subject=ref, at=at, **counts)
    return len(completed)


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
        state=states.Session.PLANNED,
        state_since=at,
    )


def _taken(member: CadreMember) -> object:
    return _("%(name)s is no longer free at this time. Please choose someone else; the list is up to date.") % {
        "name": member.person.full_name
    }
