"""What becomes of papers: a newer one takes their place, or they are withdrawn; and the mail that brings a new one."""

import datetime as dt
from collections.abc import Sequence

from upstander.district.people.models import Person
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.services import Draft, Recipient, post_notices
from upstander.program.compliance import events
from upstander.program.compliance.models import Certificate, Completion, Revocation
from upstander.program.compliance.selectors.certificates import private_token

BATCH = 5_000


def replace_papers(actor: Actor, person: Person, papers: Sequence[tuple[Certificate, int]], at: dt.datetime) -> int:
    """A newer paper of the person in place of each, for the completion with the id beside it; gives how many.

    What was issued before is shown as replaced from then on; the person gets a mail with the new ones.
    """
    issued = [
        Certificate(district_id=actor.district_id, completion_id=completion_id, replaces=row, issued_at=at)
        for row, completion_id in papers
    ]
    Certificate.objects.bulk_create(issued, batch_size=BATCH)
    if issued:
        record(events.CERTIFICATES_REISSUED, actor=actor, subject=person.ref, at=at, count=len(issued))
    send_links(actor, issued, at)
    return len(issued)


def settle_papers(actor: Actor, old: Completion, new: Completion | None, at: dt.datetime) -> None:
    """Let the paper of a completion that was taken back follow it: a newer one takes its place where the row `new`
    puts the old one right; else it is withdrawn. Without a paper nothing happens.
    """
    if new:
        standing = Certificate.objects.filter(completion=old, revocations=None, replaced_by=None)
        replace_papers(actor, old.person, [(row, new.pk) for row in standing], at)
        return
    said = {"district_id": actor.district_id, "recorded_at": at, "recorded_by": actor.name}
    # Every paper ever given for it: what a newer one had replaced proves nothing any more either.
    given = Certificate.objects.filter(completion_id__in=_ever(old), revocations=None)
    Revocation.objects.bulk_create([Revocation(certificate=row, **said) for row in given])


def send_links(actor: Actor, issued: Sequence[Certificate], at: dt.datetime) -> None:
    """Mail each new paper to its person as a private link, as far as there is an address."""
    people = Completion.objects.select_related("person").in_bulk([row.completion_id for row in issued])
    drafts = [_link(row.ref, people[row.completion_id].person) for row in issued]
    # The link opens the paper: nobody else may read it in a list of mails.
    post_notices(actor=actor, kind="certificate_ready", drafts=drafts, at=at, is_private=True)


def _link(ref: str, person: Person) -> Draft:
    return Draft(Recipient(person.email, person.language), f"certificate:{ref}", {"token": private_token(ref)})


def _ever(completion: Completion) -> list[int]:
    """Ids of the completion and of those that it put right."""
    before = completion.replaces
    return [completion.pk, *(_ever(before) if before else [])]
