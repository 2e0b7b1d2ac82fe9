"""The day a plan proposes to a site, for whoever holds the link of its mail."""

import datetime as dt

from django.core import signing

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import states
from upstander.program.training.models import PlanEntry

ANSWER_DAYS = 14
_SALT = "plan-answer"


def answer_token(session_ref: str) -> str:
    """What the link of a mail carries: signed, so that nobody can guess it, and dated, so that it ends."""
    return signing.dumps(session_ref, salt=_SALT)


def proposal_by_token(*, actor: Actor, token: str) -> PlanEntry:
    """The entry that a link is about, in the plan that holds. Raises NotFound for a wrong or old link. Any actor."""
    try:
        ref = signing.loads(token, salt=_SALT, max_age=dt.timedelta(days=ANSWER_DAYS))
    except signing.BadSignature:
        raise NotFound("proposal") from None
    found = PlanEntry.objects.filter(district_id=actor.district_id, session__ref=ref, plan__state=states.Plan.RELEASED)
    entry = found.select_related("site", "session", "request", "plan").prefetch_related("seats__member__person").first()
    if entry is None:
        raise NotFound("proposal")
    return entry
