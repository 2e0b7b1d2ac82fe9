"""The one certificate of a standing completion, and new ones for who bears another name."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from upstander.district.people.services import rename_person
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance import events
from upstander.program.compliance.models import Certificate, Completion, Retraction
from upstander.program.compliance.services._papers import BATCH, replace_papers, send_links


@transaction.atomic
def issue_certificates(*, actor: Actor, refs: Sequence[str], at: dt.datetime, tell: bool = True) -> list[str]:
    """Give each standing completion its one certificate; return the refs of those newly issued.

    With `tell`, who has an address gets a mail with a private link that ends by itself. Needs `completions.record`.
    """
    require(actor, "completions.record", Place(actor.district_id))
    rows = [
        Certificate(district_id=actor.district_id, completion_id=pk, issued_at=at) for pk in _without_certificate(refs)
    ]
    Certificate.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    written = set(Certificate.objects.filter(ref__in=[row.ref for row in rows]).values_list("ref", flat=True))
    issued = [row for row in rows if row.ref in written]
    if issued:
        record(events.CERTIFICATES_ISSUED, actor=actor, subject="certificates", at=at, count=len(issued))
    if tell:
        send_links(actor, issued, at)
    return [row.ref for row in issued]


@transaction.atomic
def rename_and_reissue(*, actor: Actor, ref: str, given_name: str, family_name: str, at: dt.datetime) -> int:
    """Write a person's name anew and give each of their standing certificates a new number; gives how many.

    What was issued before is shown as replaced from then on, without a name; the person gets a mail with the new ones.
    Needs `people.amend`; refuses as `rename_person` does. The same name again does nothing.
    """
    person = rename_person(actor=actor, ref=ref, given_name=given_name, family_name=family_name, at=at)
    if person is None:
        return 0
    standing = Certificate.objects.filter(completion__person=person, revocations=None, replaced_by=None)
    return replace_papers(actor, person, [(row, row.completion_id) for row in standing.order_by("pk")], at)


def _without_certificate(refs: Sequence[str]) -> list[int]:
    """Ids of the standing completions among `refs`. One plain question per table: no join to go wrong on new rows."""
    found = list(Completion.objects.filter(ref__in=refs).values_list("pk", flat=True))
    settled = {
        pk
        for ledger in (Retraction.objects, Certificate.objects)
        for pk in ledger.filter(completion_id__in=found).values_list("completion_id", flat=True)
    }
    return [pk for pk in found if pk not in settled]
