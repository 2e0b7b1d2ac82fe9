"""Calling a session off, for every service that ends one before it was held."""

import datetime as dt

from upstander.foundation.kernel.actor import Actor
from upstander.program.training import states
from upstander.program.training.models import Request, Session
from upstander.program.training.services import _mails, _moves


def call_off(actor: Actor, request: Request, session: Session, at: dt.datetime) -> None:
    """Cancel the session and free its consultant; tell both, if they had been told of it."""
    was_told = session.state == states.Session.CONFIRMED
    session.sequence += was_told
    _moves.move_session(session, "cancel", actor, at)
    if was_told:
        _mails.tell_cancelled(actor, request, session, at)
    session.assignments.filter(released_at__isnull=True).update(released_at=at)
