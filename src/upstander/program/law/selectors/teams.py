"""Whom a member of staff turns to in the program: the lead of their region with the deputy, headquarters behind."""

import datetime as dt
from dataclasses import dataclass

from upstander.district.places.selectors import region_of, site_by_ref
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.program.law.models import LocalEntry
from upstander.program.law.selectors.contacts import Contact, contacts
from upstander.program.law.selectors.local import readers_sites

Kind = LocalEntry.Kind
MOST_SITES = 5  # of a person with many posts; beyond them every region is listed


@dataclass(frozen=True, slots=True)
class Team:
    """Schools of the reader with their region's contact; without a school, any region. `headquarters` is behind all."""

    schools: tuple[str, ...]
    lead: Contact


@dataclass(frozen=True, slots=True)
class Teams:
    """The reader's own regions, or every region where the reader has no school or many; and headquarters."""

    regions: tuple[Team, ...]
    headquarters: Contact


def teams_for(*, actor: Actor, on: dt.date) -> Teams:
    """Names of staff and the numbers known for them: for pages behind the staff door, and for the signed-in alone."""
    found = contacts(actor=actor, on=on)
    leads = [each for each in found if each.kind == Kind.REGION_LEAD]
    schools = _schools_by_region(actor, on)
    own = [Team(schools[lead.of], lead) for lead in leads if lead.of in schools]
    everyone = [Team((), lead) for lead in leads]
    return Teams(tuple(own or everyone), next(each for each in found if each.kind == Kind.COORDINATOR))


def _schools_by_region(actor: Actor, on: dt.date) -> dict[str, tuple[str, ...]]:
    refs = readers_sites(actor=actor, on=on)
    found: dict[str, tuple[str, ...]] = {}
    for ref in refs if len(refs) <= MOST_SITES else ():
        site = site_by_ref(actor=lend(actor, "places.read"), ref=ref, on=on)
        region = region_of(actor=actor, site=site, on=on)
        if region is not None:
            found[region.ref] = (*found.get(region.ref, ()), site.name)
    return found
