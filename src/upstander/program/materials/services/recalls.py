"""Copies that have to be taken away because something printed on them is no longer so."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.facts.selectors import facts_by_key
from upstander.program.materials import events, policies
from upstander.program.materials.content.catalogue import fingerprint
from upstander.program.materials.models import Edition, Movement, Recall
from upstander.program.materials.services._ledger import book, held_at, locked
from upstander.program.materials.services._recalls import RECALL as RECALL
from upstander.program.materials.services._recalls import recall_holders
from upstander.program.training.policies import today

HOW = {"discarded": Movement.Kind.DISCARDED, "returned": Movement.Kind.RETURNED}


@transaction.atomic
def recall_changed(*, actor: Actor, at: dt.datetime) -> int:
    """Withdraw every edition on which a fact no longer reads as it was printed; ask the sites that hold copies.

    Gives how many editions were withdrawn. Sites that an earlier run did not reach are asked too. Safe to run twice,
    or to be killed: all of it happens or nothing. Needs `materials.manage`, which the job is given.
    """
    policies.require_manager(actor)
    # The rows are locked in one order, and no parcel with them leaves meanwhile.
    editions = list(
        Edition.objects.select_for_update(of=("self",)).filter(district_id=actor.district_id).order_by("id")
    )
    changed = [edition for edition in editions if edition.withdrawn_at is None and _take_note(actor, edition, at)]
    Edition.objects.bulk_update(changed, ["withdrawn_at", "withdrawn_for", "changed_facts"])
    made = recall_holders(actor, [edition for edition in editions if edition.withdrawn_at is not None], at)
    for edition in changed:
        sites = sum(recall.edition_id == edition.pk for recall in made)
        reason = Edition.Withdrawal.FACT
        record(events.WITHDRAWN, actor=actor, subject=edition.ref, at=at, reason=reason, site_count=sites)
    return len(changed)


@transaction.atomic
def finish_recall(*, actor: Actor, ref: str, how: str, at: dt.datetime) -> None:
    """The site's copies are gone, or on their way back to the shelf; the ledger says so and the task is done.

    Needs `training.follow` at the site. Raises WrongState when somebody else was faster.
    """
    found = Recall.objects.select_related("site", "edition").filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    policies.require_site(actor, "training.follow", found.site, at)
    if how not in HOW:
        raise Invalid(_("Please say where the copies are now."), "how")
    (edition,) = locked(found.edition.ref)
    recall = Recall.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if recall.done_at is not None:
        raise WrongState(_("This is done already. Thank you."))
    recall.done_at, recall.done_by = at, actor.name
    recall.save(update_fields=["done_at", "done_by"])
    count = held_at(edition, found.site)
    if count:
        shelf = count if how == "returned" else 0
        book(edition, HOW[how], shelf, actor, at, site=found.site, site_change=-count)
    told = {"edition": edition.ref, "count": count, "how": how}
    record(events.RECALL_DONE, actor=actor, subject=ref, at=at, **told)


def _take_note(actor: Actor, edition: Edition, at: dt.datetime) -> bool:
    """Put on the edition which of its facts no longer read as printed; whether there is one."""
    entries = facts_by_key(actor=actor, keys=edition.prints, language="en", on=today(actor, at)).entries
    now = {key: fingerprint(entry) for key, entry in entries.items()}
    edition.changed_facts = sorted(key for key, printed in edition.prints.items() if now.get(key) != printed)
    if edition.changed_facts:
        edition.withdrawn_at, edition.withdrawn_for = at, Edition.Withdrawal.FACT
    return bool(edition.changed_facts)
