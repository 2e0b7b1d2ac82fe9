"""Telling both sides early that a planned session no longer fits its consultant."""

import datetime as dt

from django.db import transaction

from upstander.foundation.kernel.actor import Actor
from upstander.program.training.selectors.misfits import coming_misfits
from upstander.program.training.services._warnings import tell_misfits


@transaction.atomic
def warn_of_misfits(*, actor: Actor, at: dt.datetime) -> int:
    """Mail consultant and coordinator about each session of the next 60 days that no longer fits; gives their number.

    A skill lapses before it, a release ends, days away were noted since. Once for each session and reason, however
    often the job runs.
    """
    return tell_misfits(actor, coming_misfits(actor=actor, at=at), at)
