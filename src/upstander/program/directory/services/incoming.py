"""Files from elsewhere: read into a review, taken as drafts one by one, or dropped. Nothing of it is published."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.directory import events, policies
from upstander.program.directory.content.incoming import Unreadable, read_record, records_of
from upstander.program.directory.models import Batch, Candidate, Service
from upstander.program.directory.models.entries import NAME_LENGTH
from upstander.program.directory.services._drafting import draft_of, faults_of, settle
from upstander.program.directory.services._held import editing

REASONS = {
    "json": _("This is no JSON of services."),
    "headings": _("The first line has to name the columns, one of them “name”."),
    "many": _("That is more than can be reviewed at once. Please hand in a part of it."),
    "empty": _("There is no record in it."),
    "encoding": _("Please save the file as UTF-8."),
    "package": _("This is no package of the standard: a zip of CSV files, one of them services.csv."),
    "large": _("It would unpack to more than can be reviewed. Please hand in a part of it."),
}


@transaction.atomic
def read_file(*, actor: Actor, file_name: str, content: bytes, at: dt.datetime) -> Batch:
    """Keep every record of a file for review, as it came. Needs `directory.edit`; raises Invalid for no such file."""
    policies.require_editor(actor)
    found = _read(content, file_name)  # before it is our turn: a large file takes a while, and others write meanwhile
    of = {"district_id": actor.district_id}
    editing(actor)
    batch = Batch.objects.create(**of, file_name=file_name[:NAME_LENGTH], received_at=at, received_by=actor.name)
    rows = [
        Candidate(**of, batch=batch, number=number, raw=raw, faults=faults)
        for number, (raw, faults) in enumerate(found, 1)
    ]
    Candidate.objects.bulk_create(rows)
    odd = sum(bool(row.faults) for row in rows)
    record(events.FILE_READ, actor=actor, subject=batch.ref, at=at, count=len(rows), fault_count=odd)
    return batch


@transaction.atomic
def take_candidate(*, actor: Actor, ref: str, at: dt.datetime) -> Service:
    """Make a draft of what was read of a record. A service that came before by the same id is written over, and seen
    by readers as it was until it was checked again. Needs `directory.edit`; raises Invalid without a name.
    """
    policies.require_editor(actor)
    editing(actor)
    candidate = _waiting(actor, ref)
    service, _made = draft_of(actor, candidate, at)
    settle(candidate, actor.name, at)
    record(events.CANDIDATE_TAKEN, actor=actor, subject=ref, at=at, service=service.ref)
    return service


@transaction.atomic
def drop_candidate(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Leave a record out; it stays in its file's list. Needs `directory.edit`."""
    policies.require_editor(actor)
    editing(actor)
    settle(_waiting(actor, ref), actor.name, at)
    record(events.CANDIDATE_DROPPED, actor=actor, subject=ref, at=at)


@transaction.atomic
def drop_rest(*, actor: Actor, ref: str, at: dt.datetime) -> int:
    """Leave out every record of a file that still waits; gives how many. Needs `directory.edit`; raises NotFound."""
    policies.require_editor(actor)
    editing(actor)
    waiting = _of_file(actor, ref).filter(settled_at__isnull=True)
    count = waiting.update(settled_at=at, settled_by=actor.name)
    record(events.REST_DROPPED, actor=actor, subject=ref, at=at, count=count)
    return count


@transaction.atomic
def bring_back(*, actor: Actor, ref: str, at: dt.datetime) -> int:
    """Let every record of a file that was left out wait again; gives how many. What was taken stays what it is.
    Needs `directory.edit`; raises NotFound."""
    policies.require_editor(actor)
    editing(actor)
    left = _of_file(actor, ref).filter(settled_at__isnull=False, service__isnull=True)
    count = left.update(settled_at=None, settled_by="")
    record(events.BROUGHT_BACK, actor=actor, subject=ref, at=at, count=count)
    return count


def _read(content: bytes, file_name: str) -> list[tuple[dict[str, Any], list[list[str]]]]:
    """Every record of a file as it came, with what is odd about it; raises Invalid for no such file."""
    try:
        return [(raw, [list(pair) for pair in faults_of(read_record(raw))]) for raw in records_of(content, file_name)]
    except Unreadable as why:
        raise Invalid(REASONS[str(why)], "file") from None


def _of_file(actor: Actor, ref: str) -> QuerySet[Candidate]:
    batch = Batch.objects.filter(district_id=actor.district_id, ref=ref).first()
    if batch is None:
        raise NotFound(ref)
    return Candidate.objects.filter(district_id=actor.district_id, batch=batch)


def _waiting(actor: Actor, ref: str) -> Candidate:
    found = Candidate.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
    if found is None:
        raise NotFound(ref)
    if found.settled_at is not None:
        raise WrongState(_("Somebody settled this already."))
    return found
