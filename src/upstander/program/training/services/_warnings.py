"""Mails about sessions that no longer fit their consultant. Only services of this part call it."""

import datetime as dt

from upstander.district.people.models import Post
from upstander.district.people.selectors import people_in_role
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.services import post_notices
from upstander.program.training import policies
from upstander.program.training.selectors.matching import members_on
from upstander.program.training.selectors.misfits import Misfit
from upstander.program.training.services import _session_mails

AHEAD = dt.timedelta(days=60)


def tell_misfits(actor: Actor, misfits: list[Misfit], at: dt.datetime) -> int:
    """Tell consultant and coordinator of those within the next 60 days, once for each reason; gives their number."""
    found = [each for each in misfits if each.assignment.starts_at < at + AHEAD]
    if not found:
        return 0
    on = policies.today(actor, at)
    people = people_in_role(actor=actor, role=Post.Role.COORDINATOR, on=on).select_related("account")
    coordinators = list(people)
    here = set(members_on(on).values_list("pk", flat=True))
    drafts = [
        draft
        for misfit in found
        for draft in _session_mails.drafts_of_misfit(
            misfit, coordinators, has_left=misfit.assignment.member_id not in here
        )
    ]
    post_notices(actor=actor, kind="training_misfit", drafts=drafts, at=at)
    return len(found)
