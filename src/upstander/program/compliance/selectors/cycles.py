"""Whether two days count for the same cycle."""

import datetime as dt

from django.db.models import Q

from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Obligation, Requirement
from upstander.program.compliance.selectors.requirements import fulfilled_by


def is_same_cycle(*, actor: Actor, person_id: int, subject: str, on: dt.date, later: dt.date) -> bool:
    """Whether a completion of `later` still counts for every cycle of the training that ran for a person on a day.

    True where nothing with due days asks for it. Needs no capability of its own: it tells whether, and no more.
    """
    asking = Requirement.objects.filter(fulfilled_by(subject), district_id=actor.district_id)
    running = Obligation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on), person_id=person_id, starts_on__lte=on
    )
    ended = running.filter(requirement_id__in=asking.values("pk"), ends_on__lte=later)
    return not ended.exists()
