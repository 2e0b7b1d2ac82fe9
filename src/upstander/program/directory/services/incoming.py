"""Files from elsewhere: read into a review, taken as drafts one by one, or dropped. Nothing of it is published."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.directory import events, policies
from upstander.program.directory.content.incoming import Read, Unreadable, read_record, records_of
from upstander.program.directory.content.where import Where
from upstander.program.directory.models import Batch, Candidate, Location, Organization, Service
from upstander.program.directory.models.entries import NAME_LENGTH
from upstander.program.directory.services.entries import Written, write_service
from upstander.program.directory.services.organizations import write_organization
from upstander.program.directory.services.places import write_place

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
    try:
        found = records_of(content, file_name)
    except Unreadable as why:
        raise Invalid(REASONS[str(why)], "file") from None
    of = {"district_id": actor.district_id}
    batch = Batch.objects.create(**of, file_name=file_name[:NAME_LENGTH], received_at=at, received_by=actor.name)
    rows = [
        Candidate(**of, batch=batch, number=number, raw=raw, faults=[list(pair) for pair in read_record(raw).faults])
        for number, raw in enumerate(found, 1)
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
    candidate = _waiting(actor, ref)
    read = read_record(candidate.raw)
    if not (read.name and read.organization):
        raise Invalid(_("It has no name or no organization: please write it down by hand, and drop this."))
    organization = _organization(actor, read, at)
    there = Service.objects.filter(district_id=actor.district_id, uid=read.uid).first() if read.uid else None
    written = _written(read, organization, _places(actor, read, organization, at), there)
    service = write_service(actor=actor, written=written, ref=there.ref if there else "", at=at)
    if read.uid and there is None:
        service.uid = uuid.UUID(read.uid)
        service.save(update_fields=["uid"])
    candidate.service = service
    _settle(candidate, actor, at)
    record(events.CANDIDATE_TAKEN, actor=actor, subject=ref, at=at, service=service.ref)
    return service


@transaction.atomic
def drop_candidate(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Leave a record out; it stays in its file's list. Needs `directory.edit`."""
    policies.require_editor(actor)
    _settle(_waiting(actor, ref), actor, at)
    record(events.CANDIDATE_DROPPED, actor=actor, subject=ref, at=at)


@transaction.atomic
def drop_rest(*, actor: Actor, ref: str, at: dt.datetime) -> int:
    """Leave out every record of a file that still waits; gives how many. Needs `directory.edit`; raises NotFound."""
    policies.require_editor(actor)
    waiting = _of_file(actor, ref).filter(settled_at__isnull=True)
    count = waiting.update(settled_at=at, settled_by=actor.name)
    record(events.REST_DROPPED, actor=actor, subject=ref, at=at, count=count)
    return count


@transaction.atomic
def bring_back(*, actor: Actor, ref: str, at: dt.datetime) -> int:
    """Let every record of a file that was left out wait again; gives how many. What was taken stays what it is.
    Needs `directory.edit`; raises NotFound."""
    policies.require_editor(actor)
    left = _of_file(actor, ref).filter(settled_at__isnull=False, service__isnull=True)
    count = left.update(settled_at=None, settled_by="")
    record(events.BROUGHT_BACK, actor=actor, subject=ref, at=at, count=count)
    return count


def _of_file(actor: Actor, ref: str) -> QuerySet[Candidate]:
    batch = Batch.objects.filter(district_id=actor.district_id, ref=ref).first()
    if batch is None:
        raise NotFound(ref)
    return Candidate.objects.filter(district_id=actor.district_id, batch=batch)


def _organization(actor: Actor, read: Read, at: dt.datetime) -> Organization:
    rows = Organization.objects.filter(district_id=actor.district_id)
    found = rows.filter(uid=read.organization_uid).first() if read.organization_uid else None
    found = found or rows.filter(name__iexact=read.organization).first()
    if found:
        return found
    made = write_organization(actor=actor, name=read.organization, at=at)
    if read.organization_uid:
        made.uid = uuid.UUID(read.organization_uid)
        made.save(update_fields=["uid"])
    return made


def _places(actor: Actor, read: Read, organization: Organization, at: dt.datetime) -> tuple[str, ...]:
    """Refs of the places. One that came before stays as its editor has left it; a new one counts as confidential."""
    of = Location.objects.filter(district_id=actor.district_id, organization=organization)
    there = {str(place.uid): place.ref for place in of.filter(uid__in=[uid for uid, _where in read.places if uid])}
    return tuple(there.get(uid) or _place(actor, organization, uid, where, at) for uid, where in read.places)


def _place(actor: Actor, organization: Organization, uid: str, where: Where, at: dt.datetime) -> str:
    made = write_place(actor=actor, organization_ref=organization.ref, where=where, at=at)
    if uid and not Location.objects.filter(district_id=actor.district_id, uid=uid).exists():
        made.uid = uuid.UUID(uid)
        made.save(update_fields=["uid"])
    return made.ref


# What the standard has no field for stays as the entry says it.
OURS_ALONE = ("name_es", "about_es", "who_es", "how_es", "may_report")


def _written(read: Read, organization: Organization, places: tuple[str, ...], there: Service | None) -> Written:
    texts = {"about_en": read.about, "who_en": read.who, "how_en": read.how, "website": read.website}
    kept: dict[str, Any] = {name: getattr(there, name) for name in OURS_ALONE} if there else {}
    return Written(
        organization.ref,
        read.name,
        **texts,
        **kept,
        needs=read.needs or tuple(there.needs if there else ()),
        languages=read.languages or tuple(there.languages if there else ()),
        youngest=read.youngest,
        oldest=read.oldest,
        cost=read.cost or (there.cost if there else Service.Cost.UNKNOWN),
        numbers=read.numbers,
        hours=read.hours,
        place_refs=places,
    )


def _waiting(actor: Actor, ref: str) -> Candidate:
    found = Candidate.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
    if found is None:
        raise NotFound(ref)
    if found.settled_at is not None:
        raise WrongState(_("Somebody settled this already."))
    return found


def _settle(candidate: Candidate, actor: Actor, at: dt.datetime) -> None:
    candidate.settled_at, candidate.settled_by = at, actor.name
    candidate.save(update_fields=["settled_at", "settled_by", "service"])
