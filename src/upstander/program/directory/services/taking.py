"""Taking every clean record of a file as a draft at once, and undoing it. Nothing of it is published.

A few at a time between short transactions, so that the page can follow it; where it cannot go on, nothing of it stays.
Killed in the middle, the queue runs it again, and it goes on where the last whole part ended.
"""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.queue.queue import defer_each
from upstander.program.directory import events, policies
from upstander.program.directory.content.incoming import read_record
from upstander.program.directory.models import Batch, Candidate, Location, Organization, Service
from upstander.program.directory.services._drafting import came_before, draft_of, settle
from upstander.program.directory.services._held import editing
from upstander.program.directory.states import State

TAKE = "directory.take_file"
AT_ONCE = 25  # fewer are taken while somebody waits for the page; as many and more by a job, so many at a time


@transaction.atomic
def ask_to_take(*, actor: Actor, ref: str, at: dt.datetime) -> int:
    """Begin to take every record of a file about which nothing is odd; gives how many they are. Needs `directory.edit`.

    Raises NotFound, and WrongState where there is none, or where it was begun already.
    """
    policies.require_editor(actor)
    editing(actor)
    batch = _locked(actor, ref)
    if batch.taking_since is not None:
        raise WrongState(_("This file was taken at once already."))
    count = _clean(batch).count()
    if not count:
        raise WrongState(_("Something is odd about every record that waits. Please look at each."))
    batch.taking_since, batch.taking_by = at, actor.name
    batch.save(update_fields=["taking_since", "taking_by"])
    record(events.FILE_ASKED, actor=actor, subject=ref, at=at, count=count)
    if count >= AT_ONCE:
        defer_each(TAKE, district_id=actor.district_id, refs=[ref])
    else:
        take_part(actor=actor, ref=ref, at=at)
    return count


@transaction.atomic
def take_part(*, actor: Actor, ref: str, at: dt.datetime) -> bool:
    """Take the next few records; whether there is more. What would be written over an entry waits for a person's eye.

    A record that cannot be a draft after all ends it, and all that was taken is dropped. Run twice, nothing is doubled.
    """
    policies.require_editor(actor)
    editing(actor)
    batch = _locked(actor, ref)
    if batch.taking_since is None or batch.taken_at is not None:
        return False
    part = list(_clean(batch).filter(number__gt=batch.taken_to).order_by("number")[:AT_ONCE])
    try:
        with transaction.atomic():
            _take(actor, batch, part, at)
    except Invalid:
        record(events.FILE_STOPPED, actor=actor, subject=ref, at=at, count=_drop(batch))
        return False
    if len(part) == AT_ONCE:
        batch.save(update_fields=["taken_to", "made"])
        return True
    batch.taken_at = at
    batch.save(update_fields=["taken_to", "made", "taken_at"])
    record(events.FILE_TAKEN, actor=actor, subject=ref, at=at, count=_taken(batch).count())
    return False


@transaction.atomic
def drop_taken(*, actor: Actor, ref: str, at: dt.datetime) -> int:
    """Drop the drafts of a file that was taken at once, or is being taken; its records wait again. Gives how many.

    A draft that somebody has written in or checked since stays. Needs `directory.edit`; raises NotFound, WrongState.
    """
    policies.require_editor(actor)
    editing(actor)
    batch = _locked(actor, ref)
    if batch.taking_since is None:
        raise WrongState(_("This file was not taken at once."))
    count = _drop(batch)
    record(events.FILE_DROPPED, actor=actor, subject=ref, at=at, count=count)
    return count


def _take(actor: Actor, batch: Batch, part: list[Candidate], at: dt.datetime) -> None:
    for candidate in part:
        batch.taken_to = candidate.number
        if came_before(actor, read_record(candidate.raw)) is None:
            _service, made = draft_of(actor, candidate, at)
            batch.made += made
            settle(candidate, batch.taking_by, batch.taking_since or at)


def _drop(batch: Batch) -> int:
    """The drafts that nobody has touched go, and with them what was made for them alone."""
    drafts = Service.objects.filter(pk__in=_taken(batch).values("service"), state=State.DRAFT, version=0)
    gone = list(drafts.filter(verifications__isnull=True, corrections__isnull=True).values_list("pk", flat=True))
    back = _taken(batch).filter(service__in=gone)
    count = back.update(service=None, settled_at=None, settled_by="")
    Service.objects.filter(district_id=batch.district_id, pk__in=gone).delete()
    of = {"district_id": batch.district_id, "ref__in": batch.made, "version": 0}
    Location.objects.filter(**of, for_services__isnull=True).delete()
    Organization.objects.filter(**of, services__isnull=True, locations__isnull=True).delete()
    batch.taking_since = batch.taken_at = None
    batch.taking_by, batch.taken_to, batch.made = "", 0, []
    batch.save()
    return count


def _clean(batch: Batch) -> QuerySet[Candidate]:
    """The records that wait and about which nothing is odd."""
    return Candidate.objects.filter(district_id=batch.district_id, batch=batch, settled_at__isnull=True, faults=[])


def _taken(batch: Batch) -> QuerySet[Candidate]:
    return Candidate.objects.filter(
        district_id=batch.district_id, batch=batch, settled_at=batch.taking_since, service__isnull=False
    )


def _locked(actor: Actor, ref: str) -> Batch:
    found = Batch.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found
