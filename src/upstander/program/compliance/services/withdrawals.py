"""Taking many completions back at once, as when a whole list was wrong."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import WrongState
from upstander.program.compliance import events
from upstander.program.compliance.models import Certificate, Completion, Retraction
from upstander.program.compliance.services.obligations import refresh

BATCH = 5_000


@transaction.atomic
def withdraw_completions(*, actor: Actor, refs: Sequence[str], reason: str, at: dt.datetime) -> None:
    """Take the completions back by one retraction each, for one `reason` of `Retraction.Reason`.

    All or none: raises `WrongState` when one is not there, was taken back before, or has a certificate, because a
    person may have shown that paper to somebody. Needs `completions.record`.
    """
    require(actor, "completions.record", Place(actor.district_id))
    found = list(Completion.objects.filter(ref__in=refs).values_list("pk", flat=True))
    if len(found) != len(set(refs)) or Retraction.objects.filter(completion_id__in=found).exists():
        raise WrongState(_("One of these completions was taken back before."))
    if Certificate.objects.filter(completion_id__in=found).exists():
        raise WrongState(_("Certificates were issued for some of these completions."))
    said = {"district_id": actor.district_id, "recorded_at": at, "recorded_by": actor.name}
    rows = [Retraction(completion_id=pk, reason=reason, **said) for pk in found]
    Retraction.objects.bulk_create(rows, batch_size=BATCH)
    people = Completion.objects.filter(pk__in=found).values_list("person_id", flat=True)
    refresh(actor, list(people))
    if rows:
        record(events.COMPLETIONS_WITHDRAWN, actor=actor, subject="completions", at=at, reason=reason, count=len(rows))
