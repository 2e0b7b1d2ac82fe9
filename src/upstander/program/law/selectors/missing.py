"""What is still to be done about the district's own layer. Always derived, so that a task ends when its cause does."""

import datetime as dt
from collections.abc import Set
from dataclasses import dataclass

from upstander.district.places.models import Site
from upstander.district.places.selectors import sites_for
from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.actor import Actor
from upstander.program.law import policies
from upstander.program.law.content import Line
from upstander.program.law.content.own import CHECKED_FOR
from upstander.program.law.models import LocalEntry
from upstander.program.law.selectors.entries import entries_that_hold, own_of, proposed_for_sites, to_decide
from upstander.program.law.selectors.here import Here, here
from upstander.program.law.selectors.registry import policies_to_sign

Kind = LocalEntry.Kind
Told = Set[tuple[str, int | None]]  # kinds of entries with the ids of their sites
SHOWN = (
    "ref",
    "name",
    "sort_key",
    "kind",
    "district_id",
)  # a staff home of a large district asks for hundreds of sites


@dataclass(frozen=True, slots=True)
class SiteState:
    """A site and what is there: steps of its own, a station for reports, the station's number, checked when, and the
    offices where its students find help, which only people of the school itself name (`speaks_for_it`)."""

    site: Site
    has_steps: bool
    has_station: bool
    is_stale: bool
    steps_wait: bool  # proposed, and not yet signed
    station_waits: bool
    has_offices: bool
    offices_wait: bool
    speaks_for_it: bool


@dataclass(frozen=True, slots=True)
class StaleLine:
    """A number that nobody has called for a year."""

    entry: LocalEntry
    position: int
    line: Line


@dataclass(frozen=True, slots=True)
class Missing:
    """Everything that waits for somebody who proposes or signs, in their reach."""

    sites: tuple[SiteState, ...]
    stale: tuple[StaleLine, ...]
    to_decide: tuple[LocalEntry, ...]
    has_child_welfare: bool
    unfit: bool
    policies_to_sign: int = 0

    @property
    def steps_named(self) -> int:
        return sum(state.has_steps for state in self.sites)

    @property
    def stations_known(self) -> int:
        return sum(state.has_station for state in self.sites)

    @property
    def without_steps(self) -> tuple[Site, ...]:
        return tuple(state.site for state in self.sites if not (state.has_steps or state.steps_wait))

    @property
    def steps_proposed(self) -> tuple[Site, ...]:
        return tuple(state.site for state in self.sites if state.steps_wait and not state.has_steps)

    @property
    def without_station(self) -> tuple[Site, ...]:
        return tuple(state.site for state in self.sites if not (state.has_station or state.station_waits))

    @property
    def without_offices(self) -> tuple[Site, ...]:
        """Schools of the actor's own that have told their students of no office."""
        schools = [state for state in self.sites if state.speaks_for_it and state.site.kind == Site.Kind.SCHOOL]
        return tuple(state.site for state in schools if not (state.has_offices or state.offices_wait))


def missing(*, actor: Actor, on: dt.date, found: Here | None = None) -> Missing:
    """What is missing or waits in the actor's reach on the day `on`; `found` saves laying the layers again."""
    is_of_district = scope(actor, "local.propose").everywhere
    found = found or (here(actor=actor, on=on) if is_of_district else None)
    return Missing(
        sites=tuple(site_states(actor=actor, on=on)),
        stale=tuple(stale_lines(actor=actor, on=on)) if is_of_district else (),
        to_decide=tuple(to_decide(actor=actor, on=on)) if actor.has("local.sign") else (),
        has_child_welfare=found is None or bool(found.place.facts("reporting_lines")),
        unfit=bool(found and found.unfit),
        policies_to_sign=policies_to_sign(actor=actor),
    )


def site_states(*, actor: Actor, on: dt.date) -> list[SiteState]:
    """The sites in use for which the actor may propose, what misses most first."""
    told = entries_that_hold(actor=actor).filter(kind__in=(Kind.STEPS, Kind.OFFICES), lines__isnull=False)
    done, waits = set(told.order_by().values_list("kind", "site_id")), proposed_for_sites(actor=actor)
    own = scope(actor, "local.propose").site_ids
    sites = sites_for(actor=actor, on=on, capability="local.propose").select_related("law_station")
    listed = sites.only(*SHOWN, *(f"law_station__{name}" for name in ("name", "phone", "verified_on")))
    states = [_state(site, done, waits, on, speaks_for_it=site.pk in own) for site in listed]
    return sorted(states, key=lambda state: state.has_steps + state.has_station)


def stale_lines(*, actor: Actor, on: dt.date) -> list[StaleLine]:
    """The district's contacts that nobody has called for a year."""
    held = entries_that_hold(actor=actor).filter(kind__in=[str(kind) for kind in policies.CONTACTS])
    return [
        StaleLine(entry, position, line)
        for entry in held
        for position, line in enumerate(own_of(entry).lines)
        if line.is_stale(on)
    ]


def _state(site: Site, done: Told, waits: Told, on: dt.date, *, speaks_for_it: bool) -> SiteState:
    station = site.law_station
    checked = station.verified_on if station else None
    has_station = station is not None and bool(station.phone)
    return SiteState(
        site,
        has_steps=(Kind.STEPS, site.pk) in done,
        has_station=has_station,
        is_stale=has_station and (checked is None or on >= checked + CHECKED_FOR),
        steps_wait=(Kind.STEPS, site.pk) in waits,
        station_waits=(Kind.STATION, site.pk) in waits,
        has_offices=(Kind.OFFICES, site.pk) in done,
        offices_wait=(Kind.OFFICES, site.pk) in waits,
        speaks_for_it=speaks_for_it,
    )
