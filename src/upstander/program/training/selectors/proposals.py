"""The day a plan proposes to a site, for whoever holds the link of its mail."""

import datetime as dt

from django.core import signing

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import states
from upstander.program.training.models import PlanEntry

ANSWER_DAYS = 14
_SALT = "plan-answer"
_OF_GUEST = "@"  # parts the session's ref from that of a guest's site


def answer_token(session_ref: str, guest_ref: str = "") -> str:
    """What the link of a mail carries: signed, so that nobody can guess it, and dated, so that it ends.

    Each guest of the session has a link of its own.
    """
    return signing.dumps(f"{session_ref}{_OF_GUEST}{guest_ref}" if guest_ref else session_ref, salt=_SALT)


def proposal_by_token(*, actor: Actor, token: str) -> PlanEntry:
    """The entry that a link is about, in the plan that holds. Raises NotFound for a wrong or old link. Any actor."""
    try:
        told = signing.loads(token, salt=_SALT, max_age=dt.timedelta(days=ANSWER_DAYS))
    except signing.BadSignature:
        raise NotFound("proposal") from None
    ref, _dash, guest = told.partition(_OF_GUEST)
    found = PlanEntry.objects.filter(district_id=actor.district_id, session__ref=ref, plan__state=states.Plan.RELEASED)
    found = found.filter(site__ref=guest) if guest else found.filter(host__isnull=True)
    found = found.select_related("site", "session", "request", "plan", "host__site")
    entry = found.prefetch_related("seats__member__person", "host__seats__member__person", "guests__site").first()
    if entry is None:
        raise NotFound("proposal")
    return entry


def may_be_answered(entry: PlanEntry) -> bool:
    """Whether the site of a read entry has not answered its day yet, and the day still stands. Takes no query."""
    session = entry.session
    for_guests = [states.Session.CONFIRMED] if entry.host_id is not None else []  # the host may answer before them
    open_states = [states.Session.PLANNED, *for_guests]
    return session is not None and session.state in open_states and not entry.answer
