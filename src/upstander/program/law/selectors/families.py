"""Whom a family can call in the program: its school's region first, headquarters behind. Public.

Posts stand here and never who holds them; and no number but those that two people signed for families.
"""

import datetime as dt
from collections.abc import Set
from dataclasses import dataclass

from upstander.district.people.selectors import lead_and_deputy, people_in_role
from upstander.district.places.models import Region, Site
from upstander.district.places.selectors import facts_of, region_of, site_by_ref, sites_for, status_on
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.law.content import Line, Own
from upstander.program.law.content.families import DEPUTY, LEAD, OFFICE, POSTS
from upstander.program.law.models import LocalEntry
from upstander.program.law.selectors.entries import owns_by_region

SCHOOL = Site.Kind.SCHOOL


@dataclass(frozen=True, slots=True)
class School:
    """A school by name, with its region ("" where it was placed in none)."""

    ref: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class Team:
    """Who can be called, a line for each post that somebody holds; and whether the lead is there, or the deputy."""

    has_lead: bool
    has_deputy: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FamilysTeam:
    """A school with the team of its region, None where it has no region; and headquarters behind it."""

    school: School
    region: Team | None
    headquarters: Team


def schools_for_families(*, actor: Actor, on: dt.date) -> list[School]:
    """Every school in use, by name. Every actor of the district may read."""
    sites = list(sites_for(actor=lend(actor, "places.read"), on=on, kind=SCHOOL))
    regions = facts_of(actor=actor, sites=sites, on=on).region
    return [School(site.ref, site.name, regions.get(site.pk, "")) for site in sites]


def team_of_school(*, actor: Actor, site_ref: str, on: dt.date) -> FamilysTeam:
    """Whom the families of a school can call. Raises NotFound for a site that is no school, or in use no more."""
    site = site_by_ref(actor=lend(actor, "places.read"), ref=site_ref, on=on)
    if site.kind != SCHOOL or status_on(actor=actor, site=site, on=on) != "active":
        raise NotFound(site_ref)
    region = region_of(actor=actor, site=site, on=on)
    told = owns_by_region(actor=actor, kind=LocalEntry.Kind.FAMILIES)
    return FamilysTeam(
        School(site.ref, site.name, region.name if region else ""),
        _of_region(actor, region, on, told.get(region.pk)) if region else None,
        _of_headquarters(actor, on, told.get(None)),
    )


def _of_region(actor: Actor, region: Region, on: dt.date, own: Own | None) -> Team:
    lead, deputy = lead_and_deputy(actor=actor, region=region, on=on)
    return _team(own, has_lead=lead is not None, has_deputy=deputy is not None)


def _of_headquarters(actor: Actor, on: dt.date, own: Own | None) -> Team:
    """Of two coordinators, one stands in for the other."""
    coordinators = len(people_in_role(actor=actor, role="coordinator", on=on)[:2])
    return _team(own, has_lead=coordinators > 0, has_deputy=coordinators > 1)


def _team(own: Own | None, *, has_lead: bool, has_deputy: bool) -> Team:
    told = {line.name: line for line in own.lines} if own else {}
    there: Set[str] = {OFFICE} | ({LEAD} if has_lead else set()) | ({DEPUTY} if has_deputy else set())
    return Team(has_lead, has_deputy, tuple(told[name] for key, name in POSTS.items() if key in there and name in told))
