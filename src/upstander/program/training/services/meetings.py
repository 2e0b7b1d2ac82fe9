"""Where a session is joined by those who listen from afar."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.program.training import events, policies, states
from upstander.program.training.models import Request
from upstander.program.training.services import _moves, _session_mails
from upstander.program.training.services.slides import web_address


@transaction.atomic
def name_meeting(*, actor: Actor, session_ref: str, address: str, at: dt.datetime) -> bool:
    """Say at which address on the web a session is joined, or (empty) that it is not known; False if it was so already.

    Once it is confirmed, everyone gets the mail with the calendar file anew: the address stands there, in calendars and
    on pages behind the sign-in, never on a public one. For who leads the session or coordinates its site. Raises
    NotFound, Invalid at "address" for what is no https address and for a session in a room only, WrongState once it is
    over.
    """
    request, session = _moves.locked_request_of(session_ref), _moves.locked_session(session_ref)
    policies.require_lead(actor, session, at)
    if session.mode == Request.Mode.IN_PERSON:
        raise Invalid(_("This session is held in the room only."), "address")
    if session.state not in states.JOINABLE or session.ends_at <= at:
        raise WrongState(_("This session is over, or no longer takes place."))
    address = web_address(address)
    if address == session.meeting:
        return False
    is_known = session.state != states.Session.PLANNED
    session.meeting = address
    session.sequence += is_known
    session.save(update_fields=["meeting", "sequence"])
    record(events.MEETING_NAMED, actor=actor, subject=request.ref, at=at, session=session.ref)
    if is_known:
        _session_mails.tell_joined(actor, request, session, at)
    return True
