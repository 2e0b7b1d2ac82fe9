"""Opening a session that was held where nothing could be asked."""

import datetime as dt

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import events, policies, states
from upstander.program.training.models import Session
from upstander.program.training.services import _moves


def open_if_confirmed(session: Session, actor: Actor, at: dt.datetime, *, by_sheet: bool = False) -> None:
    """Open a session with the first that is told of it. Raises WrongState where none can be held any more."""
    if session.state == states.Session.CONFIRMED:
        if by_sheet:
            policies.require_enterable(actor, session, at)
        else:
            policies.require_openable(session, at)
        _moves.move_session(session, "open", actor, at)
        record(events.OPENED, actor=actor, subject=session.ref, at=at)
    else:
        require_agreed(session)


def require_agreed(session: Session) -> None:
    """Raise WrongState for a session that is only planned, or was cancelled: nothing can have happened in it."""
    if session.state not in {states.Session.CONFIRMED, states.Session.OPEN, states.Session.CLOSED}:
        states.after(states.SESSION_MOVES, session.state, "open")
