"""Who answers in the room when somebody needs help: named in one tap, and never waited for."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.program.training import events, policies, states
from upstander.program.training.models import Responder
from upstander.program.training.services import _moves, _responders


@transaction.atomic
def name_responder(*, actor: Actor, session_ref: str, who: str, at: dt.datetime) -> None:
    """Note who answers in the room from now on; the last word counts. The consultant's step, before and while open.

    Raises NotFound for somebody who cannot be named, WrongState once the session is over.
    """
    session = _moves.locked_session(session_ref)
    policies.require_lead(actor, session, at)
    if who not in Responder.Who.values:
        raise NotFound(who)
    if session.state not in {states.Session.CONFIRMED, states.Session.OPEN}:
        raise WrongState(_("The session is not open."))
    _responders.row(session, actor, at, who).save(force_insert=True)
    record(events.RESPONDER_NAMED, actor=actor, subject=session.ref, at=at, who=who)
