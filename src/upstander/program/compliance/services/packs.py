"""Asking for an auditor pack: the question and the file's digest are kept, the file is not."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid
from upstander.program.compliance import events
from upstander.program.compliance.models import AuditPack
from upstander.program.compliance.selectors.packs.making import make_pack
from upstander.program.compliance.selectors.packs.rows import Question

SETTLES = dt.timedelta(seconds=10)  # a change begun just before may not be in the books yet, and would come in later


@transaction.atomic
def record_pack(*, actor: Actor, of: Question, at: dt.datetime) -> AuditPack:
    """Make the pack once and keep its question and digest. Needs `proof.pack` in the whole district.

    Raises Invalid for a moment so near that what is being written could still fall before it.
    """
    if of.known_at > at - SETTLES:
        raise Invalid(_("Choose a moment that is over."), "known_on")
    made = make_pack(actor=actor, of=of)
    row = AuditPack.objects.create(
        district_id=actor.district_id,
        on=of.on,
        known_at=of.known_at,
        language=of.language,
        digest=made.digest,
        person_count=made.person_count,
        recorded_at=at,
        recorded_by=actor.name,
    )
    record(events.PACK_MADE, actor=actor, subject=row.ref, at=at, digest=made.digest, people=made.person_count)
    return row
