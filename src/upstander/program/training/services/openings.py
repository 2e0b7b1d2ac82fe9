"""Taking back that a session was opened: the wrong one, the wrong day, a tap too early."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import WrongState
from upstander.program.training import events, policies, states
from upstander.program.training.models import Session
from upstander.program.training.selectors._presence import attendance_of
from upstander.program.training.services import _marks, _moves


@transaction.atomic
def undo_opening(*, actor: Actor, ref: str, at: dt.datetime) -> Session:
    """Put a session that was opened by mistake back to confirmed, as if it had not been; nobody gets a mail.

    Only while nobody counts as being there. What was noted and taken back meanwhile says nothing of the day on which
    it is held, and counts no longer. Opening it again is the way back. The consultant's step; a coordinator may step
    in. Raises NotFound, WrongState with what to do first.
    """
    session = _moves.locked_session(ref)
    policies.require_lead(actor, session, at)
    states.after(states.SESSION_MOVES, session.state, "put_back")
    found = attendance_of(session)
    if found.present or found.waiting:
        raise WrongState(_("Somebody is noted as there. Take these marks back first, or close the session."))
    _marks.forget(session)
    _moves.move_session(session, "put_back", actor, at)
    record(events.OPENING_UNDONE, actor=actor, subject=ref, at=at)
    return session
