"""When the questions about a session are open, and which address leads to them."""

import datetime as dt
import hmac

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.foundation.kernel.secrets import pseudonym
from upstander.program.training.models import Session
from upstander.program.training.policies import OPENS_BEFORE
from upstander.program.training.states import Session as State

BEFORE, AFTER = PHASES = ("before", "after")
STAYS_OPEN = dt.timedelta(days=2)  # after the session; then codes are forgotten and nothing changes any more


def key_of(session: Session) -> str:
    """The secret part of the address, for who was in the room: derived, not stored."""
    return pseudonym("evaluation", session.ref)


def require_key(session: Session, key: str) -> None:
    """Raise NotFound unless the key belongs to the session."""
    if not hmac.compare_digest(key_of(session).encode(), key.encode()):
        raise NotFound(session.ref)


def is_open(session: Session, phase: str, at: dt.datetime) -> bool:
    """Before: from two hours before until the end. After: from the session's middle until two days after it."""
    if phase == BEFORE:
        is_time = session.starts_at - OPENS_BEFORE <= at <= session.ends_at
        return is_time and session.state in {State.CONFIRMED, State.OPEN}
    middle = session.starts_at + (session.ends_at - session.starts_at) / 2
    return middle <= at < closes_at(session) and session.state in {State.OPEN, State.CLOSED}


def closes_at(session: Session) -> dt.datetime:
    """From when on nothing is taken any more: only then does anybody see results."""
    return session.ends_at + STAYS_OPEN


def require_open(session: Session, phase: str, at: dt.datetime) -> None:
    """Raise WrongState while these questions are not open."""
    if not is_open(session, phase, at):
        raise WrongState(_("These questions are not open now."))
