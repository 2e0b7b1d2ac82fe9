"""Sites: adding one by hand, opening and closing, their regions and law-enforcement stations."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from upstander.district.places import events
from upstander.district.places.models import LawStation, Region, Site, SiteRegion, SiteStatus
from upstander.district.places.selectors import place_of
from upstander.district.places.services.dated import hold_from
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.text import sort_key

OWN = "own"  # entered here, or loaded from a list of the district's own


@transaction.atomic
def add_site(
    *, actor: Actor, code: str, name: str, kind: str, starts_on: dt.date, at: dt.datetime, **told: Any
) -> Site:
    """Enter a site of one's own that is active from a day on; `told` are further columns. Needs `places.manage`."""
    require(actor, "places.manage", Place(actor.district_id))
    site = Site(
        district_id=actor.district_id, source=OWN, code=code, name=name, sort_key=sort_key(name), kind=kind, **told
    )
    site.save(force_insert=True)
    record(events.SITE_ADDED, actor=actor, subject=site.ref, at=at, kind=kind)
    set_site_status(actor=actor, site=site, status=SiteStatus.Status.ACTIVE, starts_on=starts_on, at=at)
    return site


@transaction.atomic
def set_site_status(*, actor: Actor, site: Site, status: str, starts_on: dt.date, at: dt.datetime) -> SiteStatus:
    """From a day on the site is open, closed, merged or pending; the history before stays. Needs `places.manage`."""
    require(actor, "places.manage", place_of(actor=actor, site=site, on=starts_on))
    row = SiteStatus(district_id=actor.district_id, site=site, status=status, source=OWN, starts_on=starts_on)
    hold_from([row], per="site", at=at)
    events.CHANGED.tell(actor)
    told = {"status": str(status), "starts_on": starts_on.isoformat()}
    record(events.SITE_STATUS_SET, actor=actor, subject=site.ref, at=at, **told)
    return row


@transaction.atomic
def place_sites(*, actor: Actor, regions: Mapping[Site, Region], starts_on: dt.date, at: dt.datetime) -> None:
    """From a day on each site belongs to its region. Needs `places.manage` for the whole district."""
    require(actor, "places.manage", Place(actor.district_id))
    rows = [
        SiteRegion(district_id=actor.district_id, site=site, region=region, starts_on=starts_on)
        for site, region in regions.items()
    ]
    hold_from(rows, per="site", at=at)
    for site, region in regions.items():
        told = {"region": region.ref, "starts_on": starts_on.isoformat()}
        record(events.SITE_PLACED, actor=actor, subject=site.ref, at=at, **told)


@transaction.atomic
def save_station(
    *,
    actor: Actor,
    name: str,
    kind: str,
    at: dt.datetime,
    phone: str = "",
    verified_on: dt.date | None = None,
    station: LawStation | None = None,
) -> LawStation:
    """Enter a city or county station, or correct `station`. Needs `places.manage`; a school police is refused."""
    require(actor, "places.manage", Place(actor.district_id))
    station = station or LawStation(district_id=actor.district_id)
    station.name, station.kind, station.phone, station.verified_on = name, kind, phone, verified_on
    station.save()
    record(events.STATION_SAVED, actor=actor, subject=station.ref, at=at)
    return station


@transaction.atomic
def assign_stations(*, actor: Actor, stations: Mapping[Site, LawStation], at: dt.datetime) -> None:
    """Say which station takes each site's reports. Needs `places.manage` for the whole district."""
    require(actor, "places.manage", Place(actor.district_id))
    for site, station in stations.items():
        site.law_station = station
        record(events.STATION_ASSIGNED, actor=actor, subject=site.ref, at=at, station=station.ref)
    Site.objects.bulk_update(stations, ["law_station"])
