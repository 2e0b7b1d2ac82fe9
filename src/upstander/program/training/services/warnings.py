"""Telling both sides early that a planned session no longer fits its consultant."""

import datetime as dt

from django.db import transaction

from upstander.district.people.models import Post
from upstander.district.people.selectors import people_in_role
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.services import post_notices
from upstander.program.training import policies
from upstander.program.training.selectors.cadre import coming_misfits
from upstander.program.training.services import _mails

AHEAD = dt.timedelta(days=60)


@transaction.atomic
def warn_of_misfits(*, actor: Actor, at: dt.datetime) -> int:
    """Mail consultant and coordinator about each session of the next 60 days that no longer fits; gives their number.

    A skill lapses before it, a release ends, days away were noted since. Once for each session and reason, however
    often the job runs.
    """
    found = [each for each in coming_misfits(actor=actor, at=at) if each.assignment.starts_at < at + AHEAD]
    if not found:
        return 0
    on = policies.today(actor, at)
    people = people_in_role(actor=actor, role=Post.Role.COORDINATOR, on=on).select_related("account")
    coordinators = list(people)
    drafts = [draft for misfit in found for draft in _mails.drafts_of_misfit(misfit, coordinators)]
    post_notices(actor=actor, kind="training_misfit", drafts=drafts, at=at)
    return len(found)
