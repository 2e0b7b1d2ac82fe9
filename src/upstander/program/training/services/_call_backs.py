"""Taking a consultation out of the hands of a member of the Cadre. Only services of this part call it."""

import datetime as dt

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import events
from upstander.program.training.models import CallBack, Request
from upstander.program.training.services import _mails


def let_go(actor: Actor, request: Request, end: str, at: dt.datetime) -> None:
    """End that somebody has the locked request in hand, and tell them; nothing where nobody has.

    Whoever ends it themselves knows of it and is not told.
    """
    rows = CallBack.objects.select_for_update(of=("self",)).filter(request=request, ended_at__isnull=True)
    found = rows.select_related("member__person__account").first()
    if found is None:
        return
    found.ended_at, found.end = at, end
    found.save(update_fields=["ended_at", "end"])
    record(events.CALL_LET_GO, actor=actor, subject=request.ref, at=at, member=found.member.ref, end=end)
    if found.member.person_id != actor.person_id:
        _mails.tell_call_gone(actor, request, found, at)
