"""Calling a session off, for every service that ends one before it was held."""

import datetime as dt

from upstander.foundation.kernel.actor import Actor
from upstander.program.training import states
from upstander.program.training.models import Hosting, Request, Session
from upstander.program.training.selectors._guests import visit_of
from upstander.program.training.services import _guests, _moves, _session_mails


def give_up(actor: Actor, request: Request, at: dt.datetime) -> Session | None:
    """End what the locked request has: its session, or only its site's part in a session at another; gives that."""
    session = _moves.live_session(request)
    if session is not None:
        call_off(actor, request, session, at)
        return session
    guest = visit_of(request)
    if guest is None:
        return None
    guest.request = request
    _guests.leave(actor, guest, Hosting.End.LEFT, at)
    visited: Session = guest.session
    return visited


def call_off(
    actor: Actor, request: Request, session: Session, at: dt.datetime, *, is_asked_again: bool = False
) -> None:
    """Cancel the session and free its consultant and its guests; tell all who had been told of it.

    `is_asked_again` says that the plan which ends it has a new day for the guests.
    """
    was_told = session.state == states.Session.CONFIRMED
    session.sequence += was_told
    _moves.move_session(session, "cancel", actor, at)
    if was_told:
        _session_mails.tell_cancelled(actor, request, session, at)
    session.assignments.filter(released_at__isnull=True).update(released_at=at)
    _guests.free_all(actor, session, at, is_asked_again=is_asked_again)
