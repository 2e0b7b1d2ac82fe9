"""Reading the guide: its words, the call screen of a district or site, the rule to walk, the doors of the sites."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.db import connection

from upstander.district.places.models import LawStation, Site
from upstander.district.places.selectors import site_by_ref, sites_for
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.facts.content import Book, Shown
from upstander.program.facts.selectors import facts_by_key, shipped_entries
from upstander.program.guidance.content.calls import (
    CallScreen,
    Policy,
    SiteCall,
    Station,
    call_facts,
    call_screen,
)
from upstander.program.guidance.content.pages import Page, read_pages
from upstander.program.guidance.models import StaffDoor
from upstander.program.law.content import Pack, RuleSet, everywhere
from upstander.program.law.selectors import adopted_rule, jurisdiction_of, shipped_packs
from upstander.program.law.selectors.here import facts_here, here
from upstander.program.law.selectors.registry import policy_on


@cache
def shipped_pages() -> dict[str, Page]:
    """The words of every guide page, read once per process. Takes no actor: they are published with the code."""
    return read_pages(settings.CONTENT, shipped_entries())


def words(*, actor: Actor, page: str, language: str, on: date) -> dict[str, str | tuple[str, ...]]:
    """The passages of a page in one language, numbers taken from the stored facts. Public."""
    found = shipped_pages()[page]
    return found.said(facts_by_key(actor=actor, keys=found.facts(), language=language, on=on))


def legal_test(*, actor: Actor, language: str, on: date) -> tuple[Shown, ...]:
    """The statutory test of the district's state in plain words. Public: it stands beside any local rule."""
    keys = jurisdiction_of(actor=actor, on=on).facts("test")
    return facts_by_key(actor=actor, keys=keys, language=language, on=on).pick(keys)


def call_screen_for(*, actor: Actor, language: str, on: date, site_ref: str | None = None) -> CallScreen:
    """The call screen of the actor's district, or of one site with its own station. Public.

    Raises NotFound for a site that is not there. Reads facts, stations and nothing about who asks.
    """
    found, page = here(actor=actor, on=on), shipped_pages()["call"]
    place, keys = found.place, call_facts(found.place, page)
    book = facts_here(actor=actor, found=found, keys=keys, language=language, on=on)
    if site_ref is not None:
        site = site_by_ref(actor=lend(actor, "places.read"), ref=site_ref, on=on)
        return call_screen(place, page, book, site=_site_of(site), policy=_policy(actor, on))
    stations = LawStation.objects.filter(district_id=actor.district_id).order_by("name")
    listed = [_station(station) for station in stations]
    return call_screen(place, page, book, stations=listed, policy=_policy(actor, on))


def call_screen_without_database(*, language: str, on: date) -> CallScreen:
    """The call screen of every county that ships, from the content's files alone. Takes no actor: nobody is known."""
    entries = shipped_entries()
    return call_screen(
        everywhere(shipped_packs(), on),
        shipped_pages()["call"],
        Book(entries, language, on),
    )


@dataclass(frozen=True, slots=True)
class Walk:
    """A local rule to walk: its county, its words and logic, its source, and the statutory test beside it."""

    county: Pack
    rule: RuleSet
    source: Shown
    test: tuple[Shown, ...]


def walk_for(*, actor: Actor, language: str, on: date) -> Walk | None:
    """The rule that the actor's district has adopted, or None. Only a staff door's view may ask."""
    held = adopted_rule(actor=actor, on=on)
    if held is None:
        return None
    county, rule = held
    book = facts_by_key(actor=actor, keys=[rule.fact], language=language, on=on)
    return Walk(county, rule, book[rule.fact], legal_test(actor=actor, language=language, on=on))


# One short statement, because every page behind the staff door asks it before anything else.
DOOR = """
    SELECT site.ref, site.name, station.name, station.phone, station.verified_on
    FROM guidance_staffdoor door
    JOIN places_site site ON site.id = door.site_id
    LEFT JOIN places_lawstation station ON station.id = site.law_station_id
    WHERE door.district_id = %s AND door.code = %s AND door.closed_at IS NULL
"""


def door_for(*, actor: Actor, code: str) -> SiteCall:
    """The site whose staff door opens with `code`; NotFound for a code that is not, or no longer, in use."""
    with connection.cursor() as cursor:
        cursor.execute(DOOR, [actor.district_id, code])
        found = cursor.fetchone()
    if found is None:
        raise NotFound("door")
    ref, name, station, phone, verified_on = found
    return SiteCall(ref, name, Station(station, phone, verified_on) if station else None)


def call_sites(*, actor: Actor, on: date) -> list[tuple[str, str]]:
    """Ref and name of every site in use on the day, for people who look for their own. Public."""
    return list(sites_for(actor=lend(actor, "places.read"), on=on).values_list("ref", "name"))


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A site and the code of its staff door; an empty code means that none is open."""

    site_ref: str
    site_name: str
    code: str


def doors_for(*, actor: Actor, on: date) -> list[DoorRow]:
    """The staff doors of the sites in use for which the actor may open them."""
    codes = dict(
        StaffDoor.objects.filter(district_id=actor.district_id, closed_at__isnull=True).values_list("site_id", "code")
    )
    sites = sites_for(actor=actor, on=on, capability="guide.open_door")
    return [DoorRow(site.ref, site.name, codes.get(site.pk, "")) for site in sites]


def _policy(actor: Actor, on: date) -> Policy | None:
    found = policy_on(actor=actor, on=on)
    return Policy(found.number, found.address, found.starts_on) if found else None


def _site_of(site: Site) -> SiteCall:
    return SiteCall(site.ref, site.name, _station(site.law_station) if site.law_station else None)


def _station(station: LawStation) -> Station:
    return Station(station.name, station.phone, station.verified_on)
