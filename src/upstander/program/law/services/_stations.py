"""Making a station the one that takes a site's reports. Only services of this part call it, once it is decided."""

import datetime as dt

from django.utils.translation import gettext as _

from upstander.district.places.models import LawStation, Site
from upstander.district.places.selectors import law_stations
from upstander.district.places.services import assign_stations, save_station
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import WrongState
from upstander.program.law.content import Line


def station_named(actor: Actor, name: str) -> LawStation | None:
    """The district's station of that name, however its letters are written."""
    return next((one for one in law_stations(actor=actor) if one.name.casefold() == name.casefold()), None)


def is_shared(actor: Actor, station: LawStation, site: Site) -> bool:
    """Whether another site's reports go to the station too."""
    return Site.objects.filter(district_id=actor.district_id, law_station=station).exclude(pk=site.pk).exists()


def put_station(actor: Actor, site: Site, kind: str, line: Line, at: dt.datetime) -> LawStation:
    """The signed station becomes the site's. Raises WrongState where its number was changed since it was proposed."""
    known = station_named(actor, line.name.en)
    if known is not None and known.phone and (known.phone, known.kind) != (line.phone, kind):
        raise WrongState(_("This station has another number by now. Please refuse this change; it is proposed anew."))
    return save(actor, site, known, kind, line, at)


def save(actor: Actor, site: Site, known: LawStation | None, kind: str, line: Line, at: dt.datetime) -> LawStation:
    """Write the station and give it to the site, in the name of whoever decided it."""
    keeper = lend(actor, "places.manage")
    station = save_station(
        actor=keeper, name=line.name.en, kind=kind, phone=line.phone, verified_on=line.verified_on, station=known, at=at
    )
    if site.law_station != station:
        assign_stations(actor=keeper, stations={site: station}, at=at)
    return station
