"""Making an entry of what was read of a record, in the one way in which it is done for one and for many."""

import datetime as dt
import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid
from upstander.program.directory.content.incoming import Read, read_record
from upstander.program.directory.content.incoming.read import Fault
from upstander.program.directory.content.where import Where
from upstander.program.directory.content.wording import remarks
from upstander.program.directory.models import Candidate, Location, Organization, Service
from upstander.program.directory.services.entries import Written, faults_in, write_service
from upstander.program.directory.services.organizations import write_organization
from upstander.program.directory.services.places import write_place


def faults_of(read: Read) -> list[Fault]:
    """Everything about a record that needs a person's eye: what could not be read, what may not stand, and words."""
    refused = [(each.field or "", "refused") for each in faults_in(_written(read, "", (), None))]
    said = [(remark.field, "words") for remark in remarks(read.texts)]
    return list(dict.fromkeys([*read.faults, *(refused if not read.faults else []), *said]))


def draft_of(actor: Actor, candidate: Candidate, at: dt.datetime) -> tuple[Service, list[str]]:
    """The draft of a record, and refs of the organization and places that had to be made for it."""
    read, made = read_record(candidate.raw), list[str]()
    if not (read.name and read.organization):
        raise Invalid(_("It has no name or no organization: please write it down by hand, and drop this."))
    organization = _organization(actor, read, at, made)
    there = came_before(actor, read)
    written = _written(read, organization.ref, _places(actor, read, organization, at, made), there)
    service = write_service(actor=actor, written=written, ref=there.ref if there else "", at=at)
    if read.uid and there is None:
        service.uid = uuid.UUID(read.uid)
        service.save(update_fields=["uid"])
    candidate.service = service
    return service, made


def came_before(actor: Actor, read: Read) -> Service | None:
    """The entry that a record would be written over: the one with its id in the standard."""
    return Service.objects.filter(district_id=actor.district_id, uid=read.uid).first() if read.uid else None


def settle(candidate: Candidate, by: str, at: dt.datetime) -> None:
    """Nobody has to look at the record any more."""
    candidate.settled_at, candidate.settled_by = at, by
    candidate.save(update_fields=["settled_at", "settled_by", "service"])


def _organization(actor: Actor, read: Read, at: dt.datetime, made_refs: list[str]) -> Organization:
    rows = Organization.objects.filter(district_id=actor.district_id)
    found = rows.filter(uid=read.organization_uid).first() if read.organization_uid else None
    found = found or rows.filter(name__iexact=read.organization).first()
    if found:
        return found
    made = write_organization(actor=actor, name=read.organization, at=at)
    made_refs.append(made.ref)
    if read.organization_uid:
        made.uid = uuid.UUID(read.organization_uid)
        made.save(update_fields=["uid"])
    return made


def _places(
    actor: Actor, read: Read, organization: Organization, at: dt.datetime, made_refs: list[str]
) -> tuple[str, ...]:
    """Refs of the places. One that came before stays as its editor has left it; a new one counts as confidential."""
    of = Location.objects.filter(district_id=actor.district_id, organization=organization)
    there = {str(place.uid): place.ref for place in of.filter(uid__in=[uid for uid, _where in read.places if uid])}
    refs = [there.get(uid) or _place(actor, organization, uid, where, at) for uid, where in read.places]
    made_refs += [ref for ref in refs if ref not in there.values()]
    return tuple(refs)


def _place(actor: Actor, organization: Organization, uid: str, where: Where, at: dt.datetime) -> str:
    made = write_place(actor=actor, organization_ref=organization.ref, where=where, at=at)
    if uid and not Location.objects.filter(district_id=actor.district_id, uid=uid).exists():
        made.uid = uuid.UUID(uid)
        made.save(update_fields=["uid"])
    return made.ref


# What the standard has no field for stays as the entry says it.
OURS_ALONE = ("name_es", "about_es", "who_es", "how_es", "may_report")


def _written(read: Read, organization_ref: str, places: tuple[str, ...], there: Service | None) -> Written:
    kept: dict[str, Any] = {name: getattr(there, name) for name in OURS_ALONE} if there else {}
    return Written(
        organization_ref,
        **{**kept, **read.texts},
        website=read.website,
        needs=read.needs or tuple(there.needs if there else ()),
        languages=read.languages or tuple(there.languages if there else ()),
        youngest=read.youngest,
        oldest=read.oldest,
        cost=read.cost or (there.cost if there else Service.Cost.UNKNOWN),
        takes_report=read.takes_report or (there.takes_report if there else Service.TakesReport.UNKNOWN),
        numbers=read.numbers,
        hours=read.hours,
        place_refs=places,
    )
