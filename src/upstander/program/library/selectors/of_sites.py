"""What prints say of one site, by the screen that their code opens: the same as stands there, open to anyone."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from upstander.district.places.selectors import site_by_ref, sites_for
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.program.law.selectors.families import Team, schools_for_families, team_of_school
from upstander.program.law.selectors.offices import Office, offices_of, schools_with_offices

Words = Mapping[str, str]
OFFICES, TEAM = "own:school", "own:team"  # every other screen is the site's call screen


@dataclass(frozen=True, slots=True)
class OfSite:
    """A site by name, and its rows: who or which office, and the number or the place."""

    name: str
    rows: tuple[tuple[str, str], ...]


def sites_with(*, actor: Actor, screen: str, language: str, on: dt.date) -> list[tuple[str, str]]:
    """Ref and name of the sites that have such a screen, by name."""
    if screen == OFFICES:
        return [(each.ref, each.name) for each in schools_with_offices(actor=actor, language=language, on=on)]
    if screen == TEAM:
        return [(each.ref, each.name) for each in schools_for_families(actor=actor, on=on)]
    return list(sites_for(actor=lend(actor, "places.read"), on=on).values_list("ref", "name"))


def told_of(*, actor: Actor, screen: str, site_ref: str, language: str, on: dt.date, words: Words) -> OfSite:
    """A site's offices that help, those of the program whom its families can call, or the station that takes a report.

    `words` are those of every print. Raises NotFound for a site without such a screen.
    """
    if screen == OFFICES:
        school = offices_of(actor=actor, site_ref=site_ref, language=language, on=on)
        return OfSite(school.name, tuple((office.name, _where(office, words["room"])) for office in school.offices))
    if screen == TEAM:
        found = team_of_school(actor=actor, site_ref=site_ref, on=on)
        region = f"{words['region']} {found.school.region}"
        rows = [*_rows(region, found.region, language), *_rows(words["headquarters"], found.headquarters, language)]
        return OfSite(found.school.name, tuple(rows))
    site = site_by_ref(actor=lend(actor, "places.read"), ref=site_ref, on=on)
    station = site.law_station
    return OfSite(site.name, ((station.name, station.phone),) if station and station.phone else ())


def _rows(where: str, team: Team | None, language: str) -> list[tuple[str, str]]:
    lines = team.lines if team else ()
    return [(f"{where}: {line.name.in_language(language)}", line.phone) for line in lines]


def _where(office: Office, room: str) -> str:
    return f"{room} {office.room} · {office.when}" if office.room else office.when
