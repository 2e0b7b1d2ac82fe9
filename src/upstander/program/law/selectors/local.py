"""Who acts at a site, and whom to ask while it has named nobody."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from upstander.district.people.models import Person
from upstander.district.people.selectors import lead_and_deputy, people_in_role
from upstander.district.places.models import Region, Site
from upstander.district.places.selectors import region_of, site_by_ref, sites_for
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.law.content import Line
from upstander.program.law.models import LocalEntry
from upstander.program.law.selectors.entries import entries_that_hold, holding, own_of

Kind = LocalEntry.Kind
MOST_SITES = 3  # whose steps one page can show without becoming a list


@dataclass(frozen=True, slots=True)
class Helper:
    """Who stands in while a site has no steps of its own: a post, the people who hold it on the day, the number."""

    post: str
    names: tuple[str, ...]
    line: Line | None


@dataclass(frozen=True, slots=True)
class LocalSteps:
    """Who acts at a site; while nobody was named, whom to ask instead."""

    site_name: str
    lines: tuple[Line, ...]
    helpers: tuple[Helper, ...]


def local_steps_for(*, actor: Actor, site_ref: str, on: dt.date) -> LocalSteps:
    """The steps of a site, or the program coordinator and the region's Cadre lead where it has none.

    For pages behind the staff door only: names of staff are nobody else's business. Raises NotFound.
    """
    site = site_by_ref(actor=lend(actor, "places.read"), ref=site_ref, on=on)
    lines = steps_at(actor=actor, site=site)
    return LocalSteps(site.name, lines, () if lines else helpers_for(actor=actor, site=site, on=on))


def steps_at(*, actor: Actor, site: Site) -> tuple[Line, ...]:
    """Whom the site has named to act, the first of them first. For pages behind the staff door only."""
    return _lines(actor, Kind.STEPS, site=site)


def readers_steps(*, actor: Actor, on: dt.date, site_ref: str | None) -> tuple[LocalSteps, ...]:
    """The steps of the site whose staff room's sheet was scanned; else of the sites of the reader's own posts.

    Nothing where these are none or too many to show. For pages behind the staff door only.
    """
    refs = [site_ref] if site_ref else readers_sites(actor=actor, on=on)
    return tuple(local_steps_for(actor=actor, site_ref=ref, on=on) for ref in refs) if len(refs) <= MOST_SITES else ()


@dataclass(frozen=True, slots=True)
class SiteInReach:
    """A site whose steps the reader may look up, and whether it has named anybody."""

    ref: str
    name: str
    has_steps: bool


def sites_in_reach(*, actor: Actor, on: dt.date) -> list[SiteInReach]:
    """The sites of the reader's own posts and those they answer for, by name. For pages behind the staff door only."""
    reach = sites_for(actor=actor, on=on, capability="local.propose")
    named = set(
        entries_that_hold(actor=actor).filter(kind=Kind.STEPS, lines__isnull=False).values_list("site", flat=True)
    )
    sites = Site.objects.filter(Q(ref__in=readers_sites(actor=actor, on=on)) | Q(pk__in=reach.values("pk")))
    listed = sites.filter(district_id=actor.district_id).order_by("sort_key", "id").values_list("pk", "ref", "name")
    return [SiteInReach(ref, name, pk in named) for pk, ref, name in listed]


def steps_in_reach(*, actor: Actor, on: dt.date, site_ref: str) -> LocalSteps:
    """The steps of one of `sites_in_reach`. Raises NotFound for every other."""
    if site_ref not in {site.ref for site in sites_in_reach(actor=actor, on=on)}:
        raise NotFound(site_ref)
    return local_steps_for(actor=actor, site_ref=site_ref, on=on)


# One short statement, because pages behind the staff door ask it before they look for a kept copy.
SITES_OF_POSTS = """
    SELECT ref FROM places_site WHERE district_id = %(district)s AND id IN (
        SELECT site_id FROM people_post
        WHERE district_id = %(district)s AND person_id = %(person)s AND superseded_at IS NULL
        AND starts_on <= %(on)s AND (ends_on IS NULL OR ends_on > %(on)s))
    ORDER BY sort_key
"""


def readers_sites(*, actor: Actor, on: dt.date) -> list[str]:
    """The refs of the sites where the reader has a post on the day, by name. For pages behind the staff door only."""
    if actor.person_id is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(SITES_OF_POSTS, {"district": actor.district_id, "person": actor.person_id, "on": on})
        return [ref for (ref,) in cursor.fetchall()]


def helpers_for(*, actor: Actor, site: Site, on: dt.date) -> tuple[Helper, ...]:
    """The coordinator and the lead of the site's region on the day, by their posts, with the numbers known for them."""
    region = region_of(actor=actor, site=site, on=on)
    coordinators = people_in_role(actor=actor, role="coordinator", on=on)
    found = [Helper("coordinator", _names(coordinators), _number(actor, Kind.COORDINATOR, None))]
    if region is not None:
        leads = [each for each in lead_and_deputy(actor=actor, region=region, on=on) if each]
        found.append(Helper("region_lead", _names(leads), _number(actor, Kind.REGION_LEAD, region)))
    return tuple(helper for helper in found if helper.names or helper.line)


def _names(people: Iterable[Person]) -> tuple[str, ...]:
    return tuple(person.full_name for person in people)


def _number(actor: Actor, kind: str, region: Region | None) -> Line | None:
    return next(iter(_lines(actor, kind, region=region)), None)


def _lines(actor: Actor, kind: str, *, site: Site | None = None, region: Region | None = None) -> tuple[Line, ...]:
    entry = holding(actor=actor, kind=kind, site=site, region=region)
    return own_of(entry).lines if entry else ()
